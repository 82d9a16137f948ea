import type { ProjectId } from '../domain/ids.ts';
import type { Clock } from '../engine/clock.ts';
import type { Reader, Store } from '../engine/store.ts';
import { livePhases } from '../domain/rollout/types.ts';
import { everyOne } from './lookup.ts';

interface Waking {
  readonly store: Store;
  readonly clock: Clock;
}

/**
 * Wakes everything that may have something to do: live rollouts, change requests that are carried out, and of every project
 * the look over its environments, which finds promotions that wait and what automation has to ask for.
 * Called when a control plane starts, so that no wake-up that was lost while none ran holds anything up. Waking once
 * too often changes nothing.
 */
export async function wakeAll({ store, clock }: Waking): Promise<void> {
  for (const { id: project } of await store.projects()) {
    const keys = await store.read((reader) => keysOf(reader, project));
    const at = clock.now();
    await store.transaction((tx) => tx.wake(keys.map((key) => ({ key, project, at }))));
  }
}

/** Clocks that are put right bit by bit drift by less between two looks. */
const setByMs = 500;

/**
 * Wakes everything when the wall clock was set, or the machine slept. Wake-ups are kept at an hour of the wall clock: set
 * back by an hour, each would come an hour late. Tried again until it was done.
 */
export function wakeWhenClockIsSet({
  everyMs = 1000,
  ...parts
}: Waking & { readonly everyMs?: number }): Disposable {
  const { clock } = parts;
  const aheadMs = (): number => clock.now() - clock.monotonicMs();
  let before = aheadMs();
  return clock.every(everyMs, async () => {
    const ahead = aheadMs();
    if (Math.abs(ahead - before) < setByMs) return;
    const isDone = await wakeAll(parts).then(
      () => true,
      () => false,
    );
    if (isDone) before = ahead;
  });
}

async function keysOf(reader: Reader, project: ProjectId): Promise<readonly string[]> {
  const rollouts = await everyOne(reader, project, 'rollout', { phase: livePhases });
  const changes = await everyOne(reader, project, 'change', { phase: ['implementing'] });
  return [
    ...rollouts.map((one) => `rollout/${one.value.id}`),
    ...changes.map((one) => `change/${one.value.id}`),
    `project/${project}`,
  ];
}
