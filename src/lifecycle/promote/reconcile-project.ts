import type { Environment } from '../../domain/environment.ts';
import { isFailure, isWorthRetrying } from '../../domain/failure.ts';
import type { Instant, ProjectId } from '../../domain/ids.ts';
import type { Reader, Transaction, WakeUp } from '../../engine/store.ts';
import { allEnvironments, waitingInto } from '../lookup.ts';
import { pictureOf } from '../read/project-picture.ts';
import { dueAsk } from './due-ask.ts';

/**
 * Something changed that may concern every environment. One look over all of them finds what there is to do, and only that is
 * woken: of a thousand environments most have nothing, and each for itself would ask the store a dozen times to find that out.
 */
export async function reconcileProject(
  tx: Transaction,
  project: ProjectId,
  now: Instant,
): Promise<{ readonly wakeAt: Instant | null }> {
  const picture = pictureOf(tx, project);
  const keys: string[] = [];
  for (const environment of await allEnvironments(picture, project))
    keys.push(...(await toDoIn(picture, environment)));
  await tx.wake(keys.map((key): WakeUp => ({ key, project, at: now })));
  return { wakeAt: null };
}

/** Where that cannot be found out, the environment looks for itself: its trouble holds up no other. */
async function toDoIn(tx: Reader, environment: Environment): Promise<readonly string[]> {
  const itself = `environment/${environment.id}`;
  try {
    const waiting = (await waitingInto(tx, environment.project, environment.id)).map(
      ({ value }) => `promotion/${value.id}`,
    );
    return (await dueAsk(tx, environment)) === null ? waiting : [...waiting, itself];
  } catch (thrown) {
    if (isFailure(thrown) && !isWorthRetrying(thrown.kind)) return [itself];
    throw thrown;
  }
}
