import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { RolloutPolicy } from '../../src/domain/project-file/types.ts';
import type { Recording } from '../../src/domain/rollout/recording.ts';
import { createSimulator } from '../../src/simulate/index.ts';
import { compare } from '../../src/simulate/replay/compare.ts';

const folder = new URL('../../examples/ladder/scenarios/', import.meta.url);

async function recordingOf(name: string): Promise<Recording & { readonly policy: RolloutPolicy }> {
  const simulator = createSimulator(readFileSync(new URL('rung.yaml', folder)), 'rung.yaml');
  const { recording } = await simulator.read(readFileSync(new URL(name, folder)), name)();
  if (recording?.policy == null) throw new Error('nothing was judged');
  return { ...recording, policy: recording.policy };
}

/** Every scenario of the examples replays to the same decisions: see examples.test.ts. */
describe('a recorded rollout, judged by other rules', () => {
  let late: Awaited<ReturnType<typeof recordingOf>>;
  beforeAll(async () => {
    late = await recordingOf('slow-leak.yaml');
  });

  it('would have been taken back earlier by a lower limit, and says by how much', () => {
    const errors = { limit: 0.02, forMs: 60_000 };
    const { says, replayed, recorded, isSame } = compare(late, { ...late.policy, errors });
    expect(isSame).toBe(false);
    expect(says[0]).toMatch(
      /^It would have been taken back (?:by contract )?(?:\d+ min(?: \d+ s)?) earlier/u,
    );
    expect(replayed.at(-1)?.sample).toBeLessThan(recorded.at(-1)?.sample ?? 0);
  });

  it('would have gone on by a higher one, and nobody measured how', () => {
    const errors = { limit: 0.5, forMs: 120_000 };
    const { says, unknown } = compare(late, { ...late.policy, errors });
    expect(says[0]).toMatch(/^It would not have been taken back by contract after 1 h 2\d min/u);
    expect(unknown).toEqual(['It was taken back then, so nobody measured how it would have gone on.']);
  });

  it('says from when on it was measured at another weight', () => {
    const [first, last] = late.policy.canary;
    if (first === undefined || last === undefined) throw new Error('no canary');
    const longer = { ...first, exposureMs: 2 * first.exposureMs, maximumMs: 6 * first.maximumMs };
    const { says, unknown } = compare(late, { ...late.policy, canary: [longer, last] });
    expect(says.at(-1)).toMatch(/It would have been promoted to 100 % 5 min later, after 10 min/u);
    expect(unknown[0]).toMatch(/would have had 10 % of the requests; it was measured at 100 %/u);
  });

  it('would have come to nothing else where a person took it back before', async () => {
    const back = await recordingOf('a-person-takes-it-back.yaml');
    const { says, replayed } = compare(back, { ...back.policy, errors: { limit: 0.04, forMs: 120_000 } });
    expect(says[0]).toMatch(/^The same \d decisions/u);
    expect(replayed.at(-1)).toMatchObject({ phase: 'rolling back', by: 'person' });
  });
});
