import { describe, expect, it } from 'vitest';
import { advanceCloseness, maximumMsOf, speakAdvance } from './advance.ts';
import { contractCloseness, readContract, speakContract } from './contract.ts';
import { foldRelative } from './early-stop.ts';
import type { ServiceEvidence, Tally } from './evidence.ts';
import { startJudging } from './index.ts';
import { api, canary, counts, promoting, watching, web } from './judging.kit.ts';
import { type EProcess, startEProcess } from './statistics/e-process.ts';
import type { JudgeState, JudgeStep } from './types.ts';

/** An e-process whose value is so much, and a little for rounding. */
const worth = (value: number): EProcess => ({
  started: 1,
  logs: startEProcess(1).logs.map(() => Math.log(value + 0.1)),
});
const ok = { last: 'ok', breach: null } as const;
const breach = (forMs: number, requests: number, errors: number) => ({
  forMs,
  candidate: { requests, errors },
  stable: { requests: 0, errors: 0 },
});
/** What was seen of a service that has nothing against it, and some of it otherwise. */
const seen = (other: Partial<ServiceEvidence> = {}, step: JudgeStep = canary): ServiceEvidence => {
  const fresh = startJudging(step).evidence[web];
  if (fresh === undefined) throw new Error('no service');
  return { ...fresh, candidate: counts(1500), contract: ok, exposureMs: 300_000, ...other };
};
const stateOf = (step: JudgeStep, of: ServiceEvidence, more: JudgeState['evidence'] = {}): JudgeState => ({
  ...startJudging(step),
  evidence: { [web]: of, ...more },
});
/** What is said once no more time is given. */
const atEnd = (of: ServiceEvidence, step: JudgeStep = canary) =>
  speakAdvance(stateOf(step, of), maximumMsOf(step));
const saysAtEnd = (of: ServiceEvidence, step: JudgeStep = canary): string => {
  const verdict = atEnd(of, step);
  return verdict.action === 'hold' ? verdict.detail : verdict.action;
};

describe('how long a step may take', () => {
  it.each([
    ['what it declares', { maximumMs: 5 }, 5],
    ['six times its exposure', { maximumMs: 0 }, 6 * 300_000],
    ['six times F, where that is longer', { maximumMs: 0, exposureMs: 1_000 }, 6 * 120_000],
  ])('is %s', (_, step, ms) => {
    expect(maximumMsOf({ ...canary, ...step })).toBe(ms);
  });
});

describe('what stands against the next step', () => {
  it.each([
    ['nothing', seen(), 'advance'],
    ['no request', seen({ candidate: counts(0) }), 'no request'],
    ['a breach', seen({ contract: { last: 'breach', breach: breach(0, 9, 1) } }), 'at the moment'],
    [
      'a breach that cannot be seen just now',
      seen({ contract: { last: 'unknown', breach: breach(0, 9, 1) } }),
      'at the moment',
    ],
    ['errors over the limit', seen({ absolute: worth(20) }), 'suspiciously many'],
    ['more errors than the stable version has', seen({ relative: worth(20) }), 'suspiciously many'],
    ['slow answers', seen({ slower: worth(20), absolute: worth(2) }), 'suspiciously slow'],
    ['more errors than slow answers', seen({ slower: worth(12), absolute: worth(20) }), 'suspiciously many'],
    [
      'that it cannot be measured',
      seen({ contract: { last: 'unknown', breach: null } }),
      'cannot be measured',
    ],
    ['too short an exposure', seen({ exposureMs: 299_999 }), '4:59 of 5:00'],
  ])('in the canary: %s', (_, of, words) => {
    expect(saysAtEnd(of)).toContain(words);
  });

  it.each([
    ['nothing, even without a request', seen({ candidate: counts(0) }, promoting), 'advance'],
    [
      'nothing, though it cannot be measured just now',
      seen({ contract: { last: 'unknown', breach: null } }, promoting),
      'advance',
    ],
    [
      'nothing that only a stable version beside it could show',
      seen({ relative: worth(20) }, promoting),
      'advance',
    ],
    ['errors over the limit', seen({ absolute: worth(20), relative: worth(30) }, promoting), 'evidence 20'],
    ['a breach', seen({ contract: { last: 'breach', breach: breach(0, 9, 1) } }, promoting), 'at the moment'],
  ])('at 100 percent: %s', (_, of, words) => {
    expect(saysAtEnd(of, promoting)).toContain(words);
  });

  it('is told with the larger evidence of both, and with the stable version beside it', () => {
    const stable: Tally = counts(1000, 30);
    const both = saysAtEnd(seen({ absolute: worth(20), relative: worth(30), stable }));
    expect(both).toContain('evidence 30');
    expect(both).toContain('beside 3 %');
    expect(saysAtEnd(seen({ absolute: worth(20), stable }, promoting), promoting)).not.toContain('beside');
    expect(saysAtEnd(seen({ absolute: worth(20) }))).not.toContain('beside');
  });

  it.each([
    ['over the limit', 100, 6, 'over the limit'],
    ['at the limit', 100, 5, 'too close to know'],
    ['more than half of the limit', 100, 3, 'too close to know'],
    ['half of the limit', 80, 2, 'too thin to know: 2 of 80'],
    ['under half of it', 59, 1, 'too thin to know: 1 of 59'],
    ['few requests', 58, 0, '59 are the fewest'],
  ])('is told of a ratio that is not surely under the limit: %s', (_, requests, errors, words) => {
    expect(saysAtEnd(seen({ candidate: counts(requests, errors) }))).toContain(words);
  });
});

