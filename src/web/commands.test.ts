import { expect, it } from 'vitest';
import { commandsFor, quoted } from './commands.ts';

const mine = commandsFor(null);

it('shows the command that promotes', () => {
  expect(mine.promote('1.4.0', 'staging')).toBe('rung promote 1.4.0 --to staging');
});

it('validates what was looked at in the command, too, and nothing that runs there since (OPS-4)', () => {
  expect(mine.validate('staging', '1.4.0')).toBe('rung validate staging --release 1.4.0');
});

it('says in the command, too, as whom one acts', () => {
  expect(commandsFor('bo@example.org').approve('prod', 'looks good')).toBe(
    "rung approve prod --comment 'looks good' --as bo@example.org",
  );
});

it('names every service of a rollback and leaves a place for the reason (REL-10)', () => {
  expect(mine.rollback('prod', { to: '1.2.1', services: ['web', 'orders'] })).toBe(
    "rung rollback prod --to 1.2.1 --service web --service orders --reason '…'",
  );
});

it('quotes a reason so that a shell takes it as one harmless word', () => {
  expect(quoted(`it's $(rm -rf ~)`)).toBe(`'it'\\''s $(rm -rf ~)'`);
});

it('writes a moment so that it means the same wherever the command is pasted', () => {
  const at = Date.UTC(2026, 11, 22, 10, 0);
  expect(mine.except('prod', { from: null, to: at, reason: 'sale' })).toBe(
    'rung window except prod --to 2026-12-22T10:00Z --reason sale',
  );
  expect(mine.delegate({ to: 'bo@example.org', until: at, roles: ['qa-lead'], reason: '' })).toBe(
    "rung delegate --to bo@example.org --until 2026-12-22T10:00Z --role qa-lead --reason '…'",
  );
});
