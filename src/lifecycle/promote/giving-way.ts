import type { Environment } from '../../domain/environment.ts';
import { type Rollout, wantedPercent } from '../../domain/rollout/types.ts';
import { settled } from '../../domain/settle.ts';
import type { Reader } from '../../engine/store.ts';
import type { AdmissionFacts } from './facts.ts';

type Asking = Pick<AdmissionFacts, 'kind' | 'emergency' | 'requester'>;

/** A held or watching rollout gives way to a rollback or an emergency that a named person asks for. */
export const givesWay = ({ kind, emergency, requester }: Asking, { state }: Rollout): boolean =>
  (kind === 'rollback' || emergency !== null) &&
  requester.kind === 'person' &&
  (state.phase === 'held' || state.phase === 'watching');

/**
 * The environment that what is asked for would begin from: where a rollout that serves all requests gives way to it, what
 * that one brought. So the plan that people agree to is the plan that starts.
 */
export async function baseFor(
  tx: Reader,
  asking: Asking,
  target: Environment,
  live: Rollout | null,
): Promise<Environment> {
  if (live === null || !givesWay(asking, live) || wantedPercent(live) < 100) return target;
  const promotion = await tx.get(target.project, 'promotion', live.promotion);
  if (promotion === undefined) return target;
  const release = await tx.get(target.project, 'release', promotion.value.release);
  return release === undefined
    ? target
    : settled(target, promotion.value, release.value, 'none', live.startedAt);
}
