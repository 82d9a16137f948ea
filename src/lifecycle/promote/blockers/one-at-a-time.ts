import type { Blocker } from '../../../domain/admission.ts';
import { actorName } from '../../../domain/actor.ts';
import type { Rollout } from '../../../domain/rollout/types.ts';
import type { Promotion } from '../../../domain/promotion.ts';
import { peopleOf } from '../../../domain/roles.ts';
import type { AdmissionFacts } from '../facts.ts';
import { givesWay } from '../giving-way.ts';

/** OPS-9: never two changes at once into one environment. */
export const oneAtATime = (facts: AdmissionFacts): readonly Blocker[] => {
  if (facts.live !== null && !givesWay(facts, facts.live)) return [running(facts, facts.live)];
  const ahead = facts.others.find((other) => isBacked(other) && isOfTheSameSort(other, facts));
  if (ahead === undefined || facts.kind === 'rollback' || facts.promotion !== null) return [];
  return [
    {
      kind: 'one at a time',
      reason: `${ahead.version} waits for ${facts.target.name} and has approvals; ${actorName(ahead.requestedBy)} asked for it.`,
      wayOut: `Let it go first, or take it out of the way: rung withdraw ${ahead.id}`,
      effect: 'refused',
      liftedBy: peopleOf(facts.file),
      earliest: null,
    },
  ];
};

/** Somebody besides who asked has put their name to it. */
export const isBacked = ({ state, approvals, emergency }: Promotion): boolean =>
  state.phase === 'waiting' &&
  (approvals.some((one) => one.expiredAt === undefined) || emergency?.confirmed != null);

/** An emergency does not queue behind what goes the ordinary way, nor that behind it: whichever may start first, does. */
const isOfTheSameSort = (other: Promotion, { emergency }: AdmissionFacts): boolean =>
  (other.emergency === undefined) === (emergency === null);

function running(facts: AdmissionFacts, live: Rollout): Blocker {
  const version = live.services[0]?.to.version ?? 'another release';
  const { state } = live;
  const waits = facts.kind === 'promotion' || state.phase === 'rolling back';
  return {
    kind: 'one at a time',
    reason: `${version} ${doing(live)} in ${facts.target.name}; two changes never run there at once.`,
    wayOut: wayOut(facts, live),
    effect: waits ? 'waits' : 'refused',
    liftedBy: state.phase === 'held' ? peopleOf(facts.file) : { kind: 'time' },
    earliest: state.phase === 'watching' ? state.until : null,
  };
}

function doing({ state }: Rollout): string {
  if (state.phase === 'watching') return 'is still being watched';
  if (state.phase === 'held') return 'is held';
  return state.phase === 'rolling back' ? 'is being taken back' : 'is on its way';
}

function wayOut({ kind, target }: AdmissionFacts, { state }: Rollout): string {
  if (state.phase === 'rolling back') return 'Wait: it lifts by itself, as soon as that is done.';
  return kind === 'rollback'
    ? `Take that one back, it is the quickest: rung abort ${target.name} --reason …`
    : `Wait until it is through, or take it back: rung abort ${target.name} --reason …`;
}
