import type { ActorId, EnvironmentName, RoleName, ServiceName } from '../ids.ts';

/**
 * The project file after it was read and checked: every default filled in, every duration in milliseconds, every
 * ratio between 0 and 1, every name resolved. Plain JSON data, so that it can be kept and hashed.
 */
export interface ProjectFile {
  readonly rung: 1;
  readonly project: string;
  readonly roles: Readonly<Record<RoleName, Role>>;
  readonly services: Readonly<Record<ServiceName, ServiceSpec>>;
  readonly environments: Readonly<Record<EnvironmentName, EnvironmentSpec>>;
  readonly pipelines: Readonly<Record<string, readonly PipelineStep[]>>;
  /** Of every staging and production environment. */
  readonly freezes?: readonly FreezeSpec[];
  /** Absent: everything of the log is kept for ever. */
  readonly audit?: AuditSpec;
}

/** Of the log: how long the payloads of its events are kept, 90 days at the least. The events themselves always are. */
export interface AuditSpec {
  readonly keepPayloadsMs: number;
}

export interface Role {
  readonly members: readonly ActorId[];
  /** Where to reach the role, for example `#access-leads` (REL-16). */
  readonly contact?: string;
  readonly onCall?: string;
  readonly availability?: string;
}

/** A program and its arguments; never passed through a shell. */
export type Command = readonly string[];

export interface ServiceSpec {
  /** Folder in the repository, relative to the project file. */
  readonly path: string;
  /** Run by the builder in the service's folder of a clean checkout, before the artifact is packed. */
  readonly build?: Command;
  /** Run by the agent in the unpacked artifact. Reads PORT (and HOST, always 127.0.0.1) from its environment. */
  readonly run: Command;
  readonly health: HealthSpec;
  /** Run against the new version at 0 % of traffic; reads RUNG_SMOKE_URL. Exit code 0 is a pass. */
  readonly smoke?: Command;
  readonly smokeTimeoutMs: number;
  readonly instances: number;
  /** From SIGTERM to SIGKILL. */
  readonly stopWithinMs: number;
  /** Requests that Rung sends through the gateway for services with little traffic. They count, and are marked. */
  readonly probe?: { readonly path: string; readonly perSecond: number };
}

export interface HealthSpec {
  readonly path: string;
  readonly everyMs: number;
  readonly timeoutMs: number;
  /** A service that is not healthy this long after its start has failed to start. */
  readonly startWithinMs: number;
}

export const tiers = ['development', 'testing', 'staging', 'production', 'preview'] as const;
export type Tier = (typeof tiers)[number];

/** How a release gets into an environment: by a merge, by itself once admission allows, or when a person asks. */
export type DeployMode = 'on-merge' | 'automatic' | 'manual';

/** The declaration of LIF-1: class, purpose, lifecycle and owner. */
export interface EnvironmentSpec {
  readonly tier: Tier;
  readonly purpose: string;
  readonly owner?: string;
  /** Branch or branch pattern whose merges ask for this environment. */
  readonly source?: string;
  readonly deploy: DeployMode;
  readonly lifecycle:
    | { readonly kind: 'permanent' }
    | { readonly kind: 'reusable'; readonly resetMs: number }
    | { readonly kind: 'ephemeral'; readonly ttlMs: number };
  readonly mirrors?: EnvironmentName;
  /** Fixed ports on the host by service; what is not named gets a free one, chosen once. */
  readonly ports: Readonly<Record<ServiceName, number>>;
  /** As they are written, for example `Tue-Thu 09:00-16:00 Europe/London`. Absent: always open. */
  readonly windows?: readonly string[];
  readonly freezes?: readonly FreezeSpec[];
  /** Who is asked which alarms there are here. Absent: nobody; then only those count that are posted. */
  readonly alarms?: readonly AlarmSourceSpec[];
}

/** The token is named and never written: the control plane reads it, from where only its owner can put it. */
export type AlarmSourceSpec =
  | {
      readonly kind: 'prometheus';
      readonly url: string;
      /** An alarm counts that has all of these. */
      readonly labels: Readonly<Record<string, string>>;
      readonly token?: TokenPlace;
    }
  | {
      readonly kind: 'alertmanager';
      readonly url: string;
      /** As Alertmanager writes them, for example `env="sit"`. */
      readonly matchers: readonly string[];
      readonly token?: TokenPlace;
    };

