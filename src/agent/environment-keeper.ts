import type { EnvironmentId } from '../domain/ids.ts';
import type { Clock } from '../engine/clock.ts';
import type { Context, Log, Observed } from '../ports/provider.ts';
import type { Runtime, Workload } from '../ports/runtime.ts';
import type { Traffic, TrafficState } from '../ports/traffic.ts';
import type { DesiredEnvironment, DesiredRollout, Trouble } from '../protocol/messages.ts';
import type { ArtifactShelf } from './artifact-shelf.ts';
import type { DesiredRef } from './desired-ref.ts';
import {
  type Facts,
  wantedRoutes,
  wantedSpecs,
  wantedVariants,
  wantedWeight,
  wasTakenBack,
} from './decide.ts';
import { heartbeatOf, toldAgainOf } from './heartbeat.ts';
import type { JudgedRollout, Judging } from './judging.ts';
import { LeaseRenewal } from './lease-renewal.ts';
import { Leaving, workloadKey } from './leaving.ts';
import { observationOf } from './observation.ts';
import { Preflight } from './preflight.ts';
import type { Reporter } from './reporter.ts';
import { TakingBack } from './taking-back.ts';
import { TroubleLog, troubleOf } from './trouble.ts';
import { Waker } from './waker.ts';

export interface KeeperParts {
  readonly environment: EnvironmentId;
  readonly desired: () => DesiredEnvironment | null;
  readonly runtime: Runtime;
  readonly traffic: Traffic;
  readonly shelf: ArtifactShelf;
  readonly judging: Judging;
  readonly reporter: Reporter;
  readonly desiredRef: DesiredRef;
  readonly clock: Clock;
  readonly log: Log;
  /** Whether what is desired was heard since the agent began, or last stood still. */
  readonly isFresh: () => boolean;
  /** Whether this agent knows more of the environment than the control plane does; see `DesiredState`. */
  readonly isAhead: () => boolean;
  /** Looks whether the agent stood still; see `stoodStill`. */
  readonly noticeStandstill: () => void;
  /** Troubles of the agent itself, for people. */
  readonly troubles: () => readonly Trouble[];
}

const lookAfterTroubleMs = 250;

/** Keeps one environment as it is desired to be: look, decide, do, tell; and judges its rollout meanwhile. */
export class EnvironmentKeeper {
  readonly #parts: KeeperParts;
  readonly #waker: Waker;
  readonly #leaving = new Leaving();
  readonly #takingBack: TakingBack;
  readonly #lease: LeaseRenewal;
  readonly #context: Context;
  readonly #preflight: Preflight;
  readonly #ending = new AbortController();
  #workloads: readonly Workload[] = [];
  #traffic: TrafficState | null = null;
  #nextLookMs = 0;
  #nextSampleMs = Number.POSITIVE_INFINITY;
  /** Of what was desired when workloads and traffic were last looked at; what is desired now may be newer. */
  #revisionLookedAt: number | null = null;
  readonly #troubleLog: TroubleLog;

  constructor(parts: KeeperParts) {
    this.#parts = parts;
    this.#waker = new Waker(parts.clock);
    this.#troubleLog = new TroubleLog(parts.log);
    this.#context = { signal: this.#ending.signal, log: parts.log };
    this.#preflight = new Preflight(parts.runtime, parts.shelf, this.#context, () => this.wake());
    this.#lease = new LeaseRenewal(parts.traffic, parts.judging, parts.clock);
    this.#takingBack = new TakingBack(parts.traffic, parts.clock, this.#context);
  }

  /** Something may have changed: look now. */
  wake(): void {
    this.#nextLookMs = 0;
    this.#waker.wake();
  }

