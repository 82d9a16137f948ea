import { digestOf } from './canonical.ts';
import type { Environment } from './environment.ts';
import type {
  ActorId,
  AgentId,
  EnvironmentId,
  EnvironmentName,
  ProjectId,
  PromotionId,
  ServiceName,
} from './ids.ts';
import { instant } from './ids.ts';
import { planOf } from './plan.ts';
import type { Promotion } from './promotion.ts';
import { type Release, type ReleaseManifest, releaseIdOf } from './release.ts';

const project = 'project' as ProjectId;
const actor = { kind: 'person', id: 'ada@example.org' as ActorId } as const;

export const anEmptyEnvironment: Environment = {
  id: 'environment' as EnvironmentId,
  project,
  name: 'prod' as EnvironmentName,
  spec: {
    tier: 'production',
    purpose: 'production',
    deploy: 'manual',
    lifecycle: { kind: 'permanent' },
    ports: {},
  },
  agent: 'agent' as AgentId,
  stable: {},
  deployments: [],
  validation: null,
  revision: 1,
  rules: { file: digestOf('rules'), branch: 'main', acceptedAt: instant(0), acceptedBy: actor },
  retiredAt: null,
};

/** A release whose artifacts are what these words say. */
export function aReleaseOf(
  version: string,
  services: Readonly<Record<string, string>>,
  tree: string = digestOf(version),
): Release {
  const artifacts = Object.entries(services).map(
    ([name, content]) => [name, { artifact: digestOf(content) }] as const,
  );
  const manifest = { services: Object.fromEntries(artifacts), tree } as ReleaseManifest;
  return {
    id: releaseIdOf(manifest),
    project,
    version,
    manifest,
    commit: 'commit',
    branch: 'develop',
    notes: [],
    createdAt: instant(0),
    createdBy: actor,
    mark: null,
  };
}

/** Asked for by a person, and waiting. */
export function aPromotionOf(
  release: Release,
  services: readonly ServiceName[] = Object.keys(release.manifest.services) as ServiceName[],
  environment: Environment = anEmptyEnvironment,
): Promotion {
  return {
    id: `promotion of ${release.version}` as PromotionId,
    project,
    kind: 'promotion',
    environment: environment.id,
    release: release.id,
    version: release.version,
    services,
    plan: planOf(environment, release, services),
    requestedBy: actor,
    requestedAt: instant(0),
    reason: '',
    approvals: [],
    state: { phase: 'waiting' },
  };
}
