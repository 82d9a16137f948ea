import type {
  ObservedRollout,
  DesiredEnvironment,
  DesiredRollout,
  Observation,
} from '../../protocol/messages.ts';
import type { SimulatedGateway } from './gateway.ts';

export type TakenBack = NonNullable<ObservedRollout['takenBack']>;

/** What an agent has to report beside its samples. */
export interface Seen {
  readonly gateway: SimulatedGateway;
  readonly takenBack: TakenBack | null;
  readonly broken: ReadonlySet<string>;
}

/** What an agent reports of an environment where everything that is asked for has been done. */
export const observationOf = (desired: DesiredEnvironment, seen: Seen): Observation => ({
  environment: desired.environment,
  revision: desired.revision,
  converged: true,
  services: desired.services.map(({ service, stable, candidate }) => ({
    service,
    port: 8080,
    variants: [stable, candidate].flatMap((one) =>
      one === null
        ? []
        : [
            {
              artifact: one.artifact,
              version: one.version,
              wanted: 1,
              healthy: 1,
              exits: 0,
              detail: null,
            },
          ],
    ),
  })),
  rollout: desired.rollout === null ? null : observedRollout(desired, desired.rollout, seen),
  isolation: { level: 'none', detail: 'simulated' },
  troubles: [],
});

function observedRollout(
  desired: DesiredEnvironment,
  { id, generation, task }: DesiredRollout,
  { gateway, takenBack, broken }: Seen,
): ObservedRollout {
  return {
    id,
    generation,
    effectivePercent: gateway.exposed()?.percent ?? 0,
    lease: gateway.lease(id),
    preflight: task.kind === 'preflight' ? preflightOf(desired, broken) : null,
    takenBack,
    backDone: task.kind === 'take back',
  };
}

function preflightOf(
  desired: DesiredEnvironment,
  broken: ReadonlySet<string>,
): NonNullable<ObservedRollout['preflight']> {
  const candidates = desired.services.flatMap(({ service, candidate }) =>
    candidate === null ? [] : [{ service, version: candidate.version }],
  );
  const isBroken = candidates.some(({ version }) => broken.has(version));
  const smoke = candidates.map(({ service }) => ({
    service,
    passed: !isBroken,
    durationMs: 5,
    outputTail: '',
  }));
  return isBroken
    ? { state: 'failed', cause: 'smoke tests', detail: 'exit code 1', smoke }
    : { state: 'passed', smoke };
}
