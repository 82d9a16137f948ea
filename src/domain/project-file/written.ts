import type { DeployMode, Tier } from './types.ts';

/** The project file as a person writes it, once the schema has accepted it. */
export interface WrittenFile {
  readonly rung: 1;
  readonly project: string;
  readonly roles?: Readonly<Record<string, WrittenRole>>;
  readonly services: Readonly<Record<string, WrittenService>>;
  readonly environments: Readonly<Record<string, WrittenEnvironment>>;
  readonly pipelines: Readonly<Record<string, readonly WrittenStep[]>>;
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
}

export interface WrittenStep {
  readonly environment: string;
  readonly gates?: readonly ('smoke' | 'validation' | { readonly soak: string })[];
  readonly approvals?: WrittenApprovals;
  readonly rollout?: WrittenRollout;
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
