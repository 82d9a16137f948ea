/** Is busy for a moment, and then does nothing until it is ended. */
import { systemClock } from '../../src/engine/clock.ts';
import { giveMemoryBack } from '../../src/main/give-memory-back.ts';

giveMemoryBack(systemClock);
const kept: unknown[] = [];
const untilMs = systemClock.monotonicMs() + 1_000;
while (systemClock.monotonicMs() < untilMs) {
  kept.push(Array.from({ length: 10_000 }, (_, index) => ({ index, text: `${index} of many` })));
  if (kept.length > 40) kept.shift();
  await systemClock.sleep(1);
}
kept.length = 0;
await systemClock.sleep(3_600_000);
