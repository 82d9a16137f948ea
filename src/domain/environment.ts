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
  readonly deployments: readonly KeptDeployment[];
  /** The operator's word that what runs here is good (OPS-4); void when what runs changes. */
  readonly validation: Validation | null;
  /** Raised with every change of what the agent is asked for. */
  readonly revision: number;
  /** After a restore, until its agent was heard: the revision in the backup. The agent may know of later ones. */
  readonly restoredFrom?: number;
  /** When that was: one backup may be restored again and again. Beside `restoredFrom`, unless an older version restored it. */
  readonly restoredAt?: Instant;
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

export interface KeptDeployment extends Deployment {
  /** Other services of the same release went on serving another: a rollback of one service, for example. */
  readonly isPartial: boolean;
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

/** What runs here now as a whole; null where services differ in their release, or nothing runs. */
export function currentDeployment(environment: Pick<Environment, 'deployments'>): KeptDeployment | null {
  const newest = environment.deployments.at(-1);
  return newest === undefined || newest.isPartial || newest.until !== null ? null : newest;
}

/** The release that all services here have in common, or null where they differ or nothing runs. */
export const releaseIn = (environment: Pick<Environment, 'deployments'>): ReleaseId | null =>
  currentDeployment(environment)?.release ?? null;

/** The newest deployment of the release here as a whole; null when there was none. */
export const deploymentOf = (
  environment: Pick<Environment, 'deployments'>,
  release: ReleaseId,
): KeptDeployment | null =>
  environment.deployments.findLast((one) => one.release === release && !one.isPartial) ?? null;

/** For how long the release has run here as a whole in all, in milliseconds. */
export const ranForMs = (
  environment: Pick<Environment, 'deployments'>,
  release: ReleaseId,
  now: Instant,
): number =>
  environment.deployments
    .filter((one) => one.release === release && !one.isPartial)
    .reduce((sum, one) => sum + Math.max(0, (one.until ?? now) - one.since), 0);

/**
 * The release that ran before the one that these services serve (all of them, where none are named); null when there
 * was none. It looks behind the first time that one came, so that going back twice goes back two steps and never
 * forward again.
 */
export function previousRelease(
  environment: Pick<Environment, 'deployments' | 'stable'>,
  services: readonly ServiceName[] = Object.keys(environment.stable) as ServiceName[],
): ReleaseId | null {
  const { deployments, stable } = environment;
  const serving = new Set(services.map((service) => stable[service]?.release));
  const cameAt = Math.max(
    -1,
    ...[...serving].map((release) => deployments.findIndex((one) => one.release === release)),
  );
  const before = deployments.slice(0, Math.max(0, cameAt));
  return before.findLast((one) => !one.isPartial)?.release ?? null;
}
