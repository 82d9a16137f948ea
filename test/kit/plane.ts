import { afterAll } from 'vitest';
import { instant } from '../../src/domain/ids.ts';
import { parseProjectFile } from '../../src/lifecycle/declare/parse.ts';
import { type Plane, type PlaneOptions, simulatePlane } from '../../src/simulate/world/plane.ts';

/** A control plane in memory and virtual time that is closed after the test file. */
export async function openPlane(rungYaml: string, seed = 1, options?: PlaneOptions): Promise<Plane> {
  const plane = await planeOf(rungYaml, seed, options);
  afterAll(() => plane.close());
  return plane;
}

/** One that whoever opened it closes. */
export const planeOf = (rungYaml: string, seed: number, options?: PlaneOptions): Promise<Plane> =>
  simulatePlane(parseProjectFile(new TextEncoder().encode(rungYaml), 'rung.yaml'), seed, options);

/** An environment that is there no more, long since. */
export const retire = ({ parts, project }: Plane, environment: string): Promise<unknown> =>
  parts.store.transaction(async (tx) => {
    const stored = await tx.get(project, 'environment', environment);
    if (stored === undefined) throw new Error('it is not there');
    const retired = { ...stored.value, retiredAt: instant(1) };
    await tx.put(project, 'environment', environment, retired, stored.version);
  });
