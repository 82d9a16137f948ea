import type { Environment } from '../domain/environment.ts';
import type { NewEvent } from '../domain/event.ts';
import type { Instant, RolloutId } from '../domain/ids.ts';

/** Tells the environment's agent that it is asked for something else: it is what ends its poll. */
export const desiredChanged = (
  environment: Environment,
  rollout: RolloutId | null,
  now: Instant,
): NewEvent => ({
  project: environment.project,
  kind: 'desired.changed',
  at: now,
  actor: { kind: 'automation', rule: 'desired state' },
  environment: environment.id,
  subject: `environment/${environment.id}`,
  message: `${environment.name} is asked for revision ${environment.revision}`,
  payload: {
    revision: environment.revision,
    services: Object.fromEntries(
      Object.entries(environment.stable).map(([service, one]) => [service, one.version]),
    ),
    rollout,
  },
});
