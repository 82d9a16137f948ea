import type { Actor } from '../../domain/actor.ts';
import type { Emergency } from '../../domain/emergency.ts';
import type { EnvironmentId, ServiceName } from '../../domain/ids.ts';
import { type Rung, rungOf } from '../../domain/pipeline.ts';
import { planOf } from '../../domain/plan.ts';
import { openPhases, type Promotion, servicesAsked } from '../../domain/promotion.ts';
import type { Release } from '../../domain/release.ts';
import { deploymentOf, type Environment } from '../../domain/environment.ts';
import { speaking } from '../../domain/evidence/evidence.ts';
import type { Reader, Records } from '../../engine/store.ts';
import {
  delegationsOf,
  environmentIfThere,
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

/** Reads everything the admission is answered from, within one transaction; what does not hang on each other, in one go. */
export async function loadFacts(tx: Reader, asked: Asked): Promise<AdmissionFacts> {
  const { kind, target, release, promotion } = asked;
  const file = await rulesFor(tx, target);
  const rung = rungOf(file, target.name);
  const beforeIt = rungsBefore(tx, target, rung);
  const [before, ran, open, live, evidence, waivers, questions, change, serving, exceptions, delegations] =
    await Promise.all([
      beforeIt,
      Promise.all([beforeIt.then((before) => ranIn(tx, release, before)), ranIn(tx, release, [target])]),
      everyOne(tx, target.project, 'promotion', { environment: target.id, phase: openPhases }),
      liveRollout(tx, target.project, target.id).then((stored) => stored?.value ?? null),
      ofTree(tx, release, 'evidence'),
      ofTree(tx, release, 'waiver'),
      ofTree(tx, release, 'question'),
      kind === 'rollback' ? null : newestChange(tx, release, target),
      servingIn(tx, target),
      exceptionsFor(tx, target),
      delegationsOf(tx, target.project),
    ]);
  const emergency = promotion?.emergency ?? asked.emergency ?? null;
  const gates = kind === 'rollback' ? [] : (rung?.step.gates ?? []);
  const [base, observed] = await Promise.all([
    baseFor(tx, { ...asked, emergency }, target, live),
    loadObserved(tx, gates, before.at(-1), target),
  ]);
  return {
    kind,
    file,
    rung,
    release,
    target,
    before,
    hasRunIn: new Set(ran.flat()),
    requester: asked.requester,
    promotion,
    plan: planOf(base, release, asked.services),
    emergency,
    others: open.map((one) => one.value).filter(({ id }) => id !== promotion?.id),
    evidence: speaking(evidence),
    waivers,
    change,
    serving,
    exceptions,
    delegations,
    questions,
    observed,
    live,
  };
}

/** First to last; without those that are not there yet. */
async function rungsBefore(
  tx: Reader,
  { project }: Environment,
  rung: Rung | null,
): Promise<readonly Environment[]> {
  const steps = rung?.before ?? [];
  const found = await Promise.all(steps.map((step) => environmentIfThere(tx, project, step.environment)));
  return found.flatMap((one) => one?.value ?? []);
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
  const found = await Promise.all([...ids].map((id) => tx.get(project, 'release', id)));
  return found.filter((stored) => stored !== undefined).map((stored) => stored.value);
}

/** An environment remembers its latest deployments; what ran before them, the promotions tell. */
async function ranIn(
  tx: Reader,
  release: Release,
  environments: readonly Environment[],
): Promise<readonly EnvironmentId[]> {
  const ran = await Promise.all(
    environments.map(
      async (one) => deploymentOf(one, release.id) !== null || (await wasPromoted(tx, release, one)),
    ),
  );
  return environments.filter((_, at) => ran[at]).map(({ id }) => id);
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
  const [release, target] = await Promise.all([
    tx.get(promotion.project, 'release', promotion.release),
    tx.get(promotion.project, 'environment', promotion.environment),
  ]);
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
