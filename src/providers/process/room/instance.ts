import type { Clock } from '../../../engine/clock.ts';
import type { Instance, InstanceState, InstanceTrouble, WorkloadSpec } from '../../../ports/runtime.ts';
import type { Log } from '../../../ports/provider.ts';
import { freePort, isFree, isSoonFree, portRanges } from '../../../protocol/free-port.ts';
import { endLeftBehind } from '../../../protocol/end-left-behind.ts';
import {
  newMark,
  recordOrEnd,
  removeRecord,
  signalGroup,
  writeRecord,
} from '../../../protocol/process-record.ts';
import { type Ending, type Living, adopt, isLiving, startChild } from './child.ts';
import type { LogFiles } from './log-files.ts';
import type { InstanceRecord } from './messages.ts';
import { probe } from './probe.ts';
import { restartDelayMs, steadyAfterMs } from './restart.ts';
import { serviceEnvironment, serviceVariables } from './service-environment.ts';
import { exitTrouble, neverHealthy, portTaken, startTrouble, unhealthy } from './troubles.ts';

export interface RoomContext {
  readonly dir: string;
  readonly instances: string;
  readonly nodePath: string;
  /** Put before each command: takes every privilege away, where the room has any. */
  readonly prefix: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly log: Log;
  readonly logs: LogFiles;
  /** Throws a Failure when what lies in the folder is not the artifact. */
  readonly verify: (spec: WorkloadSpec) => Promise<void>;
  readonly takenPorts: Set<number>;
  readonly onChange: () => void;
}

const startingProbeMs = 50;

/** Keeps one instance running until it is stopped: starts it, finds it again, probes it, starts it anew. */
export class InstanceKeeper {
  readonly id: string;
  readonly #room: RoomContext;
  #record: InstanceRecord;
  #state: InstanceState = { phase: 'starting' };
  #trouble: InstanceTrouble | null = null;
  /** Of the process that runs now, or ran last: why it was not started, or why we ended it. */
  #runTrouble: InstanceTrouble | null = null;
  #endedByUs = false;
  #pid: number | null = null;
  readonly #stopping = new AbortController();
  readonly #life: Promise<void>;
  readonly #looking = Promise.withResolvers<void>();
  /** Resolves once it is known whether its process still runs. */
  readonly looked = this.#looking.promise;

  constructor(room: RoomContext, record: InstanceRecord) {
    this.#room = room;
    this.id = record.id;
    this.#record = record;
    this.#life = this.#live();
  }

  get spec(): WorkloadSpec {
    return this.#record.spec;
  }

  status(): Instance {
    const { id, port, exits, failedProbes } = this.#record;
    const seen = {
      id,
      address: `127.0.0.1:${port}`,
      pid: this.#pid,
      state: this.#stopping.signal.aborted ? ({ phase: 'stopping' } as const) : this.#state,
      exits,
      failedProbes,
    };
    return this.#trouble === null ? seen : { ...seen, trouble: this.#trouble };
  }

