import { afterAll } from 'vitest';
import { type Plane, simulatePlane } from '../../src/simulate/world/plane.ts';

/** A control plane in memory and virtual time that is closed after the test file. */
export async function openPlane(rungYaml: string, seed = 1): Promise<Plane> {
  const plane = await simulatePlane(rungYaml, seed);
  afterAll(() => plane.close());
  return plane;
}
