import type { Actor } from '../../domain/actor.ts';
import type { Emergency } from '../../domain/emergency.ts';
import type { EnvironmentId, ServiceName } from '../../domain/ids.ts';
import { rungOf } from '../../domain/pipeline.ts';
import { planOf } from '../../domain/plan.ts';
import { isOpen, openPhases, type Promotion, servicesAsked } from '../../domain/promotion.ts';
import type { Release } from '../../domain/release.ts';
import { deploymentOf, type Environment } from '../../domain/environment.ts';
import { speaking } from '../../domain/evidence/evidence.ts';
import type { Reader, Records } from '../../engine/store.ts';
import {
  delegationsOf,
  environmentNamed,
  everyOne,
  exceptionsFor,
  liveRollout,
  rulesFor,
} from '../lookup.ts';
import { newestChange } from './changes/look-up.ts';
import type { AdmissionFacts } from './facts.ts';
import { baseFor } from './giving-way.ts';
import { loadObserved } from './load-observed.ts';

export interface Asked {
  readonly kind: Promotion['kind'];
  readonly release: Release;
  readonly target: Environment;
  readonly requester: Actor;
  /** Only these services; all of the release's unless named. */
  readonly services?: readonly ServiceName[];
  readonly promotion: Promotion | null;
  /** Of what is only asked for; the promotion's own where there is one. */
  readonly emergency?: Emergency;
}

/** Reads everything the admission is answered from, within one transaction. */
export async function loadFacts(tx: Reader, asked: Asked): Promise<AdmissionFacts> {
  const { target, release } = asked;
  const file = await rulesFor(tx, target);
  const rung = rungOf(file, target.name);
  const before: Environment[] = [];
  for (const step of rung?.before ?? [])
    before.push((await environmentNamed(tx, target.project, step.environment)).value);
  const open = await everyOne(tx, target.project, 'promotion', {
    environment: target.id,
    phase: openPhases,
  });
  const live = (await liveRollout(tx, target.project, target.id))?.value ?? null;
  const emergency = asked.promotion?.emergency ?? asked.emergency ?? null;
  const base = await baseFor(tx, { ...asked, emergency }, target, live);
  return {
    kind: asked.kind,
    file,
    rung,
    release,
    target,
    before,
    hasRunIn: await ranIn(tx, release, [...before, target]),
    requester: asked.requester,
    promotion: asked.promotion,
    plan: planOf(base, release, asked.services),
    emergency,
    others: open.map((one) => one.value).filter((one) => isOpen(one) && one.id !== asked.promotion?.id),
    evidence: speaking(await ofTree(tx, release, 'evidence')),
    waivers: await ofTree(tx, release, 'waiver'),
    change: asked.kind === 'rollback' ? null : await newestChange(tx, release, target),
    serving: await servingIn(tx, target),
    exceptions: await exceptionsFor(tx, target),
    delegations: await delegationsOf(tx, target.project),
    questions: await ofTree(tx, release, 'question'),
    observed: await loadObserved(
      tx,
      asked.kind === 'rollback' ? [] : (rung?.step.gates ?? []),
      before.at(-1),
      target,
    ),
    live,
  };
}

/** What is kept about the release's source: another release of the same tree has it too. */
async function ofTree<K extends 'evidence' | 'waiver' | 'question'>(
  tx: Reader,
  { project, manifest }: Release,
  kind: K,
): Promise<readonly Records[K][]> {
  return (await everyOne(tx, project, kind, { tree: manifest.tree })).map((one) => one.value);
}

async function servingIn(tx: Reader, { project, stable }: Environment): Promise<readonly Release[]> {
  const ids = new Set(Object.values(stable).map(({ release }) => release));
  const found: Release[] = [];
  for (const id of ids) {
    const stored = await tx.get(project, 'release', id);
    if (stored !== undefined) found.push(stored.value);
  }
  return found;
}

/** An environment remembers its latest deployments; what ran before them, the promotions tell. */
async function ranIn(
  tx: Reader,
  release: Release,
  environments: readonly Environment[],
): Promise<ReadonlySet<EnvironmentId>> {
  const ran = new Set<EnvironmentId>();
  for (const environment of environments)
    if (deploymentOf(environment, release.id) !== null || (await wasPromoted(tx, release, environment)))
      ran.add(environment.id);
  return ran;
}

async function wasPromoted(tx: Reader, release: Release, environment: Environment): Promise<boolean> {
  const through = await tx.list(release.project, 'promotion', {
    environment: environment.id,
    name: release.id,
    phase: ['succeeded'],
  });
  return through.items.some((one) => one.value.kind === 'promotion');
}

/** The facts of a promotion that was asked for. null: its release or environment is gone. */
export async function factsOf(tx: Reader, promotion: Promotion): Promise<AdmissionFacts | null> {
  const release = await tx.get(promotion.project, 'release', promotion.release);
  const target = await tx.get(promotion.project, 'environment', promotion.environment);
  if (release === undefined || target === undefined) return null;
  const services = servicesAsked(promotion);
  return loadFacts(tx, {
    kind: promotion.kind,
    release: release.value,
    target: target.value,
    requester: promotion.requestedBy,
    ...(services === undefined ? {} : { services }),
    promotion,
  });
}
