import type { Environment } from '../../../../src/domain/environment.ts';
import { isLive, type RolloutPhase } from '../../../../src/domain/rollout/types.ts';
import type { Commit } from '../plane/ledger.ts';
import { eachTime, type Invariant } from './invariant.ts';
import { first, written } from './rollouts-written.ts';

/** What may come after what. A rollout is written anew, too, without its phase changing. */
export const transitionsAllowed: Readonly<Record<RolloutPhase | 'nothing', readonly RolloutPhase[]>> = {
  nothing: ['preflight'],
  preflight: ['canary', 'promoting', 'rolling back'],
  canary: ['canary', 'promoting', 'held', 'rolling back'],
  promoting: ['watching', 'held', 'rolling back', 'succeeded'],
  watching: ['held', 'rolling back', 'succeeded', 'superseded'],
  held: ['canary', 'promoting', 'watching', 'rolling back', 'succeeded', 'superseded'],
  'rolling back': ['rolled back', 'rollback failed'],
  'rolled back': [],
  'rollback failed': [],
  succeeded: [],
  superseded: [],
};

/** The first word of an agent after a restore, which may have seen more than what was restored knows. */
const isConfirmed = ({ puts }: Commit, environment: string): boolean =>
  puts.some(
    ({ kind, id, before, after }) =>
      kind === 'environment' &&
      id === environment &&
      restoredFrom(before) !== undefined &&
      restoredFrom(after) === undefined,
  );

const restoredFrom = (record: unknown): number | undefined =>
  (record as Partial<Environment> | undefined)?.restoredFrom;

export const ofRollouts: readonly Invariant[] = [
  {
    id: 'one-rollout-an-environment',
    sentence: 'Never are there two live rollouts in one environment.',
    begin: eachTime({
      commit: (commit, { ledger }) =>
        first(written(commit), ({ after: { environment } }) => {
          const live = ledger
            .all('rollout')
            .filter((one) => one.environment === environment && isLive(one.state));
          return live.length > 1 ? live.map(({ id, state }) => `${id} ${state.phase}`).join(', ') : null;
        }),
    }),
  },
  {
    id: 'rollout-steps',
    sentence: 'A rollout goes from phase to phase as its states allow, and what has ended stays as it ended.',
    begin: eachTime({
      commit: (commit) =>
        first(written(commit), ({ before, after: now }) => {
          const from = before?.state.phase ?? 'nothing';
          const to = now.state.phase;
          const isSame = before !== undefined && from === to;
          const isTakenUp =
            to === 'succeeded' &&
            before !== undefined &&
            isLive(before.state) &&
            isConfirmed(commit, now.environment);
          return isSame || isTakenUp || transitionsAllowed[from].includes(to)
            ? null
            : `${now.id} went from ${from} to ${to}`;
        }),
    }),
  },
  {
    id: 'words-have-numbers',
    sentence:
      'Each new word about the weight has a higher generation, and one generation says one thing for ever.',
    begin: () => {
      const said = new Map<string, string>();
      return {
        // What was said after the backup is not known any more; a gateway knows it, and that is another invariant.
        restored: () => said.clear(),
        commit: (commit) =>
          first(written(commit), ({ before, after: { id, generation, state } }) => {
            if (before !== undefined && generation < before.generation)
              return `${id} fell from generation ${before.generation} to ${generation}`;
            const word = state.phase === 'canary' ? `canary ${state.step}` : state.phase;
            const key = `${id} ${generation}`;
            const earlier = said.get(key);
            // To hold what is weighed keeps the weight, and to end says nothing to anybody.
            const isKept = word === 'held' || word === earlier || !isLive(state);
            if (earlier === undefined) said.set(key, word);
            return earlier === undefined || isKept ? null : `${key} was ${earlier} and is ${word}`;
          }),
      };
    },
  },
  {
    id: 'breach-is-taken-back',
    sentence:
      'A version that fails a fifth of its requests and more from its start comes through no canary, unless a person answers for it.',
    begin: eachTime({
      commit: (commit, { artifacts, wentBadMs }) =>
        first(written(commit), ({ after: { id, policy, state, services, advances = [] } }) => {
          const errors = services.map(({ to: { artifact } }) =>
            wentBadMs.has(artifact) ? 0 : (artifacts.get(artifact)?.errors ?? 0),
          );
          const worst = Math.max(...errors);
          const isThrough = state.phase === 'watching' || state.phase === 'succeeded';
          return isThrough && policy !== null && advances.length === 0 && worst >= 0.2
            ? `${id} is ${state.phase}, and fails ${worst} of its requests`
            : null;
        }),
    }),
  },
];
