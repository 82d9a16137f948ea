import { type GateFinding, type GateKind, gateName } from '../../../domain/gate.ts';
import type { Instant } from '../../../domain/ids.ts';
import { remembered } from '../../../domain/remembered.ts';
import type { GateSpec, PipelineStep } from '../../../domain/project-file/types.ts';
import type { AdmissionFacts } from '../facts.ts';
import { alarms } from './alarms.ts';
import { bugs } from './bugs.ts';
import { changeRequest } from './change-request.ts';
import { checklist } from './checklist.ts';
import { coverage } from './coverage.ts';
import type { GateRule, SpecOf } from './gate-rule.ts';
import { review } from './review.ts';
import { rollbackPlan } from './rollback-plan.ts';
import { scan } from './scan.ts';
import { smoke } from './smoke.ts';
import { soak } from './soak.ts';
import { stability } from './stability.ts';
import { tests } from './tests.ts';
import { uat } from './uat.ts';
import { validation } from './validation.ts';
import { webhook } from './webhook.ts';

/** A gate of a step, with its name and what it is judged by; a rule of the team's own has to see the other gates first. */
export type StepGate =
  | { readonly name: string; readonly spec: GateSpec; readonly find: Find }
  | { readonly name: string; readonly spec: SpecOf<'rule'>; readonly find: null };

type Find = (facts: AdmissionFacts, now: Instant) => GateFinding;

/** The gates of a step, in the order of the project file. */
export const gatesOf = remembered(({ gates }: PipelineStep): readonly StepGate[] =>
  gates.map((spec) => {
    const name = gateName(spec);
    return spec.kind === 'rule' ? { name, spec, find: null } : { name, spec, find: findOf(spec) };
  }),
);

const by =
  <K extends GateKind>(rule: GateRule<K>, spec: SpecOf<K>): Find =>
  (facts, now) =>
    rule(spec, facts, now);

/** A gate is judged by its own rule: added here and in its own file, nowhere else. */
function findOf(spec: Exclude<GateSpec, { readonly kind: 'rule' }>): Find {
  switch (spec.kind) {
    case 'soak':
      return by(soak, spec);
    case 'smoke':
      return by(smoke, spec);
    case 'validation':
      return by(validation, spec);
    case 'tests':
      return by(tests, spec);
    case 'coverage':
      return by(coverage, spec);
    case 'review':
      return by(review, spec);
    case 'scan':
      return by(scan, spec);
    case 'bugs':
      return by(bugs, spec);
    case 'uat':
      return by(uat, spec);
    case 'checklist':
      return by(checklist, spec);
    case 'webhook':
      return by(webhook, spec);
    case 'rollback-plan':
      return by(rollbackPlan, spec);
    case 'alarms':
      return by(alarms, spec);
    case 'stability':
      return by(stability, spec);
    case 'change-request':
      return by(changeRequest, spec);
  }
}