  /** SIGTERM, then SIGKILL when it does not listen; resolves when it is gone and forgotten. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#room.onChange();
    await this.#life;
  }

  async #live(): Promise<void> {
    const { clock } = this.#room;
    let living: Living | null = await adopt(this.#record, clock);
    let isServing = living !== null && this.#record.wasHealthy;
    if (isServing) this.#become({ phase: 'healthy' });
    this.#looking.resolve();
    let quickEnds = 0;
    while (!this.#stopping.signal.aborted) {
      const startedMs = clock.monotonicMs();
      const start = living ?? (await this.#start());
      living = null;
      const ending = isLiving(start) ? await this.#watch(start, isServing) : start;
      isServing = false;
      if (this.#stopping.signal.aborted) break;
      await this.#noteEnd(ending);
      quickEnds = clock.monotonicMs() - startedMs < steadyAfterMs ? quickEnds + 1 : 1;
      await this.#pause(restartDelayMs(quickEnds), this.#stopping.signal, false);
    }
    await removeRecord(this.#room.instances, this.#record.name);
    this.#room.takenPorts.delete(this.#record.port);
  }

  async #start(): Promise<Living | Ending> {
    this.#runTrouble = null;
    this.#endedByUs = false;
    try {
      await this.#room.verify(this.spec);
      // Of one that was killed it is a moment after its end; one that somebody else has is found out by starting.
      await isSoonFree(this.#record.port, this.#room.clock);
      return await this.#spawn();
    } catch (thrown) {
      this.#runTrouble = startTrouble(this.spec.service, thrown);
      const failure = thrown instanceof Error ? thrown.message : String(thrown);
      return { code: null, signal: null, failure };
    }
  }

  async #spawn(): Promise<Living | Ending> {
    const mark = newMark();
    const { descriptor, folder, version } = this.spec;
    await using log = await this.#room.logs.open(this.#logName);
    const start = await startChild({
      name: this.#record.name,
      mark,
      argv: [...this.#room.prefix, ...descriptor.run],
      cwd: folder,
      env: serviceEnvironment(
        this.#room.environment,
        this.#room,
        serviceVariables(this.#record.port, mark, version),
      ),
      logFd: log.fd,
    });
    if (isLiving(start)) {
      this.#record = { ...this.#record, ...start.record, wasHealthy: false };
      await recordOrEnd(this.#room.instances, this.#record).catch(async (thrown: unknown) => {
        await start.ended;
        throw thrown;
      });
      start.begin();
    }
    return start;
  }

  /** Probes until the process has ended, however it came to that. */
  async #watch({ record, ended }: Living, isServing: boolean): Promise<Ending> {
    this.#pid = record.pid;
    if (!isServing) this.#become({ phase: 'starting' });
    const gone = new AbortController();
    const stop = (): void => void this.#end(record.pid, gone.signal);
    this.#stopping.signal.addEventListener('abort', stop, { once: true });
    if (this.#stopping.signal.aborted) stop();
    const probing = this.#probe(record.pid, isServing, gone.signal);
    const ending = await ended;
    gone.abort();
    // What was told to end has its time for that, whichever of it ended first.
    const { stopWithinMs } = this.spec.descriptor;
    await endLeftBehind(record, this.#stopping.signal.aborted ? stopWithinMs : 0, this.#room.clock);
    this.#stopping.signal.removeEventListener('abort', stop);
    await probing;
    this.#pid = null;
    return ending;
  }

  async #probe(pid: number, isServing: boolean, gone: AbortSignal): Promise<void> {
    const { health } = this.spec.descriptor;
    let wasHealthy = isServing;
    let sickSinceMs = this.#room.clock.monotonicMs();
    while (!gone.aborted) {
      const detail = await this.#twiceSick(wasHealthy);
      if (gone.aborted) return;
      const nowMs = this.#room.clock.monotonicMs();
      if (detail === null) {
        wasHealthy = true;
        sickSinceMs = nowMs;
        this.#trouble = null;
        if (!this.#record.wasHealthy) await this.#keep({ wasHealthy: true }, { phase: 'healthy' });
      } else if (wasHealthy && this.#state.phase === 'healthy') await this.#turnSick(detail);
      if (detail !== null && nowMs - sickSinceMs > health.startWithinMs) {
        await this.#giveUp(detail, wasHealthy);
        if (!gone.aborted) signalGroup(pid, 'SIGKILL');
        return;
      }
      await this.#pause(wasHealthy ? health.everyMs : Math.min(startingProbeMs, health.everyMs), gone);
    }
  }

  /** null: healthy. A probe that fails is done once more, so that one lost packet is not the release's doing. */
  async #twiceSick(wasHealthy: boolean): Promise<string | null> {
    const { health } = this.spec.descriptor;
    const first = await probe(this.#record.port, health, this.#room.clock);
    if (first.healthy) return null;
    if (!wasHealthy) return first.detail;
    const second = await probe(this.#record.port, health, this.#room.clock);
    return second.healthy ? null : second.detail;
  }

  async #turnSick(detail: string): Promise<void> {
    this.#trouble = unhealthy(this.spec.service, detail);
    const failedProbes = this.#record.failedProbes + 1;
    await this.#keep({ failedProbes, wasHealthy: false }, { phase: 'unhealthy', detail });
  }

  /** It is ended and started anew; one that was never healthy has failed its health check, too. */
  async #giveUp(detail: string, wasHealthy: boolean): Promise<void> {
    this.#endedByUs = true;
    if (wasHealthy) return;
    const { service, descriptor } = this.spec;
    this.#runTrouble = neverHealthy(service, descriptor.health.startWithinMs, detail);
    this.#trouble = this.#runTrouble;
    const failedProbes = this.#record.failedProbes + 1;
    await this.#keep({ failedProbes }, { phase: 'unhealthy', detail: this.#trouble.message });
  }

  async #noteEnd(ending: Ending): Promise<void> {
    const logTail = await this.#room.logs.tail(this.#logName);
    const isTaken = this.#state.phase === 'starting' && !(await isFree(this.#record.port));
    this.#trouble = isTaken
      ? portTaken(this.spec.service, this.#record.port)
      : (this.#runTrouble ?? exitTrouble(this.spec.service, ending));
    const { code, message } = this.#trouble;
    this.#room.log.warn({ service: this.spec.service, ...ending, trouble: code }, message);
    const change = {
      exits: this.#record.exits + (this.#endedByUs ? 0 : 1),
      ...(isTaken ? { port: await this.#otherPort() } : {}),
    };
    await this.#keep(change, {
      phase: 'exited',
      code: ending.code,
      signal: ending.signal,
      logTail: ending.failure === undefined ? logTail : `${logTail}${ending.failure}\n`,
    });
  }

  async #otherPort(): Promise<number> {
    const { takenPorts } = this.#room;
    const port = await freePort(portRanges.instances, {
      taken: takenPorts,
      startAt: this.#record.port + 1,
    });
    takenPorts.add(port);
    return port;
  }

  async #end(pid: number, gone: AbortSignal): Promise<void> {
    const { stopWithinMs } = this.spec.descriptor;
    signalGroup(pid, 'SIGTERM');
    await this.#pause(stopWithinMs, gone, false);
    if (gone.aborted) return;
    this.#room.log.warn(
      { service: this.spec.service, code: 'stop-ignored' },
      `${this.spec.service} did not end within ${stopWithinMs} ms of SIGTERM and is killed.`,
    );
    signalGroup(pid, 'SIGKILL');
  }

  /** Ends early when the signal is aborted, or (unless told) when the instance is to stop. */
  async #pause(ms: number, signal: AbortSignal, endsOnStop = true): Promise<void> {
    const until = endsOnStop ? AbortSignal.any([signal, this.#stopping.signal]) : signal;
    await this.#room.clock.sleep(ms, until).catch(() => undefined);
    // A process that is stopping is not probed any more, but it is still waited for.
    if (endsOnStop && this.#stopping.signal.aborted && !signal.aborted) await onceAborted(signal);
  }

  /** Told at once, for a disk may stand still. What a full one does not take is written with the next change. */
  async #keep(change: Partial<InstanceRecord>, state: InstanceState): Promise<void> {
    this.#record = { ...this.#record, ...change };
    this.#become(state);
    await writeRecord(this.#room.instances, this.#record).catch((thrown: unknown) => {
      this.#room.log.warn({ service: this.spec.service, err: thrown }, 'What is known of it was not written');
    });
  }

  #become(state: InstanceState): void {
    const isSame = state.phase === this.#state.phase && state.phase !== 'exited';
    this.#state = state;
    if (!isSame) this.#room.onChange();
  }

  get #logName(): string {
    return `${this.id}.log`;
  }
}

const onceAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