/** A variable of the control plane's environment, or a file in its own folder `alarm-tokens`. */
export type TokenPlace = { readonly env: string } | { readonly file: string };

/** Local times in a zone, once or every year, as they are written. */
export type FreezeSpec =
  | {
      readonly kind: 'once';
      readonly from: string;
      readonly to: string;
      readonly zone: string;
      readonly reason: string;
    }
  | { readonly kind: 'yearly'; readonly days: string; readonly zone: string; readonly reason: string };

export interface PipelineStep {
  readonly environment: EnvironmentName;
  readonly gates: readonly GateSpec[];
  readonly approvals?: ApprovalPolicy;
  /** Absent: all at once, behind health and smoke tests. */
  readonly rollout?: RolloutPolicy;
  /** Who may let a gate pass, with a reason. Absent: nobody. */
  readonly waive?: readonly RoleName[];
  /** Absent: there is no emergency way in. */
  readonly emergency?: EmergencyPolicy;
}

/** What has to be true before a release goes in. One file in `lifecycle/promote/gates` for each kind. */
export type GateSpec =
  | { readonly kind: 'soak'; readonly forMs: number }
  | { readonly kind: 'smoke' }
  | { readonly kind: 'validation' }
  /** No suite named: whatever was given, one at least. */
  | { readonly kind: 'tests'; readonly suites: readonly string[] }
  /** `limit` from 0 to 1. */
  | { readonly kind: 'coverage'; readonly limit: number; readonly inclusive: boolean }
  | { readonly kind: 'review'; readonly count: number }
  | { readonly kind: 'scan'; readonly none: readonly Severity[] }
  /** `errors` from 0 to 1: the share that must not be reached. */
  | { readonly kind: 'stability'; readonly forMs: number; readonly errors: number }
  | { readonly kind: 'alarms' }
  /** No role named: every member. */
  | { readonly kind: 'uat'; readonly from: readonly RoleName[] }
  | { readonly kind: 'change-request'; readonly from: readonly RoleName[] }
  | { readonly kind: 'rollback-plan'; readonly from: readonly RoleName[] }
  | {
      readonly kind: 'checklist';
      readonly name: string;
      readonly items: readonly string[];
      readonly from: readonly RoleName[];
    }
  | { readonly kind: 'bugs'; readonly atMost: number }
  | {
      readonly kind: 'rule';
      readonly name: string;
      readonly when: string;
      readonly otherwise: string;
    }
  | { readonly kind: 'webhook'; readonly name: string; readonly url: string; readonly timeoutMs: number };

export const gateKinds = [
  'soak',
  'smoke',
  'validation',
  'tests',
  'coverage',
  'review',
  'scan',
  'stability',
  'alarms',
  'uat',
  'change-request',
  'rollback-plan',
  'checklist',
  'bugs',
  'rule',
  'webhook',
] as const satisfies readonly GateSpec['kind'][];

export const severities = ['critical', 'high', 'medium', 'low'] as const;
export type Severity = (typeof severities)[number];

/** Past gates, approvals, windows and freezes: one asks with a reason, another one confirms. */
export interface EmergencyPolicy {
  readonly from: readonly RoleName[];
  readonly second: readonly RoleName[];
}

export interface ApprovalPolicy {
  /** Distinct people needed. One person never counts twice, whatever roles they hold. */
  readonly count: number;
  readonly from: readonly RoleName[];
  /** How many different roles the approvals must have between them. */
  readonly distinctRoles: number;
  readonly notRequester: boolean;
  readonly expireMs: number;
}

export interface RolloutPolicy {
  /** In rising order; the last is 100 %. */
  readonly canary: readonly CanaryStep[];
  readonly watchMs: number;
  /** R1: take back at an error ratio over `limit` for `forMs`. */
  readonly errors: { readonly limit: number; readonly forMs: number };
  /** R4: ask a person at a p95 over `factor` times the baseline. */
  readonly latency: { readonly factor: number };
  readonly leaseMs: number;
  /** From the weight going to zero to the old instances being stopped. */
  readonly drainMs: number;
}

export interface CanaryStep {
  /** Above 0, at most 100. */
  readonly percent: number;
  /** Exposure the step needs. 0 for the last. */
  readonly exposureMs: number;
  /** Held as insufficient evidence when the step takes longer; 6 x the exposure unless declared. */
  readonly maximumMs: number;
}
