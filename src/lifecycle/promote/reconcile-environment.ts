import type { Environment } from '../../domain/environment.ts';
import type { Instant, ProjectId, PromotionId, ReleaseId } from '../../domain/ids.ts';
import { nextRungs, rungOf } from '../../domain/pipeline.ts';
import type { Release } from '../../domain/release.ts';
import type { BranchRecord } from '../../engine/records.ts';
import type { Reader, Transaction } from '../../engine/store.ts';
import { matchesBranch } from '../../domain/branch.ts';
import { environmentsNamed, environmentNamed, everyOne, releaseNamed, rulesFor } from '../lookup.ts';
import { automationAsks, type AutomationFacts } from './automation.ts';
import { mayWait } from './admit.ts';
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
  for (const target of [environment, ...others]) {
    await wakeWaiting(tx, target, now);
    await askByItself(tx, target, now, newId);
  }
  return { wakeAt: null };
}

async function wakeWaiting(tx: Transaction, environment: Environment, now: Instant): Promise<void> {
  const { project } = environment;
  const waiting = await everyOne(tx, project, 'promotion', {
    environment: environment.id,
    phase: ['waiting'],
  });
  await tx.wake(waiting.map((one) => ({ key: `promotion/${one.value.id}`, project, at: now })));
}

/**
 * Asks once for a release and an environment and never again, so that what was taken back is not tried a second time.
 * What is refused is asked again with the next change: a merge can come before its release has climbed.
 */
async function askByItself(
  tx: Transaction,
  target: Environment,
  now: Instant,
  newId: () => string,
): Promise<void> {
  if (target.spec.deploy === 'manual' && (await isAskedByPerson(tx, target))) return;
  const ask = automationAsks(await automationFacts(tx, target));
  if (ask === null || (await wasAsked(tx, target, ask.release))) return;
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

/** By hand means by hand: a merge takes nothing out of the way that somebody asked for. */
async function isAskedByPerson(tx: Reader, { project, id }: Environment): Promise<boolean> {
  const waiting = await everyOne(tx, project, 'promotion', { environment: id, phase: ['waiting'] });
  return waiting.some(({ value }) => value.requestedBy.kind !== 'automation');
}

async function wasAsked(tx: Reader, target: Environment, release: ReleaseId): Promise<boolean> {
  const filter = { environment: target.id, name: release };
  return (await tx.list(target.project, 'promotion', filter, { limit: 1 })).items.length > 0;
}

async function automationFacts(tx: Reader, target: Environment): Promise<AutomationFacts> {
  const { project, spec } = target;
  const previous = rungOf(await rulesFor(tx, target), target.name)?.before.at(-1);
  const source =
    previous === undefined ? null : (await environmentNamed(tx, project, previous.environment)).value;
  const merged: { branch: BranchRecord; release: Release | null }[] = [];
  for (const { value: branch } of await everyOne(tx, project, 'branch')) {
    if (spec.source === undefined || !matchesBranch(spec.source, branch.id)) continue;
    const releases = await tx.list(project, 'release', { tree: branch.tree }, { limit: 1 });
    merged.push({ branch, release: releases.items[0]?.value ?? null });
  }
  return { target, source, merged };
}
