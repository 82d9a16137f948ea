import { describe, expect, it } from 'vitest';
import { rules } from './sample.ts';
import { sampleClient } from './sample-client.ts';
import { typed } from './terminal.ts';

const evil = '\u001B[2Jfive people';
const change = { what: 'approvals', from: '2', to: evil, effect: 'weakens' } as const;
const text = 'rung: 1\nproject: access # \u001B[2J\nservices:\n  web:\n    path: .\n';
const proposal = {
  id: 'p',
  hash: `sha256:${'d'.repeat(64)}`,
  changes: [change],
  proposedBy: { kind: 'person', id: 'bo@example.org' },
  proposedAt: 0,
  approvals: [],
  needed: 1,
  missingPeople: 1,
  missingRoles: 0,
  approvers: { kind: 'people', roles: [], members: ['ada@example.org'], contacts: [] },
} as never;
const client = sampleClient({
  rules: async () => rules({ text, proposal }),
  compareRules: async () => [{ environment: 'prod', changes: [change], needsApproval: true } as never],
});

describe('rules on the command line (INF-7)', () => {
  it('are shown as they were written, line by line', async () => {
    const { stdout } = await typed(['rules', 'show', 'prod', '--text'], { client });
    expect(stdout).toBe(text);
    const onTerminal = await typed(['rules', 'show', 'prod', '--text'], { client, tty: true });
    expect(onTerminal.stdout).toBe(text.replace('\u001B', ''));
  });

  it.each([
    ['approve', 'prod'],
    ['apply', 'rung.yaml'],
  ])('let nothing that others wrote move the cursor before a yes: %s %s', async (...words) => {
    const cwd = new URL('../../examples/ladder', import.meta.url).pathname;
    const { stdout } = await typed(['rules', ...words], { client, cwd, tty: true, typed: 'n\n' });
    expect(stdout).toContain('[2Jfive people');
    expect(stdout).not.toContain(evil);
  });
});
