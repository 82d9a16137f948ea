import { describe, expect, it } from 'vitest';
import { invariantsPage } from '../../../scripts/invariants-page.ts';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runHistory } from './history.ts';
import { timelineOf } from './timeline.ts';

const histories = 8;

describe('histories of people, programs, machines and what lies between them', () => {
  it(`break no invariant, in ${histories} of them; npm run simulation tries more`, {
    timeout: 300_000,
  }, async () => {
    for (let seed = 1; seed <= histories; seed += 1) {
      const outcome = await runHistory(seed, 120);
      expect(outcome.broken, `seed ${seed}\n${timelineOf(outcome, 60)}`).toBeNull();
    }
  });

  it('come out the same for the same seed, to the byte', async () => {
    const [one, other] = [await runHistory(7, 60), await runHistory(7, 60)];
    expect(one.digest).toBe(other.digest);
    expect((await runHistory(8, 60)).digest).not.toBe(one.digest);
  });

  it('come out the same when their steps are done again one by one', async () => {
    const one = await runHistory(9, 60);
    expect((await runHistory(9, one.steps)).digest).toBe(one.digest);
  });
});

it('have their invariants written down as they are checked', async () => {
  const page = await readFile(join(import.meta.dirname, '../../../docs/invariants.md'), 'utf8');
  expect(page, 'run npm run generate').toBe(await invariantsPage());
});
