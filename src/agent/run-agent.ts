import { join } from 'node:path';
import type { Disk } from '../disk/disk.ts';
import type { AgentId, EnvironmentId, ProjectId, Digest } from '../domain/ids.ts';
import type { KeyPair } from '../domain/keys.ts';
import type { Clock } from '../engine/clock.ts';
import type { Log } from '../ports/provider.ts';
import type { Runtime } from '../ports/runtime.ts';
import type { Traffic } from '../ports/traffic.ts';
import type { DesiredEnvironment, Trouble } from '../protocol/messages.ts';
import { ArtifactShelf, type ShelfParts } from './artifact-shelf.ts';
import { Auditor, type CountersignedHead } from './auditor.ts';
import type { ControlClient } from './control-client.ts';
import { ControlLink } from './control-link.ts';
import { DesiredRef, type WriteDesired } from './desired-ref.ts';
import { type CachedDesired, DesiredState } from './desired-state.ts';
import { EnvironmentKeeper } from './environment-keeper.ts';
import { Judging } from './judging.ts';
import type { AgentFigures } from './figures.ts';
import { Poller } from './poller.ts';
import { Reporter } from './reporter.ts';
import { SampleKeep } from './sample-keep.ts';
import { Standstill } from './standstill.ts';
import { sealedCache } from './sealed-cache.ts';
import { TrafficLog } from './traffic-log.ts';

export interface AgentOptions {
  /** The agent's own folder: cache, evidence, head of the audit chain, artifacts, sockets. */
  readonly dir: string;
  readonly agent: AgentId;
  readonly project: ProjectId;
  readonly signingKey: KeyPair;
  /** The control plane's pinned signing key; null where none is pinned. */
  readonly controlKey: string | null;
  /** The way to the control plane; closed when the agent ends. */
  readonly control: ControlClient;
  readonly disk: Disk;
  readonly randomBytes: (count: number) => Uint8Array;
  /** Shows the agent's figures to whoever asks, until it is disposed. Absent: nobody can ask. */
  readonly showFigures?: (read: () => AgentFigures) => Promise<Disposable>;
  /** Calls whenever the control plane may have come (back), so that nobody waits for the next try. */
  readonly onControlPlaneThere?: (call: () => void) => Disposable;
  /** Called once for each environment the agent is asked to look after. */
  readonly providersFor: (environment: DesiredEnvironment) => Promise<EnvironmentProviders>;
  readonly unpack: ShelfParts['unpack'];
  readonly writeDesired: WriteDesired;
  readonly pushAuditHead: (head: CountersignedHead) => Promise<void>;
  readonly clock: Clock;
  readonly log: Log;
}

export interface EnvironmentProviders {
  readonly runtime: Runtime;
  readonly traffic: Traffic;
}

export interface RunningAgent {
  /** Ends the agent and nothing else: what it looks after goes on. */
  stop(): Promise<void>;
}

/** Starts to look after its environments; resolves when the first look is under way. */
export async function runAgent(options: AgentOptions): Promise<RunningAgent> {
  const { dir, clock, log, project, signingKey, disk, randomBytes, control } = options;
  const ending = new AbortController();
  const link = new ControlLink(control, clock, log);
  const noticing = options.onControlPlaneThere?.(() => link.mayBeBack());
  const reporter = new Reporter(bootName(randomBytes), clock, link);
  const desired = await DesiredState.load(
    sealedCache<CachedDesired>({
      disk,
      path: join(dir, 'cache.sealed'),
      privateKey: signingKey.privateKey,
      randomBytes,
    }),
  );
  const auditor = await Auditor.load({
    disk,
    path: join(dir, 'audit-head.json'),
    project,
    privateKey: signingKey.privateKey,
    controlKey: options.controlKey,
    clock,
    log,
    push: options.pushAuditHead,
    onSigned: (signed) => reporter.countersign(signed),
  });
  const standstill = new Standstill(clock, () => {
    poller.askAgain();
    keepers.stoodStill();
  });
  const noticeStandstill = (): void => standstill.notice();
  const poller = new Poller({
    link,
    desired,
    auditor,
    clock,
    noticeStandstill,
    onChange: () => keepers.wake(),
    onFull: () => reporter.tellAnew(),
  });
  const isFresh = (): boolean => poller.isFresh;
  const keepers = new Keepers(options, {
    link,
    reporter,
    desired,
    auditor,
    ending,
    isFresh,
    noticeStandstill,
  });
  const figures = await options.showFigures?.(() => ({
    isControlPlaneAway: link.trouble !== null,
    environments: desired.environments().length,
    unansweredSamples: keepers.unansweredSamples(),
    auditPosition: auditor.position,
  }));
  keepers.wake();
  const running = Promise.all([poller.run(ending.signal), reporter.run(ending.signal)]);
  log.info({ agent: options.agent }, 'The agent is at work');
  return {
    stop: () => {
      noticing?.[Symbol.dispose]();
      standstill[Symbol.dispose]();
      figures?.[Symbol.dispose]();
      return stop({ ending, running, keepers, control });
    },
  };
}

