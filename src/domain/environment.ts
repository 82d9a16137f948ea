import type { Actor } from './actor.ts';
import type {
  AgentId,
  Digest,
  EnvironmentId,
  EnvironmentName,
  Instant,
  ProjectId,
  PromotionId,
  ReleaseId,
  ServiceName,
} from './ids.ts';
import type { EnvironmentSpec } from './project-file/types.ts';
import type { Variant } from './rollout/types.ts';

export interface Environment {
  readonly id: EnvironmentId;
  readonly project: ProjectId;
  readonly name: EnvironmentName;
  readonly spec: EnvironmentSpec;
  readonly agent: AgentId;
  /** What serves 100 % when nothing is being rolled out. */
  readonly stable: Readonly<Record<ServiceName, Variant>>;
  /** Newest last; the latest 100. What was stable, when, and through which promotion (REL-6). */
  readonly deployments: readonly Deployment[];
  /** The operator's word that what runs here is good (OPS-4); void when what runs changes. */
  readonly validation: Validation | null;
  /** Raised with every change of what the agent is asked for. */
  readonly revision: number;
  readonly rules: RulesInForce;
  readonly retiredAt: Instant | null;
}

export interface Deployment {
  readonly promotion: PromotionId;
  readonly release: ReleaseId;
  readonly version: string;
  readonly services: readonly ServiceName[];
  readonly since: Instant;
  /** null while it is what runs. */
  readonly until: Instant | null;
  readonly smoke: 'passed' | 'none';
}

export interface Validation {
  readonly release: ReleaseId;
  readonly by: Actor;
  readonly at: Instant;
  readonly note: string;
}

/** The project file that was last accepted for this environment, by digest, and the branch it is read from. */
export interface RulesInForce {
  readonly file: Digest;
  readonly branch: string;
  readonly acceptedAt: Instant;
  readonly acceptedBy: Actor;
}

/** The release all services of an environment have in common, or null where they differ or nothing runs. */
export function releaseIn(environment: Pick<Environment, 'stable'>): ReleaseId | null {
  const releases = new Set(Object.values(environment.stable).map((variant) => variant.release));
  const [only] = releases;
  return releases.size === 1 && only !== undefined ? only : null;
}

/** Since when this release has been what runs here, without a break; null when it is not. */
export function runningSince(
  environment: Pick<Environment, 'deployments'>,
  release: ReleaseId,
): Instant | null {
  const current = environment.deployments.findLast((one) => one.release === release && one.until === null);
  return current?.since ?? null;
}

/** The newest deployment of the release here as a whole; null when there was none. */
export const deploymentOf = (
  environment: Pick<Environment, 'deployments'>,
  release: ReleaseId,
): Deployment | null => environment.deployments.findLast((one) => one.release === release) ?? null;

export const hasRun = (environment: Pick<Environment, 'deployments'>, release: ReleaseId): boolean =>
  deploymentOf(environment, release) !== null;

/** For how long the release has run here in all, in milliseconds. */
export const ranForMs = (
  environment: Pick<Environment, 'deployments'>,
  release: ReleaseId,
  now: Instant,
): number =>
  environment.deployments
    .filter((one) => one.release === release)
    .reduce((sum, one) => sum + Math.max(0, (one.until ?? now) - one.since), 0);

const keptDeployments = 100;

/** Notes that a release became what serves. What served before ends at that moment. */
export function deployed(environment: Environment, deployment: Deployment): readonly Deployment[] {
  const ended = environment.deployments.map((one) =>
    one.until === null ? { ...one, until: deployment.since } : one,
  );
  return [...ended, deployment].slice(-keptDeployments);
}
