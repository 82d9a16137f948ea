import type { generateSigningKey } from '../../src/domain/keys.ts';
import type { ProjectId, RolloutId } from '../../src/domain/ids.ts';
import type { Clock } from '../../src/engine/clock.ts';
import type { Store } from '../../src/engine/store.ts';
import type { Caller, ControlPlane } from '../../src/lifecycle/face.ts';
import type { PromotionView } from '../../src/lifecycle/views.ts';
import type { Stage } from '../api/stage.ts';

/** A project in the middle of things: something serves in prod, something is on its way, and something waits. */
export interface Scene {
  readonly control: ControlPlane;
  readonly project: ProjectId;
  readonly clock: Pick<Clock, 'now'>;
  readonly parts: { readonly store: Pick<Store, 'read'> };
  readonly stage: Pick<Stage, 'api'>;
  /** Its rules. */
  readonly yaml: string;
  /** The agents' keys, by the name of their environment. */
  readonly keys: Readonly<Record<string, { readonly signing: ReturnType<typeof generateSigningKey> }>>;
  /** Signs what the control plane sends out with a question. */
  readonly questionKey: string;
  /** Runs in dev, and waits for prod. */
  readonly wanted: string;
  readonly waiting: PromotionView;
  readonly live: RolloutId;
  /** Once the rollout that is on its way, and was aborted, is back where it came from. */
  readonly isBack: () => Promise<void>;
}

export const as = (person: string): Caller => ({
  actor: { kind: 'person', id: person as never },
  scopes: 'all',
  person: person as never,
});
