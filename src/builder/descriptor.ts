import { canonicalJson, type Json } from '../domain/canonical.ts';
import type { ServiceSpec } from '../domain/project-file/types.ts';
import type { ServiceDescriptor } from '../protocol/descriptor.ts';

/** The file that goes into an artifact, so that a release carries its own commands. Canonical: it counts for the digest. */
export function descriptorBytes(service: string, spec: ServiceSpec): Uint8Array {
  const descriptor: ServiceDescriptor = {
    rung: 1,
    service,
    run: spec.run,
    health: spec.health,
    smoke: spec.smoke ?? null,
    smokeTimeoutMs: spec.smokeTimeoutMs,
    instances: spec.instances,
    stopWithinMs: spec.stopWithinMs,
    probe: spec.probe ?? null,
  };
  return new TextEncoder().encode(`${canonicalJson(descriptor as unknown as Json)}\n`);
}
