import type { Instance, Isolation, SmokeResult, WorkloadSpec } from '../../../ports/runtime.ts';
import type { ProcessRecord } from '../../../protocol/process-record.ts';

/** What the room says of itself; the answer to `GET /workloads`. */
export interface RoomStatus {
  readonly pid: number;
  readonly isolation: Isolation;
  readonly workloads: readonly {
    readonly service: WorkloadSpec['service'];
    readonly artifact: WorkloadSpec['artifact'];
    readonly instances: readonly Instance[];
  }[];
}

export type RoomCall =
  | { readonly call: 'start'; readonly spec: WorkloadSpec }
  | {
      readonly call: 'stop';
      readonly service: WorkloadSpec['service'];
      readonly artifact: WorkloadSpec['artifact'];
    }
  | { readonly call: 'stop all' }
  | { readonly call: 'smoke'; readonly spec: WorkloadSpec; readonly address: string };

export type RoomAnswer = { readonly done: true } | { readonly smoke: SmokeResult };

/** What is kept of an instance, so that another room finds it again or starts it anew. */
export interface InstanceRecord extends ProcessRecord {
  readonly id: string;
  readonly spec: WorkloadSpec;
  readonly port: number;
  readonly exits: number;
  readonly failedProbes: number;
  /** Of the process that runs: its last probe. One that is found again serves on until a probe says otherwise. */
  readonly wasHealthy: boolean;
}

/** In the environment's folder. */
export const roomSocket = 'room.sock';
export const instanceFolder = 'instances';
export const runFolder = 'run';
export const logFolder = 'logs';
export const roomName = 'room';
