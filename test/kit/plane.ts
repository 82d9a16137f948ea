import { afterAll } from 'vitest';
import { type Plane, type Silence, simulatePlane } from '../../src/simulate/world/plane.ts';

/** A control plane in memory and virtual time that is closed after the test file. */
export async function openPlane(rungYaml: string, seed = 1, silence?: Silence): Promise<Plane> {
  const plane = await simulatePlane(rungYaml, seed, silence);
  afterAll(() => plane.close());
  return plane;
}
