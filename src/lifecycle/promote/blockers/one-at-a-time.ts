import type { Blocker } from '../../../domain/admission.ts';
import { actorName } from '../../../domain/actor.ts';
import { isLive, type Rollout } from '../../../domain/rollout/types.ts';
import { peopleOf } from '../../../domain/roles.ts';
import type { AdmissionFacts } from '../facts.ts';

/** OPS-9: never two changes at once into one environment. */
export const oneAtATime = (facts: AdmissionFacts): readonly Blocker[] => {
  if (facts.live !== null && isLive(facts.live.state) && !givesWay(facts, facts.live))
    return [running(facts, facts.live)];
  const ahead = facts.others.find((other) => other.state.phase === 'waiting' && other.approvals.length > 0);
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

/** A held or watching rollout gives way to a rollback that a named person asks for. */
const givesWay = (facts: AdmissionFacts, live: Rollout): boolean =>
  facts.kind === 'rollback' &&
  facts.requester.kind === 'person' &&
  (live.state.phase === 'held' || live.state.phase === 'watching');

function running(facts: AdmissionFacts, live: Rollout): Blocker {
  const version = live.services[0]?.to.version ?? 'another release';
  const { state } = live;
  const doing =
    state.phase === 'watching'
      ? 'is still being watched'
      : state.phase === 'held'
        ? 'is held'
        : 'is on its way';
  return {
    kind: 'one at a time',
    reason: `${version} ${doing} in ${facts.target.name}; two changes never run there at once.`,
    wayOut:
      facts.kind === 'rollback'
        ? `Take that one back, it is the quickest: rung abort ${facts.target.name} --reason …`
        : `Wait until it is through, or take it back: rung abort ${facts.target.name} --reason …`,
    effect: facts.kind === 'rollback' ? 'refused' : 'waits',
    liftedBy: state.phase === 'held' ? peopleOf(facts.file) : { kind: 'time' },
    earliest: state.phase === 'watching' ? state.until : null,
  };
}
