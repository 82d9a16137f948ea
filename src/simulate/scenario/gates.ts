import { gateName } from '../../domain/gate.ts';
import type {
  EnvironmentSpec,
  GateSpec,
  PipelineStep,
  ProjectFile,
} from '../../domain/project-file/types.ts';
import type { Happening } from './types.ts';

/** Gates that look at what a simulation really does; all others ask for what people and programs hand over. */
const played: ReadonlySet<GateSpec['kind']> = new Set([
  'soak',
  'smoke',
  'validation',
  'stability',
  'alarms',
  'webhook',
]);

/** Of those that are played, what is open at first and can be kept closed. */
const closable: ReadonlySet<GateSpec['kind']> = new Set(['alarms', 'webhook']);

/** Those that a scenario may keep closed. */
export const closableGates = (gates: readonly GateSpec[]): readonly GateSpec[] =>
  gates.filter(({ kind }) => closable.has(kind) || !played.has(kind));

/** Those for which a scenario can hand something over later. */
export const evidenceGates = (gates: readonly GateSpec[]): readonly GateSpec[] =>
  gates.filter(({ kind }) => !played.has(kind) && kind !== 'change-request' && kind !== 'rule');

/** Those that are closed at first, for something comes that opens them, or nothing ever does. */
export function closedAtFirst(
  gates: readonly GateSpec[],
  missing: readonly string[],
  happens: readonly Happening[],
): ReadonlySet<string> {
  const late = happens.flatMap((one) =>
    one.kind === 'evidence' || one.kind === 'webhook' ? [one.gate] : [],
  );
  const hasChange = happens.some((one) => one.kind === 'act' && one.does.endsWith(' change'));
  const changes = gates.filter(({ kind }) => hasChange && kind === 'change-request').map(gateName);
  return new Set([...missing, ...late, ...changes]);
}

/**
 * The project file where every gate that asks for evidence is open, but for those that are closed at first, and where
 * nobody has to be asked which alarms there are.
 */
export function withEvidence(file: ProjectFile, closed: ReadonlySet<string>): ProjectFile {
  const stays = (gate: GateSpec): boolean => played.has(gate.kind) || closed.has(gateName(gate));
  const open = (step: PipelineStep): PipelineStep => ({ ...step, gates: step.gates.filter(stays) });
  const pipelines = Object.entries(file.pipelines).map(([name, steps]) => [name, steps.map(open)]);
  const environments = Object.entries(file.environments).map(([name, spec]) => [name, unwatched(spec)]);
  return {
    ...file,
    pipelines: Object.fromEntries(pipelines) as ProjectFile['pipelines'],
    environments: Object.fromEntries(environments) as ProjectFile['environments'],
  };
}

function unwatched({ alarms, ...spec }: EnvironmentSpec): EnvironmentSpec {
  void alarms;
  return spec;
}
