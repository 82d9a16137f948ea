import type { Digest, EnvironmentId, ServiceName } from '../domain/ids.ts';
import type { ServiceDescriptor } from '../protocol/descriptor.ts';
import type { Applied, Context, Observed } from './provider.ts';

/** One version of one service that should run: as many instances as its descriptor asks for. */
export interface WorkloadSpec {
  readonly environment: EnvironmentId;
  readonly service: ServiceName;
  readonly version: string;
  readonly artifact: Digest;
  readonly descriptor: ServiceDescriptor;
  /** Folder with the unpacked artifact, already verified against the digest by whoever put it there. */
  readonly folder: string;
}

export type InstanceState =
  | { readonly phase: 'starting' }
  | { readonly phase: 'healthy' }
  | { readonly phase: 'unhealthy'; readonly detail: string }
  /** Was asked to end, and may end at any moment: no request may be sent there any more. */
  | { readonly phase: 'stopping' }
  | {
      readonly phase: 'exited';
      readonly code: number | null;
      readonly signal: string | null;
      readonly logTail: string;
    };

export interface Instance {
  /** Unique within the environment. */
  readonly id: string;
  /** `127.0.0.1:port`, reachable from the environment's gateway. */
  readonly address: string;
  readonly pid: number | null;
  readonly state: InstanceState;
  /** How often instances of this workload ended by themselves since it was first started. */
  readonly exits: number;
  /** Health checks that failed twice in a row, since it was first started. */
  readonly failedProbes: number;
  /** What is wrong with it, by name; absent while nothing is. */
  readonly trouble?: InstanceTrouble;
}

export interface InstanceTrouble {
  /** Kebab case, for example `never-healthy`. */
  readonly code: string;
  readonly message: string;
  readonly wayOut: string;
}

export interface Workload {
  readonly service: ServiceName;
  readonly artifact: Digest;
  readonly instances: readonly Instance[];
}

export type WorkloadChange =
  /** Where the same is still stopping, it is not done before that has ended, and waits for it with no call held open. */
  | { readonly action: 'start'; readonly spec: WorkloadSpec }
  /** SIGTERM, then SIGKILL after the descriptor's stopWithinMs. */
  | { readonly action: 'stop'; readonly service: ServiceName; readonly artifact: Digest };

export interface SmokeResult {
  readonly passed: boolean;
  readonly exitCode: number | null;
  readonly timedOut: boolean;
  readonly outputTail: string;
  readonly durationMs: number;
}

/** Runs a release's services in one environment. */
export interface Runtime {
  /** Every workload of ours in the environment; changes nothing. */
  observe(context: Context): Promise<Observed<readonly Workload[]>>;
  /**
   * What has to change so that exactly these run; empty when converged. Restarts of what died are included. What is
   * stopping does not count as running.
   */
  plan(desired: readonly WorkloadSpec[], observed: Observed<readonly Workload[]>): readonly WorkloadChange[];
  apply(change: WorkloadChange, context: Context): Promise<Applied>;
  /** Ends everything of ours in the environment; succeeds on what is gone. */
  remove(context: Context): Promise<Applied>;
  /** Runs the descriptor's smoke tests inside the environment against one instance. */
  smoke(spec: WorkloadSpec, instance: Instance, context: Context): Promise<SmokeResult>;
  /** Calls when something may have changed, so that nobody has to poll. */
  onChange(call: () => void): Disposable;
  /** How well this runtime keeps environments apart, in words for people. */
  isolation(): Isolation;
}

export interface Isolation {
  readonly level: 'namespaces' | 'none';
  readonly detail: string;
}
