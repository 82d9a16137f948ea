import type { Environment } from '../../domain/environment.ts';
import type { EnvironmentId, ProjectId } from '../../domain/ids.ts';
import type { Rollout } from '../../domain/rollout/types.ts';
import type { Reader, Store } from '../../engine/store.ts';
import type { DesiredEnvironment } from '../../protocol/messages.ts';
import { askedTogether } from '../asked-together.ts';
import { liveRollout } from '../lookup.ts';
import { pictureOf } from '../read/project-picture.ts';
import { desiredOf } from './desired.ts';

type Told = ReadonlyMap<EnvironmentId, DesiredEnvironment>;

/** From here on it is cheaper to read all there are. */
const many = 10;

/** What is desired of environments, as of now. A change that touches a thousand is asked about by a thousand agents at once. */
export function createDesiredEnvironments(
  store: Store,
  project: ProjectId,
): (ids: readonly EnvironmentId[]) => Promise<readonly DesiredEnvironment[]> {
  const ask = askedTogether<EnvironmentId, DesiredEnvironment>((ids) =>
    store.read((tx) => read(tx, project, ids)),
  );
  return async (ids) => {
    if (ids.length === 0) return [];
    const told = await ask(ids);
    return ids.flatMap((id) => told.get(id) ?? []);
  };
}

async function read(reader: Reader, project: ProjectId, ids: readonly EnvironmentId[]): Promise<Told> {
  const tx = ids.length < many ? reader : pictureOf(reader, project);
  const read = await Promise.all(
    ids.map((id) => Promise.all([tx.get(project, 'environment', id), liveRollout(tx, project, id)])),
  );
  const told = new Map<EnvironmentId, DesiredEnvironment>();
  for (const [environment, live] of read)
    if (environment !== undefined && environment.value.retiredAt === null)
      told.set(environment.value.id, withLastSample(environment.value, live?.value ?? null));
  return told;
}

/** Told beside what is desired, and no reason to tell anew: an agent that lost its evidence numbers on from there. */
function withLastSample(environment: Environment, live: Rollout | null): DesiredEnvironment {
  const desired = desiredOf(environment, live);
  return desired.rollout === null || live === null
    ? desired
    : { ...desired, rollout: { ...desired.rollout, lastSample: live.lastSample } };
}
