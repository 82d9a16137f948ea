import type { Actor } from '../domain/actor.ts';
import { digestOf } from '../domain/canonical.ts';
import type { Environment } from '../domain/environment.ts';
import { type ActorId, type Instant, later, type PromotionId, type ServiceName } from '../domain/ids.ts';
import { rungOf, type Rung } from '../domain/pipeline.ts';
import type { ProjectFile } from '../domain/project-file/types.ts';
import { type Release, releaseIdOf, type ReleaseManifest } from '../domain/release.ts';
import { settled } from '../domain/settle.ts';
import type { Transaction } from '../engine/store.ts';
import { environmentNamed } from '../lifecycle/lookup.ts';
import type { Scenario } from './scenario/types.ts';
import type { Plane } from './world/plane.ts';

const dayMs = 86_400_000;
const stableSinceMs = 30 * dayMs;
const soakedForMs = 3_600_000;

/**
 * How things stand when the curtain rises: one version everywhere, and the next one in every environment before the one
 * that it is to go to, for as long as that asks for.
 */
export async function setStage(plane: Plane, scenario: Scenario, file: ProjectFile): Promise<void> {
  const now = plane.clock.now();
  const rung = rungOf(file, scenario.to);
  const services = Object.keys(file.services) as ServiceName[];
  const stable = releaseOf(plane, services, scenario.runs, later(now, -stableSinceMs));
  const next = releaseOf(plane, services, scenario.release, later(now, -stableSinceMs + dayMs));
  const soakedMs = scenario.soakedMs ?? longestSoakMs(rung) + soakedForMs;
  await plane.parts.store.transaction(async (tx) => {
    for (const release of [stable, next]) await tx.put(plane.project, 'release', release.id, release, 0);
    for (const { name } of plane.declared.environments)
      await putEnvironment(tx, plane, name, (environment) => {
        const before = runs(plane, environment, stable, later(now, -stableSinceMs));
        const isBefore = rung?.before.some((step) => step.environment === name) === true;
        return isBefore ? runs(plane, before, next, later(now, -soakedMs)) : before;
      });
  });
}

const longestSoakMs = (rung: Rung | null): number =>
  Math.max(0, ...(rung?.step.gates ?? []).map((gate) => (gate.kind === 'soak' ? gate.forMs : 0)));

const builder: Actor = { kind: 'token', id: 'builder' as ActorId, name: 'builder' };

function releaseOf(
  { project }: Plane,
  services: readonly ServiceName[],
  version: string,
  createdAt: Instant,
): Release {
  const tree = digestOf(`tree of ${version}`).slice(7, 47);
  const manifest: ReleaseManifest = {
    services: Object.fromEntries(
      services.map((service) => [service, { artifact: digestOf(`${service} ${version}`) }]),
    ) as ReleaseManifest['services'],
    tree,
  };
  return {
    id: releaseIdOf(manifest),
    project,
    version,
    manifest,
    commit: tree,
    branch: 'main',
    notes: [],
    createdAt,
    createdBy: builder,
    mark: null,
  };
}

function runs({ parts }: Plane, environment: Environment, release: Release, since: Instant): Environment {
  const services = Object.keys(release.manifest.services) as ServiceName[];
  const promotion = { id: parts.newId() as PromotionId, services };
  return settled(environment, promotion, release, 'passed', since);
}

async function putEnvironment(
  tx: Transaction,
  { project }: Plane,
  name: string,
  change: (environment: Environment) => Environment,
): Promise<void> {
  const stored = await environmentNamed(tx, project, name);
  const after = { ...change(stored.value), revision: stored.value.revision + 1 };
  await tx.put(project, 'environment', after.id, after, stored.version);
}
