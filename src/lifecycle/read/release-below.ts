import { type Environment, releaseIn } from '../../domain/environment.ts';
import type { Release } from '../../domain/release.ts';
import type { Reader } from '../../engine/store.ts';
import { kept } from '../lookup.ts';

/** What runs as a whole in the rung below, and does not run in this one yet; null: there is nothing to bring up. */
export async function releaseBelow(
  tx: Reader,
  below: Pick<Environment, 'deployments'>,
  above: Pick<Environment, 'deployments' | 'project'>,
): Promise<Release | null> {
  const id = releaseIn(below);
  return id === null || id === releaseIn(above) ? null : kept(tx, above.project, 'release', id);
}
