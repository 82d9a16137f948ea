import { describe, expect, it } from 'vitest';
import { createVirtualClock, someMoment } from '../engine/virtual-clock.ts';
import { createStopwatch } from './stopwatch.ts';

describe('a stopwatch', () => {
  const clock = createVirtualClock(someMoment);
  const stopwatch = createStopwatch(clock);

  it('counts from when it first saw a thing as it is, and anew when it changed', async () => {
    expect(stopwatch.unchangedMs('agent', 'one')).toBe(0);
    await clock.advance(30_000);
    expect(stopwatch.unchangedMs('agent', 'one')).toBe(30_000);
    expect(stopwatch.unchangedMs('agent', 'two')).toBe(0);
  });

  it('says what is left of a time, from what was left when it first saw a thing as it is', async () => {
    expect(stopwatch.leftMs('watch', 'one', 60_000)).toBe(60_000);
    await clock.advance(20_000);
    expect(stopwatch.leftMs('watch', 'one', 3_640_000)).toBe(40_000);
    expect(stopwatch.leftMs('watch', 'two', 5_000)).toBe(5_000);
  });

  it('counts of the time between two looks no more than is asked for', async () => {
    const look = () => stopwatch.attendedMs('rollout', 'canary', 2000);
    expect(look()).toBe(0);
    await clock.advance(1000);
    expect(look()).toBe(1000);
    await clock.advance(60_000);
    expect(look()).toBe(3000);
    stopwatch.forget('rollout');
    expect(look()).toBe(0);
  });
});
