import type { Environment } from '../../domain/environment.ts';
import type { ServiceName } from '../../domain/ids.ts';
import { isLive, type Rollout, type Variant, wantedPercent } from '../../domain/rollout/types.ts';
import type { DesiredEnvironment, DesiredRollout, DesiredService } from '../../protocol/messages.ts';

/** What the agent of an environment is asked for. Pure: two calls over the same state say the same. */
export function desiredOf(environment: Environment, rollout: Rollout | null): DesiredEnvironment {
  const live = rollout !== null && isOnItsWay(rollout) ? rollout : null;
  return {
    project: environment.project,
    environment: environment.id,
    name: environment.name,
    revision: environment.revision,
    services: desiredServices(environment, live),
    rollout: live === null ? null : desiredRollout(live),
    ...(environment.restoredFrom !== undefined && { restoredFrom: environment.restoredFrom }),
    ...(environment.restoredAt !== undefined && { restoredAt: environment.restoredAt }),
  };
}

/** An all-at-once rollout has nothing beside stable once it switched: the environment itself says what runs. */
const isOnItsWay = (rollout: Rollout): boolean =>
  isLive(rollout.state) && !(rollout.policy === null && rollout.state.phase === 'promoting');

function desiredServices(environment: Environment, live: Rollout | null): readonly DesiredService[] {
  const candidates = new Map<ServiceName, Variant>(live?.services.map((one) => [one.service, one.to]));
  const names = new Set([...(Object.keys(environment.stable) as ServiceName[]), ...candidates.keys()]);
  return [...names].toSorted().map((service) => ({
    service,
    port: environment.spec.ports[service] ?? 0,
    stable: environment.stable[service] ?? null,
    candidate: candidates.get(service) ?? null,
  }));
}

function desiredRollout(rollout: Rollout): DesiredRollout {
  return {
    id: rollout.id,
    generation: rollout.generation,
    services: rollout.services.map((one) => one.service),
    task: taskOf(rollout),
    drainMs: rollout.policy?.drainMs ?? 1000,
  };
}

function taskOf(rollout: Rollout): DesiredRollout['task'] {
  const { state } = rollout;
  if (state.phase === 'preflight') return { kind: 'preflight' };
  if (state.phase === 'rolling back') return { kind: 'take back', reason: state.reason.kind };
  const percent = wantedPercent(rollout);
  const under = state.phase === 'held' ? state.from.phase : state.phase;
  return {
    kind: 'weigh',
    percent,
    leaseMs: under === 'watching' || percent === 0 ? null : (rollout.policy?.leaseMs ?? null),
    judge: rollout.judge?.step ?? null,
    sampleEveryMs: sampleEveryMs(rollout),
  };
}

/** R1 is sampled every F/24; never more often than every 100 ms, never more seldom than every 5 s. */
const sampleEveryMs = (rollout: Rollout): number =>
  Math.min(5000, Math.max(100, (rollout.policy?.errors.forMs ?? 120_000) / 24));
