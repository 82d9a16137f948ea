import type { Environment } from '../../domain/environment.ts';
import type { Instant, ProjectId, PromotionId } from '../../domain/ids.ts';
import { nextRungs } from '../../domain/pipeline.ts';
import type { Transaction } from '../../engine/store.ts';
import { environmentsNamed, releaseNamed, rulesFor, waitingInto } from '../lookup.ts';
import { mayWait } from './admit.ts';
import type { AutomaticAsk } from './automation.ts';
import { dueAsk } from './due-ask.ts';
import { type Asking, mergeRefused, requestPromotion } from './request.ts';

/**
 * Something about an environment changed: automation may now have something to ask for here or on the next rung,
 * and promotions that wait here or there may be able to go.
 */
export async function reconcileEnvironment(
  tx: Transaction,
  project: ProjectId,
  id: string,
  now: Instant,
  newId: () => string,
): Promise<{ readonly wakeAt: Instant | null }> {
  const stored = await tx.get(project, 'environment', id);
  if (stored === undefined || stored.value.retiredAt !== null) return { wakeAt: null };
  const environment = stored.value;
  const file = await rulesFor(tx, environment);
  const next = nextRungs(file, environment.name);
  const others = await environmentsNamed(tx, project, next);
  const due = await Promise.all(
    [environment, ...others].map(async (target) => {
      const [waiting, ask] = await Promise.all([waitingInto(tx, project, target.id), dueAsk(tx, target)]);
      return { target, waiting, ask };
    }),
  );
  for (const { target, waiting, ask } of due) {
    await tx.wake(waiting.map(({ value }) => ({ key: `promotion/${value.id}`, project, at: now })));
    if (ask !== null) await askByItself(tx, target, ask, now, newId);
  }
  return { wakeAt: null };
}

/** What is refused is asked for again with the next change: a merge can come before its release has climbed. */
async function askByItself(
  tx: Transaction,
  target: Environment,
  ask: AutomaticAsk,
  now: Instant,
  newId: () => string,
): Promise<void> {
  const release = (await releaseNamed(tx, target.project, ask.release)).value;
  const { requester, reason, branch } = ask;
  const asking = await requestPromotion(
    tx,
    { kind: 'promotion', release, target, requester, reason },
    newId() as PromotionId,
    now,
  );
  if (branch !== null && !mayWait(asking.admission)) await tellRefused(tx, asking, branch, now);
}

/** Somebody pushed and nothing would seem to happen: the log says once for each head why, and what to do. */
async function tellRefused(tx: Transaction, asking: Asking, branch: string, now: Instant): Promise<void> {
  const { id, project } = asking.facts.target;
  const stored = await tx.get(project, 'branch', branch);
  const refusedIn = stored?.value.refusedIn ?? [];
  if (stored === undefined || refusedIn.includes(id)) return;
  await tx.put(project, 'branch', branch, { ...stored.value, refusedIn: [...refusedIn, id] }, stored.version);
  await tx.append([mergeRefused(asking, branch, now)]);
}
