import { gateName } from '../../domain/gate.ts';
import type { GateSpec, PipelineStep, ProjectFile } from '../../domain/project-file/types.ts';

/** Gates that look at what a simulation really does; all others ask for what people and programs hand over. */
const played: ReadonlySet<GateSpec['kind']> = new Set(['soak', 'smoke', 'validation', 'stability']);

export const evidenceGates = (gates: readonly GateSpec[]): readonly GateSpec[] =>
  gates.filter(({ kind }) => !played.has(kind));

/** The project file where every gate that asks for evidence is open, but for those that are named. */
export function withEvidence(file: ProjectFile, missing: readonly string[]): ProjectFile {
  const stays = (gate: GateSpec): boolean => played.has(gate.kind) || missing.includes(gateName(gate));
  const open = (step: PipelineStep): PipelineStep => ({ ...step, gates: step.gates.filter(stays) });
  const pipelines = Object.entries(file.pipelines).map(([name, steps]) => [name, steps.map(open)]);
  return { ...file, pipelines: Object.fromEntries(pipelines) as ProjectFile['pipelines'] };
}
