import { approvalFindings } from './approval-meaning.ts';
import { type Finding, listOf, pointerTo, recordOf, textOf, unknownName } from './finding.ts';
import { emergencyFindings } from './emergency-meaning.ts';
import { gateFindings, roleFindings } from './gate-meaning.ts';
import { rolloutFindings } from './rollout-meaning.ts';

interface Step {
  readonly pipeline: string;
  readonly index: number;
  readonly spec: Readonly<Record<string, unknown>>;
}

/** Problems of the pipelines: order, gates, approvals and rollouts of their steps. */
export function pipelineFindings(file: Readonly<Record<string, unknown>>): readonly Finding[] {
  const steps = Object.entries(recordOf(file['pipelines'])).flatMap(([pipeline, list]) =>
    listOf(list).map((spec, index): Step => ({ pipeline, index, spec: recordOf(spec) })),
  );
  const roles = recordOf(file['roles']);
  return [
    ...orderFindings(steps, recordOf(file['environments'])),
    ...steps.flatMap((step) => gateFindings(at(step, 'gates'), step.spec['gates'], step.index === 0, roles)),
    ...steps.flatMap((step) => roleFindings(at(step, 'waive'), step.spec['waive'], roles)),
    ...steps.flatMap((step) => emergencyFindings(at(step, 'emergency'), step.spec['emergency'], roles)),
    ...steps.flatMap((step) => approvalFindings(at(step, 'approvals'), step.spec['approvals'], roles)),
    ...steps.flatMap((step) => rolloutFindings(at(step, 'rollout'), step.spec['rollout'])),
  ];
}

const at = (step: Step, ...parts: readonly (string | number)[]): string =>
  pointerTo('pipelines', step.pipeline, step.index, ...parts);

function orderFindings(
  steps: readonly Step[],
  environments: Readonly<Record<string, unknown>>,
): readonly Finding[] {
  const seen = new Map<string, string>();
  return steps.flatMap((step): Finding[] => {
    const name = textOf(step.spec['environment']);
    if (name === undefined) return [];
    const pointer = at(step, 'environment');
    if (!Object.hasOwn(environments, name)) {
      return [{ pointer, on: 'value', ...unknownName('environment', name, Object.keys(environments)) }];
    }
    const before = seen.get(name);
    seen.set(name, step.pipeline);
    if (before !== undefined) return [duplicate(pointer, name, before)];
    return automaticFindings(step, name, recordOf(environments[name]));
  });
}

const duplicate = (pointer: string, name: string, pipeline: string): Finding => ({
  pointer,
  on: 'value',
  message: `"${name}" stands in pipeline "${pipeline}" already.`,
  instead: 'each environment once, so that there is one way into it',
});

function automaticFindings(step: Step, name: string, spec: Readonly<Record<string, unknown>>): Finding[] {
  if (step.index > 0 || spec['deploy'] !== 'automatic') return [];
  return [
    {
      pointer: pointerTo('environments', name, 'deploy'),
      on: 'value',
      message: `Nothing comes before "${name}", so no release gets there by itself.`,
      instead: '`deploy: on-merge` with a `source`, or `deploy: manual`',
    },
  ];
}
