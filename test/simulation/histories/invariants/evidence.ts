import type { ServiceName } from '../../../../src/domain/ids.ts';
import type { Sample } from '../../../../src/domain/rollout/sample.ts';
import { isLive, type Rollout } from '../../../../src/domain/rollout/types.ts';
import type { World } from '../world.ts';
import { eachTime, type Invariant } from './invariant.ts';
import { first, written } from './rollouts-written.ts';

/** Those that a rollout has folded in the step of a generation, oldest first. */
const folded = ({ ledger }: World, { id, lastSample }: Rollout, generation: number): readonly Sample[] =>
  ledger
    .samples(id)
    .filter((sample) => sample.number <= lastSample && sample.generation === generation)
    .toSorted((left, right) => left.number - right.number);

const sum = <T>(all: readonly T[], of: (one: T) => number): number =>
  all.reduce((total, one) => total + of(one), 0);

const candidateOf = (sample: Sample, service: ServiceName) =>
  sample.services[service]?.candidate ?? { requests: 0, errors: 0 };

/** What a rollout says that it has seen in its step, beside what was measured. */
function countedWrong(rollout: Rollout, world: World): string | null {
  const { id, state, judge, sampledMs, generation } = rollout;
  if (judge === null || !isLive(state) || state.phase === 'rolling back') return null;
  const samples = folded(world, rollout, generation);
  const measuredMs = sum(samples, ({ durationMs }) => durationMs);
  if (Math.abs(measuredMs - sampledMs) > 1)
    return `${id} counts ${sampledMs} ms in generation ${generation}, and ${measuredMs} ms were measured`;
  for (const service of judge.step.services) {
    const counted = judge.evidence[service]?.candidate.requests ?? 0;
    const measured = sum(samples, (sample) => candidateOf(sample, service).requests);
    if (counted !== measured)
      return `${id} counts ${counted} requests of ${service}, and ${measured} were measured`;
  }
  return null;
}

/** By itself: nobody answered for it. */
const steppedOn = ({ before, after }: { readonly before: Rollout | undefined; readonly after: Rollout }) =>
  before !== undefined &&
  before.policy !== null &&
  before.generation !== after.generation &&
  (before.advances ?? []).length === (after.advances ?? []).length &&
  ((before.state.phase === 'canary' && ['canary', 'promoting'].includes(after.state.phase)) ||
    (before.state.phase === 'promoting' && after.state.phase === 'watching'));

/** The share of failed requests among the last that were sampled, so much time of them. */
function ratioOfLast(samples: readonly Sample[], service: ServiceName, lastMs: number): number {
  let leftMs = lastMs;
  const last = samples.toReversed().filter(({ durationMs }) => (leftMs -= durationMs) + durationMs > 0);
  const requests = sum(last, (sample) => candidateOf(sample, service).requests);
  return requests === 0 ? 0 : sum(last, (sample) => candidateOf(sample, service).errors) / requests;
}

/** What spoke against going on: the whole step, or its end, however the windows of R1 are cut. */
function unearned(before: Rollout, after: Rollout, world: World): string | null {
  const { limit, forMs } = before.policy?.errors ?? { limit: 1, forMs: 0 };
  const samples = folded(world, after, before.generation);
  for (const { service } of before.services) {
    const whole = ratioOfLast(samples, service, Number.POSITIVE_INFINITY);
    const ends = [forMs / 4, forMs / 4 + forMs / 24].map((lastMs) => ratioOfLast(samples, service, lastMs));
    const least = before.state.phase === 'canary' ? Math.max(whole, Math.min(...ends)) : Math.min(...ends);
    if (least > limit) return `${after.id} went on to ${after.state.phase}, and ${service} failed ${least}`;
  }
  return null;
}

export const ofEvidence: readonly Invariant[] = [
  {
    id: 'evidence-once',
    sentence:
      'A measurement counts once, and all of it: what a step was judged by is what was measured in it.',
    begin: eachTime({
      commit: (commit, world) => first(written(commit), ({ after }) => countedWrong(after, world)),
    }),
  },
  {
    id: 'step-earned',
    sentence:
      'No rollout goes a step further by itself while its requests fail more often than its limit: in the whole step of a canary, or in its last window.',
    begin: eachTime({
      commit: (commit, world) =>
        first(written(commit), ({ before, after }) =>
          before !== undefined && steppedOn({ before, after }) ? unearned(before, after, world) : null,
        ),
    }),
  },
];
