import type { ProjectId } from '../../domain/ids.ts';
import type { Reader } from '../../engine/store.ts';
import { allEnvironments, everyOne, releaseNamed } from '../lookup.ts';
import type { WaiverView } from '../views.ts';

/** Every gate that was ever waived for a release, newest first, where the environment is still there. */
export async function waiverViews(
  tx: Reader,
  project: ProjectId,
  name: string,
): Promise<readonly WaiverView[]> {
  const { manifest } = (await releaseNamed(tx, project, name)).value;
  const names = new Map((await allEnvironments(tx, project)).map((one) => [one.id, one.name]));
  const waivers = await everyOne(tx, project, 'waiver', { tree: manifest.tree });
  return waivers.flatMap(({ value: { id, gate, environment, by, roles, reason, at } }) => {
    const place = names.get(environment);
    return place === undefined ? [] : [{ id, gate, environment: place, by, roles, reason, at }];
  });
}
