import { describe, expect, it } from 'vitest';
import { simulateAgent } from '../kit/made-up-traffic.ts';
import { openPlane } from '../kit/plane.ts';
import { hourMs, inCanary, liveIn, minuteMs, rungYaml, runs } from './ladder.kit.ts';

/** How late it may be noticed that a clock was set, in this world. */
const noticedWithinMs = 10_000;

describe.each([
  ['an hour ahead', hourMs],
  ['an hour back', -hourMs],
])('a control plane whose wall clock is set %s', (_, setByMs) => {
  it('watches a rollout exactly as long as before, and says the hour at which that ends (REL-11)', async () => {
    const plane = await inCanary();
    await plane.clock.advance(5 * minuteMs);
    const before = await liveIn(plane);
    if (before.state.phase !== 'watching') throw new Error(`it is ${before.state.phase}`);
    const endsMs = plane.clock.monotonicMs() + (before.state.until - plane.clock.now());
    plane.clock.jump(setByMs);
    await plane.clock.advance(minuteMs);
    const after = await liveIn(plane);
    expect(after.state).toMatchObject({ phase: 'watching' });
    if (after.state.phase === 'watching')
      expect(Math.abs(after.state.until - before.state.until - setByMs)).toBeLessThan(1000);
    await plane.clock.advance(endsMs - plane.clock.monotonicMs() - 1000);
    expect((await liveIn(plane)).state.phase).toBe('watching');
    await plane.clock.advance(1000 + noticedWithinMs);
    expect(await runs(plane, 'prod')).toBe('1.1.0');
    const { items } = await plane.control.log(plane.project, { environment: 'prod' });
    const told = items.filter(({ message }) => /watch/u.test(message)).map(({ message }) => message);
    expect(told.toReversed().slice(-2)).toEqual([
      '1.1.0 in prod: serves 100 % and is watched for 10 min',
      expect.stringMatching(/^prod runs 1\.1\.0; (9|10) min .*of 10 min of watching were measured$/u),
    ]);
  });

  it('neither calls an agent silent for that, nor misses that one falls silent then (OPS-6)', async () => {
    const plane = await openPlane(rungYaml, 1, { silence: 'noted' });
    const agent = simulateAgent(plane, 'dev');
    agent.beat(10_000);
    await plane.clock.advance(minuteMs);
    const isSilent = async () => (await plane.control.environment(plane.project, 'dev')).agent.silent;
    plane.clock.jump(setByMs);
    await plane.clock.advance(minuteMs);
    expect(await isSilent()).toBe(false);
    agent.stop();
    plane.clock.jump(setByMs);
    await plane.clock.advance(2 * 25_000 + noticedWithinMs);
    expect(await isSilent()).toBe(true);
  });
});
