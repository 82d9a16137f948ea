import type { Actor } from '../../domain/actor.ts';
import { Failure } from '../../domain/failure.ts';
import type { EnvironmentName, ProjectId, ServiceName } from '../../domain/ids.ts';
import { rungOf } from '../../domain/pipeline.ts';
import { planOf, variantsOf } from '../../domain/plan.ts';
import type { ProjectFile } from '../../domain/project-file/types.ts';
import { isOpen, type Promotion } from '../../domain/promotion.ts';
import type { Release } from '../../domain/release.ts';
import type { Environment } from '../../domain/environment.ts';
import type { Stored, Transaction } from '../../engine/store.ts';
import type { AdmissionFacts } from './facts.ts';

export interface Asked {
  readonly kind: Promotion['kind'];
  readonly release: Release;
  readonly target: Environment;
  readonly requester: Actor;
  /** Only these services; all of the release's unless named. */
  readonly services?: readonly ServiceName[];
  readonly promotion: Promotion | null;
}

/** Reads everything the admission is answered from, within one transaction. */
export async function loadFacts(tx: Transaction, asked: Asked): Promise<AdmissionFacts> {
  const { target, release } = asked;
  const file = await rulesFor(tx, target);
  const rung = rungOf(file, target.name);
  const before = await Promise.all(
    (rung?.before ?? []).map((step) => environmentNamed(tx, target.project, step.environment)),
  );
  const open = await tx.list(target.project, 'promotion', { environment: target.id, phase: ['waiting', 'running'] });
  const live = await tx.list(target.project, 'rollout', { environment: target.id, phase: livePhases }, { limit: 1 });
  return {
    kind: asked.kind,
    file,
    rung,
    release,
    target,
    before: before.map((one) => one.value),
    requester: asked.requester,
    promotion: asked.promotion,
    plan: planOf(target, variantsOf(release, asked.services)),
    others: open.items.map((one) => one.value).filter((one) => isOpen(one) && one.id !== asked.promotion?.id),
    live: live.items[0]?.value ?? null,
  };
}

export const livePhases = ['preflight', 'canary', 'promoting', 'watching', 'held', 'rolling back'] as const;

/** The rules in force: the file that was last accepted for this environment. */
export async function rulesFor(tx: Transaction, environment: Environment): Promise<ProjectFile> {
  const rules = await tx.get(environment.project, 'rules', environment.rules.file);
  if (rules !== undefined) return rules.value.file;
  throw new Failure('defect', 'rules-missing', `The rules accepted for ${environment.name} are not in the store.`, {
    wayOut: 'Start again with rung up: it accepts the project file anew.',
  });
}

export async function environmentNamed(
  tx: Transaction,
  project: ProjectId,
  name: EnvironmentName | string,
): Promise<Stored<'environment'>> {
  const found = (await tx.list(project, 'environment', { name }, { limit: 10 })).items.find((one) => one.value.retiredAt === null);
  if (found !== undefined) return found;
  const all = await tx.list(project, 'environment', {}, { limit: 200 });
  const names = all.items.map((one) => one.value.name).join(', ');
  throw new Failure('absent', 'environment-unknown', `There is no environment ${name}.`, {
    wayOut: names === '' ? 'No environment is declared yet; see rung.yaml.' : `The environments are: ${names}.`,
  });
}

export async function releaseNamed(tx: Transaction, project: ProjectId, versionOrId: string): Promise<Stored<'release'>> {
  const wanted = versionOrId.replace(/^v(?=\d)/u, '');
  const found = wanted.startsWith('sha256:')
    ? await tx.get(project, 'release', wanted)
    : (await tx.list(project, 'release', { name: wanted }, { limit: 1 })).items[0];
  if (found !== undefined) return found;
  throw new Failure('absent', 'release-unknown', `There is no release ${versionOrId}.`, {
    wayOut: 'See which there are: rung release list',
  });
}
