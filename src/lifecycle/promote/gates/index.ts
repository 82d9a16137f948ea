import type { Blocker, People } from '../../../domain/admission.ts';
import { pictureOf } from '../../../domain/expression/picture.ts';
import type { GateAnswer, GateFinding, Waiver, WaiverRef } from '../../../domain/gate.ts';
import type { Instant } from '../../../domain/ids.ts';
import type { GateSpec } from '../../../domain/project-file/types.ts';
import type { Approval } from '../../../domain/promotion.ts';
import { peopleOf } from '../../../domain/roles.ts';
import { listText } from '../../../domain/wording.ts';
import type { AdmissionFacts } from '../facts.ts';
import { rule } from './rule.ts';
import { gatesOf, type StepGate } from './step.ts';

/** A gate as it stands, and what blocks, where it does. */
export interface JudgedGate {
  readonly answer: GateAnswer;
  readonly blocker: Blocker | null;
}

/** Every gate of the step, in the order of the project file, with the approvals that count. Pure. */
export function judgeGates(
  facts: AdmissionFacts,
  approvals: readonly Approval[],
  now: Instant,
): readonly JudgedGate[] {
  if (facts.rung === null) return nothing;
  const gates = gatesOf(facts.rung.step);
  const plain = gates.map((gate) => (gate.find === null ? null : judged(gate, gate.find(facts, now), facts)));
  const others = plain.filter((one) => one !== null);
  if (others.length === gates.length) return others;
  // Rules see how the other gates stand, and not each other: so there is no order among them that matters.
  const picture = pictureOf({ facts, gates: others, approvals, now });
  return gates.flatMap((gate, index) =>
    gate.find === null ? judged(gate, rule(gate.spec, picture, facts), facts) : (plain[index] ?? []),
  );
}

function judged({ name, spec }: StepGate, finding: GateFinding, facts: AdmissionFacts): JudgedGate {
  const { state, says, evidence = nothing } = finding;
  const plain = { gate: name, kind: spec.kind, state, says, evidence, waiver: null };
  const answer = finding.items === undefined ? plain : { ...plain, items: finding.items };
  if (finding.state === 'passed') return { answer, blocker: null };
  const waiver = waiverOf(name, facts);
  if (waiver !== undefined)
    return { answer: { ...answer, state: 'waived', waiver: refTo(waiver) }, blocker: null };
  const waivers = waiversOf(facts);
  return {
    answer: waivers === null ? answer : { ...answer, waivers },
    blocker: blockerOf(name, spec, finding, waivers, facts),
  };
}

const nothing: readonly never[] = [];

const refTo = ({ id, by, roles, reason, at }: Waiver): WaiverRef => ({ id, by, roles, reason, at });

/** One by somebody who may still waive here. */
const waiverOf = (gate: string, { waivers, rung, file, target }: AdmissionFacts): Waiver | undefined =>
  waivers.find(
    (one) =>
      one.gate === gate &&
      one.environment === target.id &&
      (rung?.step.waive ?? []).some((role) => file.roles[role]?.members.includes(one.by) === true),
  );

/** Who may let a gate pass here; null: nobody. */
const waiversOf = ({ rung, file }: AdmissionFacts): People | null =>
  rung?.step.waive === undefined || rung.step.waive.length === 0 ? null : peopleOf(file, rung.step.waive);

function blockerOf(
  gate: string,
  { kind }: GateSpec,
  finding: Exclude<GateFinding, { readonly state: 'passed' }>,
  waivers: People | null,
  { release, target }: AdmissionFacts,
): Blocker {
  const waive =
    waivers === null
      ? null
      : `have it waived by ${listText(waivers.roles, 'or')}: rung waive ${gate} ${release.version} --to ${target.name} --reason …`;
  return {
    kind,
    gate,
    reason: finding.says,
    wayOut: waive === null ? finding.wayOut : `${finding.wayOut.replace(/[.]$/u, '')}; or ${waive}`,
    effect: 'waits',
    liftedBy: finding.liftedBy,
    earliest: finding.earliest ?? null,
  };
}
