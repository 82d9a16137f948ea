import type { Blocker } from '../../../domain/admission.ts';
import { type GateAnswer, type GateFinding, gateName, type Waiver } from '../../../domain/gate.ts';
import type { Instant } from '../../../domain/ids.ts';
import type { GateSpec } from '../../../domain/project-file/types.ts';
import { listText } from '../../../domain/wording.ts';
import type { AdmissionFacts } from '../facts.ts';
import { alarms } from './alarms.ts';
import { bugs } from './bugs.ts';
import { changeRequest } from './change-request.ts';
import { checklist } from './checklist.ts';
import { coverage } from './coverage.ts';
import { review } from './review.ts';
import { rollbackPlan } from './rollback-plan.ts';
import { rule } from './rule.ts';
import { scan } from './scan.ts';
import { smoke } from './smoke.ts';
import { soak } from './soak.ts';
import { stability } from './stability.ts';
import { tests } from './tests.ts';
import { uat } from './uat.ts';
import { validation } from './validation.ts';
import { webhook } from './webhook.ts';

/** A gate as it stands, and what blocks, where it does. */
export interface JudgedGate {
  readonly answer: GateAnswer;
  readonly blocker: Blocker | null;
}

/** Every gate of the step, in the order of the project file. Pure. */
export function judgeGates(facts: AdmissionFacts, now: Instant): readonly JudgedGate[] {
  const specs = facts.rung?.step.gates ?? [];
  const plain = new Map(
    specs.flatMap((spec) =>
      spec.kind === 'rule' ? [] : [[spec, judged(spec, findingOf(spec, facts, now), facts)] as const],
    ),
  );
  // Rules see how the other gates stand, and not each other: so there is no order among them that matters.
  const others = [...plain.values()].map(({ answer }) => answer);
  return specs.flatMap((spec) =>
    spec.kind === 'rule' ? judged(spec, rule(spec, facts, others, now), facts) : (plain.get(spec) ?? []),
  );
}

function judged(spec: GateSpec, finding: GateFinding, facts: AdmissionFacts): JudgedGate {
  const gate = gateName(spec);
  const { says, evidence = [], items } = finding;
  const base = {
    gate,
    kind: spec.kind,
    says,
    evidence,
    waiver: null,
    ...(items !== undefined && { items }),
  };
  if (finding.state === 'passed') return { answer: { ...base, state: 'passed' }, blocker: null };
  const waiver = waiverOf(gate, facts);
  if (waiver === undefined)
    return { answer: { ...base, state: finding.state }, blocker: blockerOf(spec, finding, facts) };
  const { id, by, roles, reason, at } = waiver;
  return {
    answer: { ...base, state: 'waived', waiver: { id, by, roles, reason, at } },
    blocker: null,
  };
}

/** A gate is judged by its own rule: added here and in its own file, nowhere else. */
function findingOf(
  spec: Exclude<GateSpec, { kind: 'rule' }>,
  facts: AdmissionFacts,
  now: Instant,
): GateFinding {
  switch (spec.kind) {
    case 'soak':
      return soak(spec, facts, now);
    case 'smoke':
      return smoke(spec, facts, now);
    case 'validation':
      return validation(spec, facts, now);
    case 'tests':
      return tests(spec, facts, now);
    case 'coverage':
      return coverage(spec, facts, now);
    case 'review':
      return review(spec, facts, now);
    case 'scan':
      return scan(spec, facts, now);
    case 'bugs':
      return bugs(spec, facts, now);
    case 'uat':
      return uat(spec, facts, now);
    case 'checklist':
      return checklist(spec, facts, now);
    case 'webhook':
      return webhook(spec, facts, now);
    case 'rollback-plan':
      return rollbackPlan(spec, facts, now);
    case 'alarms':
      return alarms(spec, facts, now);
    case 'stability':
      return stability(spec, facts, now);
    case 'change-request':
      return changeRequest(spec, facts, now);
  }
}

/** One by somebody who may still waive here. */
const waiverOf = (gate: string, { waivers, rung, file, target }: AdmissionFacts): Waiver | undefined =>
  waivers.find(
    (one) =>
      one.gate === gate &&
      one.environment === target.id &&
      (rung?.step.waive ?? []).some((role) => file.roles[role]?.members.includes(one.by) === true),
  );

function blockerOf(
  spec: GateSpec,
  finding: Exclude<GateFinding, { readonly state: 'passed' }>,
  { rung, release, target }: AdmissionFacts,
): Blocker {
  const gate = gateName(spec);
  const waivers = rung?.step.waive ?? [];
  const waivable =
    waivers.length === 0
      ? ''
      : `; or have it waived by ${listText(waivers, 'or')}: rung waive ${gate} ${release.version} --to ${target.name} --reason …`;
  return {
    kind: spec.kind,
    gate,
    reason: finding.says,
    wayOut: waivable === '' ? finding.wayOut : `${finding.wayOut.replace(/[.]$/u, '')}${waivable}`,
    effect: 'waits',
    liftedBy: finding.liftedBy,
    earliest: finding.earliest ?? null,
  };
}
