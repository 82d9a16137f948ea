import { type Instant, later } from '../../domain/ids.ts';
import { createVirtualClock, type VirtualClock } from '../../engine/virtual-clock.ts';

/** A virtual clock whose wall clock can be set, as an operator or NTP does. The monotonic one takes no notice. */
export interface JumpingClock extends VirtualClock {
  jump(ms: number): void;
}

export function createJumpingClock(start: Instant): JumpingClock {
  const steady = createVirtualClock(start);
  let offsetMs = 0;
  return {
    ...steady,
    now: () => later(steady.now(), offsetMs),
    jump: (ms) => {
      offsetMs += ms;
    },
  };
}