async function stop(parts: {
  readonly ending: AbortController;
  readonly running: Promise<unknown>;
  readonly keepers: Keepers;
  readonly control: ControlClient;
}): Promise<void> {
  parts.ending.abort();
  await Promise.all([parts.running, parts.keepers.ended(), parts.control.close()]);
}

/** Another one each time that the program starts. */
const bootName = (randomBytes: AgentOptions['randomBytes']): string =>
  Buffer.from(randomBytes(16)).toString('hex');

interface Shared {
  readonly link: ControlLink;
  readonly reporter: Reporter;
  readonly desired: DesiredState;
  readonly auditor: Auditor;
  readonly ending: AbortController;
  readonly isFresh: () => boolean;
  readonly noticeStandstill: () => void;
}

interface Kept {
  readonly running: Promise<void>;
  keeper: EnvironmentKeeper | null;
  samples: SampleKeep | null;
}

/** One keeper for each environment, made when the environment is first heard of. */
class Keepers {
  readonly #options: AgentOptions;
  readonly #shared: Shared;
  readonly #kept = new Map<EnvironmentId, Kept>();
  readonly #shelf: ArtifactShelf;

  constructor(options: AgentOptions, shared: Shared) {
    this.#options = options;
    this.#shared = shared;
    this.#shelf = new ArtifactShelf({
      disk: options.disk,
      folder: join(options.dir, 'artifacts'),
      fetch: (digest: Digest) => shared.link.client.artifact(digest, shared.ending.signal),
      unpack: options.unpack,
      clock: options.clock,
      onChange: () => this.wake(),
    });
  }

  wake(): void {
    for (const environment of this.#shared.desired.environments()) {
      const kept = this.#kept.get(environment.environment);
      if (kept === undefined) this.#add(environment);
      else kept.keeper?.wake();
    }
  }

  stoodStill(): void {
    for (const { keeper } of this.#kept.values()) keeper?.stoodStill();
  }

  unansweredSamples(): number {
    return [...this.#kept.values()].reduce(
      (sum, { samples }) => sum + (samples?.unanswered(2000).length ?? 0),
      0,
    );
  }

  async ended(): Promise<void> {
    await Promise.all([...this.#kept.values()].map(({ running }) => running));
  }

  #add(environment: DesiredEnvironment): void {
    const kept: Kept = {
      running: this.#keep(environment, (keeper, samples) => Object.assign(kept, { keeper, samples })),
      keeper: null,
      samples: null,
    };
    this.#kept.set(environment.environment, kept);
  }

  async #keep(
    first: DesiredEnvironment,
    onReady: (keeper: EnvironmentKeeper, samples: SampleKeep) => void,
  ): Promise<void> {
    const { clock, log } = this.#options;
    const { signal } = this.#shared.ending;
    while (!signal.aborted) {
      try {
        const { keeper, samples, trafficLog } = await this.#newKeeper(first);
        onReady(keeper, samples);
        await Promise.all([keeper.run(signal), trafficLog.run({ signal, log })]);
      } catch (thrown) {
        log.error(
          { err: thrown, environment: first.name },
          'The environment cannot be looked after; trying again',
        );
        await clock.sleep(1000, signal).catch(() => undefined);
      }
    }
  }

  async #newKeeper(
    first: DesiredEnvironment,
  ): Promise<{ keeper: EnvironmentKeeper; samples: SampleKeep; trafficLog: TrafficLog }> {
    const { dir, disk, clock, log, writeDesired, providersFor } = this.#options;
    const { environment } = first;
    const samples = await SampleKeep.load(disk, join(dir, `rollout-${environment}.json`));
    this.#shared.reporter.addSource(environment, samples);
    const providers = await providersFor(first);
    const { reporter } = this.#shared;
    const trafficLog = new TrafficLog(environment, providers.traffic, clock, () => reporter.wake());
    reporter.readTrafficFrom(environment, trafficLog);
    const keeper = new EnvironmentKeeper({
      ...providers,
      environment,
      desired: () => this.#shared.desired.of(environment),
      shelf: this.#shelf,
      judging: new Judging(samples, clock),
      reporter,
      desiredRef: new DesiredRef(writeDesired, clock, log),
      clock,
      log,
      isFresh: this.#shared.isFresh,
      isAhead: () => this.#shared.desired.isAhead(environment),
      noticeStandstill: this.#shared.noticeStandstill,
      troubles: () => this.#ownTroubles(),
    });
    return { keeper, samples, trafficLog };
  }

  #ownTroubles(): readonly Trouble[] {
    const { trouble } = this.#shared.auditor;
    if (trouble === null) return [];
    return [
      {
        code: trouble,
        service: null,
        message: 'The audit chain does not extend what this agent signed before.',
        wayOut: 'Export the log and run `rung audit verify` on it with the heads that the agents keep.',
      },
    ];
  }
}
