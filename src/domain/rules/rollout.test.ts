import { describe, expect, it } from 'vitest';
import type { CanaryStep, ProjectFile } from '../project-file/types.ts';
import { expectOneWay, file, hourMs, told, withoutInStep, withRollout } from './ruling.kit.ts';

const minuteMs = 60_000;
const at = (percent: number, minutes: number): CanaryStep => ({
  percent,
  exposureMs: minutes * minuteMs,
  maximumMs: 6 * minutes * minuteMs,
});
const withCanary = (...canary: readonly CanaryStep[]): ProjectFile => withRollout({ canary });
const two = withCanary(at(10, 5), at(50, 5), at(100, 0));
const twoText = '10 % for 5 min, 50 % for 5 min, 100 %';

describe('rollouts, compared (INF-7)', () => {
  it.each<[string, ProjectFile]>([
    ['rollout canary 10 % for 5 min, 100 %, watched 2 h → none', withoutInStep('rollout')],
    ['watch 2 h → 1 h', withRollout({ watchMs: hourMs })],
    ['taken back at errors over 5 % → 10 %', withRollout({ errors: { limit: 0.1, forMs: 120_000 } })],
    ['taken back after errors for 2 min → 4 min', withRollout({ errors: { limit: 0.05, forMs: 240_000 } })],
    ['asks a person at p95 over 3 × baseline → 5 × baseline', withRollout({ latency: { factor: 5 } })],
    ['lease 30 s → 1 min', withRollout({ leaseMs: minuteMs })],
  ])('“%s” weakens, and the way back strengthens', (change, other) => {
    expectOneWay(change, file, other);
  });

  it.each<[string, readonly CanaryStep[]]>([
    ['20 % for 5 min, 50 % for 5 min, 100 %', [at(20, 5), at(50, 5), at(100, 0)]],
    ['10 % for 5 min, 50 % for 1 min, 100 %', [at(10, 5), at(50, 1), at(100, 0)]],
    ['20 % for 1 min, 60 % for 4 min, 100 %', [at(20, 1), at(60, 4), at(100, 0)]],
  ])('a canary that becomes %s shows more, or waits less, and is weaker', (text, canary) => {
    expectOneWay(`canary ${twoText} → ${text}`, two, withCanary(...canary));
  });

  it.each<[string, readonly CanaryStep[]]>([
    ['shows less and waits less', [at(5, 1), at(50, 5), at(100, 0)]],
    ['shows more and waits longer', [at(20, 10), at(50, 5), at(100, 0)]],
    ['has a step less', [at(10, 5), at(100, 0)]],
    ['has a step more', [at(10, 5), at(50, 5), at(75, 5), at(100, 0)]],
  ])(
    'a canary that %s may be the safer one or not: it counts as weaker, one way and the other',
    (_, canary) => {
      const other = withCanary(...canary);
      expect(told(two, other)).toEqual([expect.stringContaining(`weakens: canary ${twoText} → `)]);
      expect(told(other, two)).toEqual([expect.stringMatching(/^weakens: canary /u)]);
    },
  );

  it('is neither weaker nor stricter with other times to give up, or to stop what is old', () => {
    const patient = withCanary({ ...at(10, 5), maximumMs: hourMs }, at(50, 5), at(100, 0));
    const patientText = twoText.replace('5 min', '5 min (1 h at most)');
    expect(told(two, patient)).toEqual([`neither: canary ${twoText} → ${patientText}`]);
    expect(told(file, withRollout({ drainMs: minuteMs }))).toEqual(['neither: drain 30 s → 1 min']);
  });
});
