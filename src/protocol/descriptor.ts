import type { Command, HealthSpec } from '../domain/project-file/types.ts';

/** The file inside an artifact that says how to run it; so a release carries its own commands. */
export const descriptorFile = '.rung/service.json';

export interface ServiceDescriptor {
  readonly rung: 1;
  readonly service: string;
  readonly run: Command;
  readonly health: HealthSpec;
  readonly smoke: Command | null;
  readonly smokeTimeoutMs: number;
  readonly instances: number;
  readonly stopWithinMs: number;
  readonly probe: { readonly path: string; readonly perSecond: number } | null;
}
