import { type Environment, releaseIn } from '../../domain/environment.ts';
import type { Release } from '../../domain/release.ts';
import type { Reader } from '../../engine/store.ts';

/** What runs as a whole in the rung below, and does not run in this one yet; null: there is nothing to bring up. */
export async function releaseBelow(
  tx: Reader,
  below: Pick<Environment, 'deployments'>,
  above: Pick<Environment, 'deployments' | 'project'>,
): Promise<Release | null> {
  const id = releaseIn(below);
  if (id === null || id === releaseIn(above)) return null;
  return (await tx.get(above.project, 'release', id))?.value ?? null;
}
