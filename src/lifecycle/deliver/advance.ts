import type { Actor } from '../../domain/actor.ts';
import { Failure } from '../../domain/failure.ts';
import type { Instant, RoleName } from '../../domain/ids.ts';
import { advanceObstacle, rolesThatAdvance } from '../../domain/rollout/advance-by-person.ts';
import type { Rollout } from '../../domain/rollout/types.ts';
import { rolesOf } from '../../domain/roles.ts';
import { listText } from '../../domain/wording.ts';
import type { Reader } from '../../engine/store.ts';
import { agentSeen } from '../agent-seen.ts';
import { noRole } from '../callers.ts';
import { rulesFor } from '../lookup.ts';
import { foldNew } from './decide-rollout.ts';
import { type Loaded, samplesATurn } from './reconcile-rollout.ts';
import { advanceByPerson } from './transitions.ts';

type Person = Actor & { readonly kind: 'person' };

/** The held rollout after a person let it go on past its evidence. Throws where they may not, or nobody could. */
export async function advanced(
  tx: Reader,
  loaded: Loaded,
  by: Person,
  reason: string,
  now: Instant,
): Promise<Rollout> {
  const environment = loaded.environment.value;
  const { project } = environment;
  const file = await rulesFor(tx, environment);
  needRole(rolesThatAdvance(file, environment.name), rolesOf(file, by.id), by, environment.name);
  const rollout = await withNewest(tx, loaded.rollout.value);
  const observation = (await tx.get(project, 'observation', environment.id))?.value ?? null;
  const agent = (await tx.get(project, 'agent', environment.agent))?.value ?? null;
  const obstacle = advanceObstacle(rollout, agentSeen(rollout, observation, agent));
  if (obstacle !== null)
    throw new Failure('conflict', obstacle.code, obstacle.message, { wayOut: obstacle.wayOut });
  return advanceByPerson(rollout, by, reason, now);
}

/** What came in and was not judged yet counts too: a person must not overtake a rule that is about to speak. */
async function withNewest(tx: Reader, rollout: Rollout): Promise<Rollout> {
  const samples = await tx.samplesAfter(rollout.project, rollout.id, rollout.lastSample, samplesATurn);
  return foldNew(rollout, samples);
}

function needRole(
  wanted: readonly RoleName[],
  held: readonly RoleName[],
  { id }: Person,
  environment: string,
): void {
  if (held.length === 0) throw noRole(id);
  if (held.some((role) => wanted.includes(role))) return;
  throw new Failure(
    'denied',
    'advance-role-missing',
    `${id} has none of the roles that may answer for thin evidence in ${environment}.`,
    { wayOut: `Ask somebody who is ${listText(wanted, 'or')}.` },
  );
}
