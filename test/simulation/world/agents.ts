import type { Digest, EnvironmentId, EnvironmentName, ServiceName } from '../../../src/domain/ids.ts';
import { foldSample, judge, startJudging } from '../../../src/domain/rollout/judge/index.ts';
import { bucketOf } from '../../../src/domain/rollout/latency.ts';
import type { Counts, Sample } from '../../../src/domain/rollout/sample.ts';
import {
  type AgentIdentity,
  type DesiredEnvironment,
  type Observation,
  type ObservedRollout,
  protocolVersion,
} from '../../../src/protocol/messages.ts';
import type { Plane } from './plane.ts';

/** How the requests of one service fare: fixed shares, so that a run can be repeated. */
export interface Traffic {
  readonly perSecond: number;
  /** Error ratio by version; 0 where none is named. */
  readonly errors?: Readonly<Record<string, number>>;
}

export interface SimulatedAgent {
  /** Stops doing anything, as a stopped process does. */
  stop(): void;
  go(): void;
  desired(): DesiredEnvironment | null;
  readonly samples: Sample[];
}

/**
 * Plays one environment's agent and gateway in virtual time: does what it is asked, measures made-up traffic, judges
 * it with the product's own judge, takes back by itself, and lets its lease run out when it is stopped.
 */
export function simulateAgent(
  plane: Plane,
  name: string,
  traffic: Traffic = { perSecond: 100 },
  smoke = true,
): SimulatedAgent {
  const mine = plane.declared.environments.find((one) => one.name === (name as EnvironmentName));
  if (mine === undefined) throw new Error(`no environment ${name}`);
  const identity: AgentIdentity = { agent: mine.agent, project: plane.project, environments: [mine.id] };
  let desired: DesiredEnvironment | null = null;
  let sequence = 0;
  let stopped = false;
  let number = 0;
  let carry = 0;
  let rollout: {
    id: string;
    generation: number;
    expired: boolean;
    takenBack: ObservedRollout['takenBack'];
    renewedAt: number;
  } | null = null;
  let judging = null as ReturnType<typeof startJudging> | null;
  let judgedMs = 0;
  const samples: Sample[] = [];
  const tickMs = 5000;
  let turning = false;
  let lookAgain = false;
  let timer: Disposable | null = null;

  /** One turn at a time; news during a turn brings another. Time brings one only while something is rolled out. */
  const wake = (): void => {
    lookAgain = true;
    if (turning || stopped) return;
    turning = true;
    void run().finally(() => {
      turning = false;
    });
  };
  const run = async (): Promise<void> => {
    while (lookAgain && !stopped) {
      lookAgain = false;
      timer?.[Symbol.dispose]();
      await turn(false);
    }
    if (desired?.rollout != null) timer = plane.clock.after(tickMs, () => void turn(true).then(wake));
  };

  const turn = async (measuring: boolean): Promise<void> => {
    if (stopped) return;
    const told = await plane.agents.poll(
      identity,
      { protocol: protocolVersion, cursor: null, head: 0 },
      AbortSignal.abort(),
    );
    desired = told.environments[0] ?? null;
    if (desired === null) return;
    const asked = desired.rollout;
    if (asked !== null && (rollout?.id !== asked.id || rollout.generation !== asked.generation)) {
      if (rollout?.id !== asked.id) number = 0;
      rollout = {
        id: asked.id,
        generation: asked.generation,
        expired: false,
        takenBack: null,
        renewedAt: plane.clock.monotonicMs(),
      };
      judging =
        asked.task.kind === 'weigh' && asked.task.judge !== null ? startJudging(asked.task.judge) : null;
      judgedMs = 0;
    }
    const fresh: Sample[] = [];
    if (asked !== null && rollout !== null && asked.task.kind === 'weigh') {
      const { leaseMs } = asked.task;
      if (leaseMs !== null && plane.clock.monotonicMs() - rollout.renewedAt > leaseMs) rollout.expired = true;
      rollout.renewedAt = plane.clock.monotonicMs();
      const sample = measuring ? measure(desired, asked.task.percent) : null;
      if (sample !== null && judging !== null && !rollout.expired) {
        fresh.push(sample);
        samples.push(sample);
        judging = foldSample(judging, sample);
        judgedMs += sample.durationMs;
        const { verdict } = judge(judging, judgedMs);
        if (verdict.action === 'take back')
          rollout.takenBack ??= { rule: verdict.rule, detail: verdict.detail, at: plane.clock.now() };
      }
    }
    sequence += 1;
    await plane.agents.observe(identity, {
      protocol: protocolVersion,
      boot: 'boot',
      sequence,
      observations: [observation(desired)],
      samples: fresh,
      countersignature: null,
    });
  };

  const measure = (now: DesiredEnvironment, percent: number): Sample | null => {
    if (now.rollout === null) return null;
    number += 1;
    const services = now.services.map((service) => {
      carry += (traffic.perSecond * tickMs) / 1000;
      const requests = Math.floor(carry);
      carry -= requests;
      const toCandidate = Math.round((requests * percent) / 100);
      return [
        service.service,
        {
          candidate: counts(toCandidate, service.candidate?.version),
          stable: counts(requests - toCandidate, service.stable?.version),
          health: { wanted: 1, healthy: 1, exits: 0, refused: 0, failedProbes: 0 },
        },
      ] as const;
    });
    return {
      rollout: now.rollout.id,
      generation: now.rollout.generation,
      number,
      at: plane.clock.now(),
      durationMs: tickMs,
      trafficPercent: percent,
      services: Object.fromEntries(services),
    };
  };

  const owed = new Map<string, number>();
  const counts = (requests: number, version: string | undefined): Counts => {
    const key = version ?? '';
    const due = (owed.get(key) ?? 0) + requests * (traffic.errors?.[key] ?? 0);
    const errors = Math.min(requests, Math.floor(due));
    owed.set(key, due - errors);
    return { requests, errors, probes: 0, latency: requests === 0 ? {} : { [bucketOf(20)]: requests } };
  };

  const observation = (now: DesiredEnvironment): Observation => ({
    environment: mine.id as EnvironmentId,
    revision: now.revision,
    converged: true,
    services: now.services.map(({ service, stable, candidate }) => ({
      service: service as ServiceName,
      port: 8080,
      variants: [stable, candidate].flatMap((one) =>
        one === null
          ? []
          : [
              {
                artifact: one.artifact as Digest,
                version: one.version,
                wanted: 1,
                healthy: 1,
                exits: 0,
                detail: null,
              },
            ],
      ),
    })),
    rollout: observedRollout(now),
    isolation: { level: 'none', detail: 'simulated' },
    troubles: [],
  });

  const observedRollout = (now: DesiredEnvironment): ObservedRollout | null => {
    if (now.rollout === null || rollout === null) return null;
    const { task } = now.rollout;
    const failed = { state: 'failed', cause: 'smoke tests', detail: 'exit code 1', smoke: [] } as const;
    const summary = now.rollout.services.map((service) => ({
      service,
      passed: true,
      durationMs: 5,
      outputTail: '',
    }));
    return {
      id: now.rollout.id,
      generation: now.rollout.generation,
      effectivePercent:
        task.kind === 'weigh' && !rollout.expired && rollout.takenBack === null ? task.percent : 0,
      lease: task.kind !== 'weigh' || task.leaseMs === null ? 'none' : rollout.expired ? 'expired' : 'held',
      preflight: task.kind === 'preflight' ? (smoke ? { state: 'passed', smoke: summary } : failed) : null,
      takenBack: rollout.takenBack,
      backDone: task.kind === 'take back',
    };
  };

  plane.parts.store.onChained(plane.project, wake);
  wake();
  return {
    stop: () => {
      stopped = true;
    },
    go: () => {
      stopped = false;
      wake();
    },
    desired: () => desired,
    samples,
  };
}
