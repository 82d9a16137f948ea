import type { DeployMode, GateSpec, Severity, Tier } from './types.ts';

/** The project file as a person writes it, once the schema has accepted it. */
export interface WrittenFile {
  readonly rung: 1;
  readonly project: string;
  readonly roles?: Readonly<Record<string, WrittenRole>>;
  readonly services: Readonly<Record<string, WrittenService>>;
  readonly environments: Readonly<Record<string, WrittenEnvironment>>;
  readonly pipelines: Readonly<Record<string, readonly WrittenStep[]>>;
  readonly freezes?: readonly WrittenFreeze[];
  readonly alarms?: WrittenAlarms;
  readonly audit?: { readonly 'keep-payloads': string };
}

/** One source of each kind at the most. */
export interface WrittenAlarms {
  readonly prometheus?: {
    readonly url: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly token?: { readonly env?: string; readonly file?: string };
  };
  readonly alertmanager?: {
    readonly url: string;
    readonly matchers?: readonly string[];
    readonly token?: { readonly env?: string; readonly file?: string };
  };
}

export interface WrittenFreeze {
  readonly from?: string;
  readonly to?: string;
  readonly yearly?: string;
  readonly zone?: string;
  readonly reason: string;
}

export interface WrittenRole {
  readonly members: readonly string[];
  readonly contact?: string;
  readonly 'on-call'?: string;
  readonly availability?: string;
}

export interface WrittenHealth {
  readonly path: string;
  readonly every?: string;
  readonly timeout?: string;
  readonly 'start-within'?: string;
}

export interface WrittenService {
  readonly path?: string;
  readonly build?: readonly string[];
  readonly run: readonly string[];
  readonly health: string | WrittenHealth;
  readonly smoke?: readonly string[] | { readonly run: readonly string[]; readonly timeout?: string };
  readonly probe?: string | { readonly path: string; readonly 'per-second'?: number };
  readonly instances?: number;
  readonly 'stop-within'?: string;
}

export interface WrittenEnvironment {
  readonly tier: Tier;
  readonly purpose?: string;
  readonly owner?: string;
  readonly source?: string;
  readonly deploy?: DeployMode;
  readonly reset?: string;
  readonly ttl?: string;
  readonly mirrors?: string;
  readonly ports?: Readonly<Record<string, number>>;
  readonly windows?: readonly string[];
  readonly freezes?: readonly WrittenFreeze[];
  readonly alarms?: WrittenAlarms;
}

export interface WrittenStep {
  readonly environment: string;
  readonly gates?: readonly WrittenGate[];
  readonly approvals?: WrittenApprovals;
  readonly rollout?: WrittenRollout;
  readonly waive?: readonly string[];
  readonly emergency?: { readonly from: readonly string[]; readonly second?: readonly string[] };
}

export type GateWord = Exclude<GateSpec['kind'], 'soak' | 'checklist' | 'rule' | 'webhook'>;

export type WrittenGate = GateWord | WrittenGateForm;

/** Has exactly one of its keys. */
export interface WrittenGateForm {
  readonly soak?: string;
  readonly tests?: readonly string[];
  readonly coverage?: string | number;
  readonly review?: number;
  readonly scan?: readonly Severity[];
  readonly stability?: { readonly for?: string; readonly errors?: string | number };
  readonly uat?: readonly string[];
  readonly 'change-request'?: readonly string[];
  readonly 'rollback-plan'?: readonly string[];
  readonly checklist?: {
    readonly name: string;
    readonly items: readonly string[];
    readonly from?: readonly string[];
  };
  readonly bugs?: number;
  readonly rule?: { readonly name: string; readonly when: string; readonly otherwise?: string };
  readonly webhook?: { readonly name: string; readonly url: string; readonly timeout?: string };
}

export interface WrittenApprovals {
  readonly count?: number;
  readonly from: readonly string[];
  readonly 'distinct-roles'?: number;
  readonly 'not-requester'?: boolean;
  readonly expire?: string;
}

export interface WrittenRollout {
  readonly canary: readonly { readonly percent: number; readonly for?: string; readonly maximum?: string }[];
  readonly watch?: string;
  readonly rollback?: readonly {
    readonly errors?: string;
    readonly for?: string;
    readonly health?: 'failing';
  }[];
  readonly ask?: readonly { readonly p95: string }[];
  readonly lease?: string;
  readonly drain?: string;
}
