import { randomBytes } from 'node:crypto';
import type { WorkloadSpec } from '../../../ports/runtime.ts';
import { freePort, portRanges } from '../../../protocol/free-port.ts';
import { readRecords } from '../../../protocol/process-record.ts';
import { InstanceKeeper, type RoomContext } from './instance.ts';
import type { InstanceRecord, RoomStatus } from './messages.ts';

interface KeptWorkload {
  readonly spec: Pick<WorkloadSpec, 'service' | 'artifact'>;
  readonly instances: InstanceKeeper[];
  stopping: Promise<void> | null;
}

/** Everything that runs in the room, by service and artifact: the same artifact is never run twice over. */
export class Workloads {
  readonly #room: RoomContext;
  readonly #kept = new Map<string, KeptWorkload>();

  private constructor(room: RoomContext) {
    this.#room = room;
  }

  /** Finds what an earlier room started; what has ended meanwhile is started anew. */
  static async findAgain(room: RoomContext): Promise<Workloads> {
    const workloads = new Workloads(room);
    for (const record of await readRecords<InstanceRecord>(room.instances)) {
      room.takenPorts.add(record.port);
      workloads.#at(record.spec).instances.push(new InstanceKeeper(room, record));
    }
    const instances = [...workloads.#kept.values()].flatMap((one) => one.instances);
    await Promise.all(instances.map((one) => one.looked));
    return workloads;
  }

  status(): RoomStatus['workloads'] {
    return [...this.#kept.values()].map(({ spec, instances }) => ({
      service: spec.service,
      artifact: spec.artifact,
      instances: instances.map((instance) => instance.status()),
    }));
  }

  /**
   * As many instances as the descriptor asks for; those that are there already are left alone. Nothing while the same is
   * stopping: who wants it asks again once the change is told that it has gone.
   */
  async start(spec: WorkloadSpec): Promise<void> {
    const workload = this.#at(spec);
    if (workload.stopping) return;
    const isShort = (): boolean =>
      workload.stopping === null && workload.instances.length < spec.descriptor.instances;
    while (isShort()) {
      const record = await this.#newRecord(spec);
      // Somebody else may have asked for the same meanwhile, or for its end.
      if (isShort()) workload.instances.push(new InstanceKeeper(this.#room, record));
      else this.#room.takenPorts.delete(record.port);
    }
  }

  /** Begins to stop; the workload is gone from the status once its last process has ended. */
  stop(workload: Pick<WorkloadSpec, 'service' | 'artifact'>): void {
    const kept = this.#kept.get(keyOf(workload));
    if (!kept || kept.stopping) return;
    kept.stopping = this.#stopped(kept);
  }

  async stopAll(): Promise<void> {
    const all = [...this.#kept.values()];
    for (const { spec } of all) this.stop(spec);
    for (const { stopping } of all) await stopping;
  }

  async #stopped({ spec, instances }: KeptWorkload): Promise<void> {
    await Promise.all(instances.map((instance) => instance.stop()));
    this.#kept.delete(keyOf(spec));
    this.#room.onChange();
  }

  #at(spec: Pick<WorkloadSpec, 'service' | 'artifact'>): KeptWorkload {
    const found = this.#kept.get(keyOf(spec));
    if (found) return found;
    const { service, artifact } = spec;
    const added: KeptWorkload = { spec: { service, artifact }, instances: [], stopping: null };
    this.#kept.set(keyOf(spec), added);
    return added;
  }

  async #newRecord(spec: WorkloadSpec): Promise<InstanceRecord> {
    const id = `${spec.service}-${randomBytes(4).toString('hex')}`;
    const port = await freePort(portRanges.instances, { taken: this.#room.takenPorts });
    this.#room.takenPorts.add(port);
    const none = { pid: 2 ** 31, startedAt: '', boot: '', mark: '' };
    return { ...none, name: id, id, spec, port, exits: 0, failedProbes: 0, wasHealthy: false };
  }
}

const keyOf = ({ service, artifact }: Pick<WorkloadSpec, 'service' | 'artifact'>): string =>
  `${service} ${artifact}`;
