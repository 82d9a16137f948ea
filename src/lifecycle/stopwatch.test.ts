import { describe, expect, it } from 'vitest';
import { createVirtualClock, someMoment } from '../engine/virtual-clock.ts';
import { createStopwatch } from './stopwatch.ts';

const opened = () => {
  const clock = createVirtualClock(someMoment);
  return { clock, stopwatch: createStopwatch(clock) };
};

describe('a stopwatch', () => {
  it('counts from when it first saw a thing as it is, and anew when it changed', async () => {
    const { clock, stopwatch } = opened();
    const look = (mark: string) => stopwatch.attendedMs('agent', mark, 60_000);
    expect(look('one')).toBe(0);
    await clock.advance(30_000);
    expect(look('one')).toBe(30_000);
    await clock.advance(10_000);
    expect(look('one')).toBe(40_000);
    expect(look('two')).toBe(0);
  });

  it('says what is left of a time, from what was left when it first saw a thing as it is', async () => {
    const { clock, stopwatch } = opened();
    expect(stopwatch.leftMs('watch', 'one', 60_000)).toBe(60_000);
    await clock.advance(20_000);
    expect(stopwatch.leftMs('watch', 'one', 3_640_000)).toBe(40_000);
    await clock.advance(10_000);
    expect(stopwatch.leftMs('watch', 'one', 0)).toBe(30_000);
    expect(stopwatch.leftMs('watch', 'two', 5_000)).toBe(5_000);
    stopwatch.forget('watch');
    expect(stopwatch.leftMs('watch', 'two', 7_000)).toBe(7_000);
  });

  it('counts of the time between two looks no more than is asked for', async () => {
    const { clock, stopwatch } = opened();
    const look = () => stopwatch.attendedMs('rollout', 'canary', 2000);
    expect(look()).toBe(0);
    await clock.advance(1000);
    expect(look()).toBe(1000);
    await clock.advance(60_000);
    expect(look()).toBe(3000);
    stopwatch.forget('rollout');
    expect(look()).toBe(0);
  });

  it('forgets what nobody looks at any more, where it has seen 100,000 other things since', async () => {
    const { clock, stopwatch } = opened();
    for (const key of ['ended elsewhere', 'live']) stopwatch.leftMs(key, 'one', 60_000);
    await clock.advance(1_000);
    for (let at = 0; at < 99_999; at += 1) stopwatch.leftMs(`${at}`, 'one', 0);
    expect(stopwatch.leftMs('live', 'one', 60_000)).toBe(59_000);
    expect(stopwatch.leftMs('ended elsewhere', 'one', 60_000)).toBe(60_000);
  });
});
