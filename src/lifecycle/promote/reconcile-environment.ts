import type { Environment } from '../../domain/environment.ts';
import type { Instant, ProjectId, PromotionId } from '../../domain/ids.ts';
import { nextRungs, rungOf } from '../../domain/pipeline.ts';
import type { Transaction } from '../../engine/store.ts';
import { matchesBranch } from '../../domain/branch.ts';
import { automationAsks, type AutomationFacts } from './automation.ts';
import { environmentNamed, releaseNamed, rulesFor } from '../lookup.ts';
import { refusedEvent, requestPromotion } from './request.ts';

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
  const next = await Promise.all(
    nextRungs(file, environment.name).map((name) => environmentNamed(tx, project, name)),
  );
  for (const target of [environment, ...next.map((one) => one.value)]) {
    await wakeWaiting(tx, target, now);
    await askByItself(tx, target, now, newId);
  }
  return { wakeAt: null };
}

async function wakeWaiting(tx: Transaction, environment: Environment, now: Instant): Promise<void> {
  const waiting = await tx.list(environment.project, 'promotion', {
    environment: environment.id,
    phase: ['waiting'],
  });
  await tx.wake(
    waiting.items.map((one) => ({ key: `promotion/${one.value.id}`, project: environment.project, at: now })),
  );
}

async function askByItself(
  tx: Transaction,
  target: Environment,
  now: Instant,
  newId: () => string,
): Promise<void> {
  if (target.spec.deploy === 'manual') return;
  const ask = automationAsks(await automationFacts(tx, target));
  if (ask === null) return;
  const release = await releaseNamed(tx, target.project, ask.release);
  const running = await tx.list(target.project, 'promotion', {
    environment: target.id,
    phase: ['waiting', 'running'],
  });
  if (running.items.some((one) => one.value.release === ask.release)) return;
  const asking = await requestPromotion(
    tx,
    { kind: 'promotion', release: release.value, target, requester: ask.requester, reason: ask.reason },
    newId() as PromotionId,
    now,
  );
  if (asking.admission.blockers.some((blocker) => blocker.effect === 'refused'))
    await tx.append([refusedEvent(asking, now)]);
}

async function automationFacts(tx: Transaction, target: Environment): Promise<AutomationFacts> {
  const { project } = target;
  const step = rungOf(await rulesFor(tx, target), target.name);
  const previous = step?.before.at(-1);
  const source =
    previous === undefined ? null : (await environmentNamed(tx, project, previous.environment)).value;
  const branches = (await tx.list(project, 'branch', {}, { limit: 200 })).items.map((one) => one.value);
  const mine = branches.filter(
    (branch) => target.spec.source !== undefined && matchesBranch(target.spec.source, branch.id),
  );
  const merged = await Promise.all(
    mine.map(async (branch) => ({
      branch,
      release:
        (await tx.list(project, 'release', { tree: branch.tree }, { limit: 1 })).items[0]?.value ?? null,
    })),
  );
  const asked = await tx.list(project, 'promotion', { environment: target.id }, { limit: 200 });
  const releases = new Set(asked.items.map((one) => one.value.release));
  return { target, source, merged, askedBefore: (release) => releases.has(release) };
}
