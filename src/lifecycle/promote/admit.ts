import type { Admission, Blocker } from '../../domain/admission.ts';
import type { Instant } from '../../domain/ids.ts';
import { alreadyThere } from './blockers/already-there.ts';
import { approvals, countedIn } from './blockers/approvals.ts';
import { calendar } from './blockers/calendar.ts';
import { emergency } from './blockers/emergency.ts';
import { mark } from './blockers/mark.ts';
import { merged } from './blockers/merged.ts';
import { neverRan } from './blockers/never-ran.ts';
import { oneAtATime } from './blockers/one-at-a-time.ts';
import { order } from './blockers/order.ts';
import { requesterRole } from './blockers/requester-role.ts';
import type { AdmissionFacts } from './facts.ts';
import { type JudgedGate, judgeGates } from './gates/index.ts';

/** One thing that may stand in the way. Pure; returns what blocks now, or nothing. */
export type BlockerRule = (facts: AdmissionFacts, now: Instant) => readonly Blocker[];

/** In the order in which people read them. A rule is added here and in its own file, nowhere else. */
const beforeGates: readonly BlockerRule[] = [requesterRole, order, alreadyThere, mark, merged];
const afterGates: readonly BlockerRule[] = [calendar, oneAtATime];

/** Going back has to be possible at any hour: what a release once proved here is not asked for again. */
const back: readonly BlockerRule[] = [requesterRole, neverRan, alreadyThere, oneAtATime];

/** REL-12. A mark stays a mark: somebody has to lift it by name. Health, smoke tests and the judge come after. */
const inEmergency: readonly BlockerRule[] = [requesterRole, emergency, alreadyThere, mark, oneAtATime];

/**
 * May this release go there now? The one answer for the API, the CLI, the page and automation: every blocker at once,
 * each with its reason, who can lift it and the earliest time it may lift.
 */
export function admit(facts: AdmissionFacts, now: Instant): Admission {
  const ask = (rules: readonly BlockerRule[]): readonly Blocker[] =>
    rules.flatMap((rule) => rule(facts, now));
  if (facts.kind === 'rollback') return admission(ask(back), []);
  const counted = countedIn(facts, now);
  const gates = judgeGates(facts, counted?.count.counted ?? [], now);
  const all = [
    ...ask(beforeGates),
    ...gates.map(({ blocker }) => blocker).filter((blocker) => blocker !== null),
    ...approvals(facts, counted),
    ...ask(afterGates),
  ];
  if (facts.emergency === null) return admission(all, gates);
  const blockers = ask(inEmergency);
  const kept = new Set(blockers.map(({ kind }) => kind));
  return { ...admission(blockers, gates), passedOver: all.filter(({ kind }) => !kept.has(kind)) };
}

const admission = (blockers: readonly Blocker[], gates: readonly JudgedGate[]): Admission => ({
  allowed: blockers.length === 0,
  blockers,
  gates: gates.map(({ answer }) => answer),
});

/** Whether asking makes sense at all: everything in the way can lift while the promotion waits. */
export const mayWait = (admission: Admission): boolean =>
  admission.blockers.every((blocker) => blocker.effect === 'waits');
