import type { Variant } from '../../../src/domain/rollout/types.ts';
import type {
  DesiredEnvironment,
  DesiredRollout,
  DesiredService,
  Observation,
  ObservedRollout,
  ObservedService,
} from '../../../src/protocol/messages.ts';

/** What an agent sees in a world in which all that is desired is so at once. */
export const granted = ({ environment, revision, services, rollout }: DesiredEnvironment): Observation => ({
  environment,
  revision,
  converged: true,
  services: services.map(running),
  rollout: rollout === null ? null : carriedOut(rollout),
  isolation: { level: 'none', detail: 'nothing runs here' },
  troubles: [],
});

const running = ({ service, port, stable, candidate }: DesiredService): ObservedService => ({
  service,
  port,
  variants: [stable, candidate].flatMap((one) => (one === null ? [] : [healthy(one)])),
});

const healthy = ({ artifact, version }: Variant): ObservedService['variants'][number] => ({
  artifact,
  version,
  wanted: 1,
  healthy: 1,
  exits: 0,
  detail: null,
});

const carriedOut = ({ id, generation, task }: DesiredRollout): ObservedRollout => ({
  id,
  generation,
  effectivePercent: task.kind === 'weigh' ? task.percent : 0,
  lease: task.kind === 'weigh' && task.leaseMs !== null ? 'held' : 'none',
  preflight: task.kind === 'preflight' ? { state: 'passed', smoke: [] } : null,
  takenBack: null,
  backDone: task.kind === 'take back',
});
