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

/** How often so few of so many fail, or fewer, where each fails with this chance. */
function chanceOfSoFew(errors: number, requests: number, chance: number): number {
  let log = requests * Math.log1p(-chance);
  let sum = Math.exp(log);
  for (let failed = 1; failed <= errors; failed += 1) {
    log += Math.log(((requests - failed + 1) / failed) * (chance / (1 - chance)));
    sum += Math.exp(log);
  }
  return sum;
}

/** So seldom may a version that just does not keep its limit come out of a canary. */
const mostLuck = 0.05;

/** What spoke against going on: the whole of a canary's step, or the end of it, however the windows of R1 are cut. */
function unearned(before: Rollout, after: Rollout, world: World): string | null {
  const { limit, forMs } = before.policy?.errors ?? { limit: 1, forMs: 0 };
  const samples = folded(world, after, before.generation);
  for (const { service } of before.services) {
    const told = `${after.id} went on to ${after.state.phase}, and ${service} failed`;
    const ends = [forMs / 4, forMs / 4 + forMs / 24].map((lastMs) => ratioOfLast(samples, service, lastMs));
    const least = Math.min(...ends);
    if (least > limit) return `${told} ${least} of its last requests`;
    if (before.state.phase !== 'canary') continue;
    const requests = sum(samples, (sample) => candidateOf(sample, service).requests);
    const errors = sum(samples, (sample) => candidateOf(sample, service).errors);
    if (chanceOfSoFew(errors, requests, limit) > mostLuck + 1e-9)
      return `${told} ${errors} of ${requests} requests, which may be luck`;
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
      'No rollout goes a step further by itself while its last requests fail more often than its limit, nor out of a step of a canary before enough of them were measured to know that it keeps it.',
    begin: eachTime({
      commit: (commit, world) =>
        first(written(commit), ({ before, after }) =>
          before !== undefined && steppedOn({ before, after }) ? unearned(before, after, world) : null,
        ),
    }),
  },
];
