import type { Checkpoint } from '../domain/audit/types.ts';
import type {
  AgentId,
  Digest,
  EnvironmentId,
  EnvironmentName,
  Instant,
  ProjectId,
  RolloutId,
  ServiceName,
} from '../domain/ids.ts';
import type { TrafficReading } from '../domain/observed-traffic/types.ts';
import type { JudgeStep, RuleName } from '../domain/rollout/judge/types.ts';
import type { Sample } from '../domain/rollout/sample.ts';
import type { Variant } from '../domain/rollout/types.ts';

export { protocolVersion } from './version.ts';

/** `POST /agent/v1/poll`: held open until something changed after the cursor, two minutes at most. */
export interface PollRequest {
  /** `protocolVersion` of whoever says it. */
  readonly protocol: number;
  /** Opaque; null asks for everything. One that is too old gets everything, too. */
  readonly cursor: string | null;
  /** The agent's last countersigned position: links after it come back, so that it can follow the chain. */
  readonly head: number;
}

export interface PollResponse {
  /** `protocolVersion` of whoever says it. */
  readonly protocol: number;
  readonly cursor: string;
  /** true: `environments` is the whole list; what is not in it is gone. */
  readonly full: boolean;
  readonly environments: readonly DesiredEnvironment[];
  readonly audit: {
    /** Enough to recompute every link after the agent's head. */
    readonly links: readonly { readonly position: number; readonly payloadDigest: Digest }[];
    readonly checkpoint: Checkpoint | null;
  };
}

/** All an agent needs to know of one environment. It holds on to the last one while the control plane is away. */
export interface DesiredEnvironment {
  readonly project: ProjectId;
  readonly environment: EnvironmentId;
  readonly name: EnvironmentName;
  readonly revision: number;
  readonly services: readonly DesiredService[];
  readonly rollout: DesiredRollout | null;
  /** After a restore: the revision in the backup. Who was asked for a later one before knows more than this word does. */
  readonly restoredFrom?: number;
  /** Which restore that was. */
  readonly restoredAt?: Instant;
}

export interface DesiredService {
  readonly service: ServiceName;
  readonly port: number;
  readonly stable: Variant | null;
  /** Beside stable while a rollout is live. */
  readonly candidate: Variant | null;
}

export interface DesiredRollout {
  readonly id: RolloutId;
  readonly generation: number;
  readonly services: readonly ServiceName[];
  /**
   * `preflight`: start the candidate, prove it healthy, run its smoke tests. `weigh`: hold the weight, measure, judge.
   * `take back`: all traffic to stable, drain, stop the candidate.
   */
  readonly task:
    | { readonly kind: 'preflight' }
    | {
        readonly kind: 'weigh';
        readonly percent: number;
        /** null while watching: there is no lease. */
        readonly leaseMs: number | null;
        /** null while held by a person at a weight where nothing is to be judged. */
        readonly judge: JudgeStep | null;
        readonly sampleEveryMs: number;
      }
    | { readonly kind: 'take back'; readonly reason: string };
  readonly drainMs: number;
  /** Number of the last sample the control plane has; an agent that lost its memory goes on after it. */
  readonly lastSample?: number;
}

/** `POST /agent/v1/observations`. Idempotent by (agent, boot, sequence). */
export interface ObservationRequest {
  /** `protocolVersion` of whoever says it. */
  readonly protocol: number;
  readonly boot: string;
  readonly sequence: number;
  readonly observations: readonly Observation[];
  readonly samples: readonly Sample[];
  /** Of the gateways' counters, oldest first; absent: none. */
  readonly traffic?: readonly TrafficReading[];
  readonly countersignature: { readonly position: number; readonly signature: string } | null;
}

export interface Observation {
  readonly environment: EnvironmentId;
  /** The desired revision this was seen under. */
  readonly revision: number;
  /** Whether everything desired was found to be so. */
  readonly converged: boolean;
  readonly services: readonly ObservedService[];
  readonly rollout: ObservedRollout | null;
  readonly isolation: { readonly level: 'namespaces' | 'none'; readonly detail: string };
  /** What is in the way, for people: named waits and failures with a code. */
  readonly troubles: readonly Trouble[];
  /** Of the word that it was seen under, as is the next. */
  readonly restoredFrom?: number;
  readonly restoredAt?: Instant;
  /** Set while the control plane knows less than this agent: what it goes on with, as it was asked for last. */
  readonly holding?: readonly HeldService[];
}

export interface HeldService {
  readonly service: ServiceName;
  readonly stable: Variant | null;
}

export interface Trouble {
  readonly code: string;
  readonly service: ServiceName | null;
  readonly message: string;
  readonly wayOut: string;
}

export interface ObservedService {
  readonly service: ServiceName;
  readonly port: number | null;
  readonly variants: readonly {
    readonly artifact: Digest;
    readonly version: string;
    readonly wanted: number;
    readonly healthy: number;
    readonly exits: number;
    readonly detail: string | null;
  }[];
}

export interface ObservedRollout {
  readonly id: RolloutId;
  readonly generation: number;
  /**
   * The weight that is asked for is not followed, because the gateway has followed a later word, or took the rollout back: the
   * highest generation of these, not below the one above. After a restore the control plane may not know of it.
   */
  readonly overtakenBy?: number;
  /** Weight really in effect at the gateway, read back. */
  readonly effectivePercent: number;
  readonly lease: 'none' | 'held' | 'expired';
  readonly preflight:
    | { readonly state: 'starting' }
    | { readonly state: 'passed'; readonly smoke: readonly SmokeSummary[] }
    | {
        readonly state: 'failed';
        readonly cause: 'start' | 'smoke tests';
        readonly detail: string;
        readonly smoke: readonly SmokeSummary[];
      }
    | null;
  /** Set once the agent took the rollout back by itself. */
  readonly takenBack: { readonly rule: RuleName; readonly detail: string; readonly at: Instant } | null;
  /** Of a `take back`: the candidate's instances are gone and all traffic is on stable. */
  readonly backDone: boolean;
}

export interface SmokeSummary {
  readonly service: ServiceName;
  readonly passed: boolean;
  readonly durationMs: number;
  readonly outputTail: string;
}

/** Who calls, after the token was verified. */
export interface AgentIdentity {
  readonly agent: AgentId;
  readonly project: ProjectId;
  readonly environments: readonly EnvironmentId[];
}