describe('what is told of a step that goes on', () => {
  it('is of the service that was seen least', () => {
    const step = { ...canary, services: [web, api] };
    const much = seen({ exposureMs: 400_000, candidate: counts(100_000) });
    const little = seen({ exposureMs: 300_000, candidate: counts(59) });
    for (const state of [stateOf(step, much, { [api]: little }), stateOf(step, little, { [api]: much })])
      expect(speakAdvance(state, 400_000)).toEqual({
        action: 'advance',
        detail: '5:00 of 5:00 seen; errors surely under 5 %',
      });
  });

  it('is nothing that was not seen', () => {
    expect(atEnd(seen({ candidate: counts(0) }, promoting), promoting)).toMatchObject({
      detail: expect.stringContaining('no request yet') as string,
    });
    const step = { ...promoting, exposureMs: 0 };
    const { detail } = atEnd(seen({ exposureMs: 45_000 }, step), step) as { readonly detail: string };
    expect(detail).toMatch(/^45 s seen/u);
  });
});

describe('how near a step is to going on', () => {
  const near = (of: ServiceEvidence, step: JudgeStep = canary, elapsedMs = 0) =>
    advanceCloseness(step, web, of, elapsedMs);

  it.each([
    ['there', seen(), 1, /^5:00 of 5:00 seen; errors surely under [^;]*$/u],
    [
      'half of the way, whatever else there is to wait for',
      seen({ exposureMs: 150_000, candidate: counts(9) }),
      0.5,
      /^2:30 of 5:00 seen; errors surely under [^;]*$/u,
    ],
    [
      'half of the way, but in breach',
      seen({ exposureMs: 150_000, contract: { last: 'breach', breach: breach(0, 9, 1) } }),
      0.5,
      /; .*; .*at the moment/u,
    ],
    ['all but there', seen({ candidate: counts(9) }), 0.99, /; .*; .*too thin/u],
  ])('is %s', (_, of, share, words) => {
    expect(near(of)).toMatchObject({ rule: 'advance', service: web, share });
    expect(near(of).detail).toMatch(words);
  });

  it('is all but there where no exposure is asked for and something stands against it', () => {
    const step = { ...promoting, exposureMs: 0 };
    expect(near(seen({ exposureMs: 0, absolute: worth(20) }, step), step).share).toBe(0.99);
    expect(near(seen({ exposureMs: 0 }, step), step).share).toBe(1);
  });

  it.each([
    [watching.maximumMs, 1_800_000, 0.25, '30:00 of 2:00:00 watched'],
    [watching.maximumMs, 9_000_000, 1, '2:30:00 of 2:00:00 watched'],
    [0, 1_800_000, 0, '30:00 watched'],
  ])('is how much of a watch of %i ms is over after %i ms', (maximumMs, elapsedMs, share, words) => {
    const step = { ...watching, maximumMs };
    expect(near(seen({ observedMs: 60_000 }, step), step, elapsedMs)).toMatchObject({ share });
    expect(near(seen({ observedMs: 60_000 }, step), step, elapsedMs).detail).toMatch(
      new RegExp(`^${words}; 1:00 of it`, 'u'),
    );
  });
});

describe('the contract at its edges', () => {
  it('is held by errors at the limit, and broken by one more', () => {
    const slot = (requests: number, errors: number) => ({
      durationMs: 5_000,
      measuredMs: 5_000,
      exposedMs: 5_000,
      candidate: counts(requests, errors),
      stable: counts(0),
    });
    const read = (errors: number) => readContract(slot(1, 0), [slot(99, errors), slot(1, 0)], 0.05);
    expect([read(5), read(6)]).toEqual(['ok', 'breach']);
    expect(readContract({ ...slot(1, 0), measuredMs: 0 }, [slot(99, 0)], 0.05)).toBe('unknown');
  });

  it.each([
    ['half of the way', breach(60_000, 1000, 400), 0.5],
    ['half of the way, though it may be chance', breach(60_000, 9, 1), 0.5],
    ['there, where it is sure', breach(120_000, 1000, 400), 1],
    ['there and longer', breach(600_000, 1000, 400), 1],
    ['all but there, where it may be chance', breach(120_000, 9, 1), 0.99],
  ])('is %s', (_, of, share) => {
    expect(contractCloseness(canary, web, seen({ contract: { last: 'breach', breach: of } })).share).toBe(
      share,
    );
  });

  it('says why it holds: for the cause is shared, or may be chance', () => {
    const says = (of: ReturnType<typeof breach>) => {
      const verdict = speakContract(canary, web, seen({ contract: { last: 'breach', breach: of } }));
      return verdict?.action === 'hold' ? verdict : null;
    };
    const shared = says({ ...breach(120_000, 1000, 400), stable: { requests: 1000, errors: 400 } });
    expect(shared).toMatchObject({ sharedCause: true });
    expect(shared?.detail).toContain('not to blame');
    expect(says(breach(120_000, 9, 1))).toMatchObject({ sharedCause: false });
    expect(says(breach(120_000, 9, 1))?.detail).toContain('chance');
  });
});

describe('evidence against the stable version', () => {
  it.each([
    ['the new one', counts(0), counts(90, 9)],
    ['the stable one', counts(9, 9), counts(0)],
  ])('is none where %s had no request', (_, candidate, stable) => {
    const before = startEProcess(1);
    expect(foldRelative(before, candidate, stable)).toBe(before);
  });
});
