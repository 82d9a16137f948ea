import type { Clock } from '../../engine/clock.ts';
import type { Store } from '../../engine/store.ts';
import type { Plane } from './plane.ts';

/** As much of a control plane as an agent meets, in virtual time or in real. */
export interface AgentsPlane extends Pick<Plane, 'agents' | 'project' | 'declared' | 'isUp' | 'onUp'> {
  readonly clock: Clock;
  readonly parts: { readonly store: Pick<Store, 'onChained'> };
}
