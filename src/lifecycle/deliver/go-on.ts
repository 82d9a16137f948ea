import type { Actor } from '../../domain/actor.ts';
import { Failure } from '../../domain/failure.ts';
import type { Instant, RoleName } from '../../domain/ids.ts';
import { advanceObstacle, rolesThatAdvance } from '../../domain/rollout/advance-by-person.ts';
import type { Rollout } from '../../domain/rollout/types.ts';
import { type AgentSeen, type Obstacle, resumeObstacle } from '../../domain/rollout/judge-back.ts';
import { rolesOf } from '../../domain/roles.ts';
import { listText } from '../../domain/wording.ts';
import type { Reader } from '../../engine/store.ts';
import { agentSeen } from '../agent-seen.ts';
import { noRole } from '../callers.ts';
import { rulesFor } from '../lookup.ts';
import { foldNew } from './decide-rollout.ts';
import { type Loaded, samplesATurn } from './reconcile-rollout.ts';
import { advanceByPerson, resume } from './transitions.ts';

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
  const file = await rulesFor(tx, environment);
  needRole(rolesThatAdvance(file, environment.name), rolesOf(file, by.id), by, environment.name);
  const rollout = await withNewest(tx, loaded.rollout.value);
  refuse(advanceObstacle, rollout, await agentSeen(tx, rollout, environment));
  return advanceByPerson(rollout, by, reason, now);
}

/** A person lets go what they looked at: held once more, it is for something else, and may go to another step. */
export function needSameHold({ state }: Rollout, seen: Instant | undefined): void {
  if (seen === undefined || state.phase !== 'held' || state.since === seen) return;
  throw new Failure('conflict', 'rollout-held-anew', 'It went on meanwhile, and was held again.', {
    wayOut: 'Look why it is held now and where it would go to, and let it go on, if you still want to.',
  });
}

/** Back to the step it was held in. Throws where nobody would judge it there. */
export async function resumed(tx: Reader, loaded: Loaded, now: Instant): Promise<Rollout> {
  const rollout = loaded.rollout.value;
  refuse(resumeObstacle, rollout, await agentSeen(tx, rollout, loaded.environment.value));
  return resume(rollout, now);
}

function refuse(
  obstacleFor: (rollout: Rollout, agent: AgentSeen) => Obstacle | null,
  rollout: Rollout,
  seen: AgentSeen,
): void {
  const obstacle = obstacleFor(rollout, seen);
  if (obstacle === null) return;
  const { agent, heardAt } = seen;
  throw new Failure('conflict', obstacle.code, obstacle.message, {
    wayOut: obstacle.wayOut,
    facts: { agent, heardAt },
  });
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