  async run(signal: AbortSignal): Promise<void> {
    const { clock, runtime, traffic } = this.#parts;
    signal.addEventListener('abort', () => this.#ending.abort(), { once: true });
    using _workloads = runtime.onChange(() => this.wake());
    using _routes = traffic.onChange(() => this.wake());
    while (!signal.aborted) {
      await this.#step();
      const nowMs = clock.monotonicMs();
      const dueMs = Math.max(0, Math.min(this.#nextLookMs, this.#nextSampleMs, this.#leaseDueMs()) - nowMs);
      await this.#waker.wait(dueMs, signal);
    }
  }

  /** In this order: what is measured and renewed rests on what was looked at in the same step. */
  async #step(): Promise<void> {
    const { clock } = this.#parts;
    if (clock.monotonicMs() >= this.#nextLookMs) await this.#guarded(() => this.#look());
    if (clock.monotonicMs() >= this.#nextSampleMs || this.#isHurt())
      await this.#guarded(() => this.#measure());
    if (clock.monotonicMs() >= this.#leaseDueMs()) await this.#guarded(() => this.#renew());
  }

  /** The agent was stopped: nothing that was measured, and nothing that was heard before, holds any more. */
  stoodStill(): void {
    this.#parts.log.warn(
      { code: 'stood-still' },
      'The agent was stopped for a while; it looks at everything anew',
    );
    this.#parts.judging.readAgain();
    this.wake();
  }

  async #guarded(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (thrown) {
      if (this.#ending.signal.aborted) return;
      this.#nextLookMs = Math.min(this.#nextLookMs, this.#parts.clock.monotonicMs() + lookAfterTroubleMs);
      this.#tell([troubleOf(thrown)]);
    }
  }

  async #look(): Promise<void> {
    const { clock, runtime, traffic, desiredRef } = this.#parts;
    const desired = this.#parts.desired();
    this.#nextLookMs = clock.monotonicMs() + heartbeatOf(desired);
    if (desired === null) return;
    if (desired.rollout?.task.kind === 'take back') await this.#beginTakingBack(desired.rollout);
    const [workloads, observed] = await Promise.all([runtime.observe(this.#context), this.#observeTraffic()]);
    this.#workloads = workloads.state === 'present' ? workloads.value : [];
    await this.#changeWorkloads(this.#facts(desired), workloads);
    this.#parts.noticeStandstill();
    const facts = this.#facts(desired);
    const weight = wantedWeight(facts);
    const plan = traffic.plan({ routes: wantedRoutes(facts), weight: weight.weigh }, observed);
    for (const change of plan) await traffic.apply(change, this.#context);
    if (plan.length > 0) await this.#observeTraffic();
    this.#revisionLookedAt = desired.revision;
    this.#arm();
    this.#tell([]);
    void desiredRef.follow(desired);
  }

  /** Noted though nothing else can be looked at: that a lease ran out has to be told. */
  async #observeTraffic(): Promise<Observed<TrafficState>> {
    const observed = await this.#parts.traffic.observe(this.#context);
    this.#traffic = observed.state === 'present' ? observed.value : null;
    return observed;
  }

  async #beginTakingBack(rollout: DesiredRollout): Promise<void> {
    await this.#parts.judging.noteOrdered(rollout);
    await this.#takingBack.begin(rollout);
  }

  #facts(desired: DesiredEnvironment): Facts {
    const { rollout } = desired;
    return {
      desired,
      workloads: this.#workloads,
      traffic: this.#traffic,
      shelved: (artifact) => this.#parts.shelf.find(artifact),
      drained: rollout !== null && this.#takingBack.isDrained(rollout, this.#traffic),
      tookBack: rollout !== null && this.#parts.judging.isTakenBack(rollout.id),
      // What is held on to was heard before.
      isFresh: this.#parts.isFresh() && !this.#parts.isAhead(),
    };
  }

  async #changeWorkloads(facts: Facts, observed: Awaited<ReturnType<Runtime['observe']>>): Promise<void> {
    const { runtime, clock } = this.#parts;
    const wanted = new Set(
      wantedVariants(facts).map(({ service, variant }) =>
        workloadKey({ service, artifact: variant.artifact }),
      ),
    );
    const nowMs = clock.monotonicMs();
    this.#leaving.look(this.#workloads, this.#traffic, wanted, nowMs);
    const drainMs = this.#drainMs(facts.desired);
    for (const change of runtime.plan(wantedSpecs(facts), observed)) {
      const key = workloadKey(change.action === 'start' ? change.spec : change);
      if (change.action === 'start') this.#leaving.started(key);
      else if (wanted.has(key)) continue;
      else if (!facts.drained && !this.#leaving.mayStop(key, drainMs, nowMs)) continue;
      else if (this.#leaving.isRouted(key)) continue;
      const applied = await runtime.apply(change, this.#context);
      if (!applied.done) this.#lookWithin(applied.lookAgainMs);
    }
    const nextMs = this.#leaving.nextMs(drainMs);
    if (nextMs !== null) this.#lookWithin(Math.max(50, nextMs - nowMs));
    if (facts.desired.rollout?.task.kind === 'take back') this.#lookWithin(100);
  }

  #drainMs({ rollout }: DesiredEnvironment): number {
    const routed = this.#traffic?.routes.map(({ drainMs }) => drainMs) ?? [];
    return rollout?.drainMs ?? Math.max(1000, ...routed);
  }

  #lookWithin(ms: number): void {
    this.#nextLookMs = Math.min(this.#nextLookMs, this.#parts.clock.monotonicMs() + ms);
  }

  /** The rollout to be judged, when its weight really is in force as asked for. */
  #judged(): { readonly desired: DesiredEnvironment; readonly rollout: JudgedRollout } | null {
    const desired = this.#parts.desired();
    const rollout = desired?.rollout ?? null;
    if (desired === null || rollout === null || rollout.task.kind !== 'weigh' || rollout.task.judge === null)
      return null;
    const weight = this.#traffic?.weight ?? null;
    const isInForce = weight?.rollout === rollout.id && weight.generation === rollout.generation;
    if (!isInForce || weight.lease.state === 'expired' || wasTakenBack(this.#traffic, rollout.id))
      return null;
    return { desired, rollout: { ...rollout, task: rollout.task } };
  }

  #arm(): void {
    const judged = this.#judged();
    if (judged === null) this.#nextSampleMs = Number.POSITIVE_INFINITY;
    else if (this.#nextSampleMs === Number.POSITIVE_INFINITY) this.#nextSampleMs = 0;
  }

  #isHurt(): boolean {
    const judged = this.#judged();
    return judged !== null && this.#parts.judging.isHurt(judged.rollout, judged.desired, this.#workloads);
  }

  async #measure(): Promise<void> {
    const { clock, judging, traffic, runtime, shelf, reporter } = this.#parts;
    const judged = this.#judged();
    if (judged === null) return this.#arm();
    const { desired, rollout } = judged;
    this.#nextSampleMs = clock.monotonicMs() + rollout.task.sampleEveryMs;
    const [counters, workloads] = await Promise.all([
      traffic.counters(this.#context).catch(() => null),
      runtime.observe(this.#context).catch(() => null),
    ]);
    if (workloads?.state === 'present') this.#workloads = workloads.value;
    const turn = await judging.measure(
      rollout,
      desired,
      { counters, workloads: this.#workloads },
      (service) => {
        const candidate = desired.services.find((one) => one.service === service)?.candidate;
        return (candidate && shelf.find(candidate.artifact)?.descriptor.instances) ?? 1;
      },
    );
    if (!turn.measured) return;
    reporter.wake();
    const verdict = turn.judgement?.verdict;
    if (verdict?.action !== 'take back') return;
    const { rule, detail } = verdict;
    const { generation } = rollout;
    try {
      await traffic.takeBack(rollout.id, generation, detail, this.#context);
    } finally {
      // A gateway may do it and fail at writing it down; and what was not done is asked for again by who is told.
      await judging.noteTakenBack(rollout.id, { generation, rule, detail, at: clock.now() });
    }
    this.#parts.log.warn({ rollout: rollout.id, rule }, `Taken back: ${detail}`);
    this.wake();
  }

  /** When the lease is to be renewed next; never while there is none. */
  #leaseDueMs(): number {
    return this.#lease.dueMs(this.#parts.desired(), this.#traffic);
  }

  async #renew(): Promise<void> {
    const outcome = await this.#lease.renew(this.#parts.desired(), this.#traffic, this.#context);
    if (outcome === 'lost') this.#nextLookMs = 0;
  }

  #tell(troubles: readonly Trouble[]): void {
    const { runtime, reporter, judging, shelf } = this.#parts;
    const desired = this.#parts.desired();
    if (desired === null) return;
    const facts = this.#facts(desired);
    const { rollout } = desired;
    const preflight = rollout?.task.kind === 'preflight' ? this.#preflight.look(rollout, facts) : null;
    const failures = wantedVariants(facts).flatMap(({ service, variant }) => {
      const failure = shelf.failure(variant.artifact);
      return failure ? [troubleOf(failure, service)] : [];
    });
    const observation = observationOf({
      isAhead: this.#parts.isAhead(),
      facts,
      revisionLookedAt: this.#revisionLookedAt,
      isolation: runtime.isolation(),
      preflight,
      takenBack: rollout === null ? null : judging.takenBack(rollout.id),
      troubles: [...troubles, ...failures, ...this.#parts.troubles()],
    });
    this.#troubleLog.note(observation.troubles);
    reporter.put(observation, toldAgainOf(desired));
  }
}
