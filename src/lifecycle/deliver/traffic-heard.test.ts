import { describe, expect, it } from 'vitest';
import { aPromotionOf, aReleaseOf } from '../../domain/environment.kit.ts';
import { type Instant, instant, later } from '../../domain/ids.ts';
import { emptyHour, hourId, hourMs, hourOf, trafficKeptMs } from '../../domain/observed-traffic/hours.ts';
import type { TrafficReading } from '../../domain/observed-traffic/types.ts';
import type { Promotion } from '../../domain/promotion.ts';
import { aProjectWith, environmentNamed } from '../kept.kit.ts';
import { observed, web } from './rollout.kit.ts';
import { takeTraffic } from './traffic-heard.ts';

const minuteMs = 60_000;
const [prod, test] = [environmentNamed('prod'), environmentNamed('test')] as const;
const identity = { project: prod.project, agent: prod.agent, environments: [prod.id, test.id] };

/** Its agent has looked at prod; and so many requests were counted by then, one in ten of them an error. */
async function counting() {
  const kept = await aProjectWith([prod, test]);
  const { clock, put, project, get } = kept;
  const look = ({ id, agent }: typeof prod) =>
    put('observation', id, {
      id,
      project,
      agent,
      at: clock.now(),
      observation: observed(null, { environment: id }),
    });
  await clock.advance(12 * minuteMs);
  await look(prod);
  const reading = (requests: number, other: Partial<TrafficReading> = {}): TrafficReading => ({
    environment: prod.id,
    epoch: 'first',
    at: clock.now(),
    coveredMs: minuteMs,
    services: { [web]: { requests, errors: requests / 10 } },
    ...other,
  });
  const takeAt = (now: Instant, ...readings: readonly TrafficReading[]) =>
    kept.store.transaction((tx) => takeTraffic(tx, identity, readings, now));
  const hourAt = (at: Instant) => get('traffic', hourId(prod.id, hourOf(at)));
  return {
    ...kept,
    look,
    reading,
    hourAt,
    takeAt,
    take: (...readings: readonly TrafficReading[]) => takeAt(clock.now(), ...readings),
    /** So many hours that are there before this one, the newest first. */
    hoursBack: async (count: number) => {
      const hours = Array.from({ length: count }, (_, index) =>
        instant(hourOf(clock.now()) - (index + 1) * hourMs),
      );
      for (const one of hours) await put('traffic', hourId(prod.id, one), emptyHour(project, prod.id, one));
      return hours;
    },
    totals: async () => (await get('observation', prod.id))?.traffic?.hours ?? [],
    requestsIn: async (at: Instant) =>
      (await hourAt(at))?.buckets.reduce((sum, { services }) => sum + (services[web]?.requests ?? 0), 0) ?? 0,
  };
}

describe('what an agent counted', () => {
  it('adds what came since the reading before, in whatever messages they come, and nothing twice', async () => {
    const { take, reading, clock, requestsIn, totals } = await counting();
    const [first, second] = [reading(100), reading(150)];
    await take(first, second);
    await take(second);
    await take(first);
    expect(await requestsIn(clock.now())).toBe(150);
    await take(reading(40, { epoch: 'begun anew' }));
    expect(await requestsIn(clock.now())).toBe(190);
    expect(await totals()).toMatchObject([{ hour: hourOf(clock.now()), requests: 190, errors: 19 }]);
  });

  it('is kept for each environment that was looked at, and lost for none', async () => {
    const { take, reading, look, get, requestsIn, clock } = await counting();
    const both = [reading(100), reading(30, { environment: test.id })];
    await take(...both);
    expect(await get('traffic', hourId(test.id, hourOf(clock.now())))).toBeUndefined();
    await look(test);
    await take(...both);
    expect(await requestsIn(clock.now())).toBe(100);
    expect(await get('traffic', hourId(test.id, hourOf(clock.now())))).toMatchObject({
      environment: test.id,
    });
    expect(await get('observation', test.id)).toMatchObject({ traffic: { hours: [{ requests: 30 }] } });
  });

  it('leaves what was seen beside it alone', async () => {
    const { take, reading, get } = await counting();
    const before = await get('observation', prod.id);
    await take(reading(1));
    expect(await get('observation', prod.id)).toMatchObject({ ...before });
  });

  it('is of now at the latest, and of as long ago as it is kept, whatever a clock says', async () => {
    const { take, reading, clock, requestsIn } = await counting();
    const now = clock.now();
    await take(reading(100, { at: later(now, 5 * hourMs) }));
    expect(await requestsIn(now)).toBe(100);
    await take(reading(130, { at: instant(now - 2 * trafficKeptMs) }));
    expect(await requestsIn(now)).toBe(100);
    expect(await requestsIn(instant(now - trafficKeptMs))).toBe(30);
  });

  it('stands in the hours in which it was counted, those that are shown oldest first', async () => {
    const { take, reading, clock, totals } = await counting();
    for (let hour = 1; hour <= 30; hour += 1) {
      await take(reading(hour * 10));
      await clock.advance(hourMs);
    }
    const shown = await totals();
    expect(shown).toHaveLength(26);
    expect(shown.map(({ hour }) => hour)).toEqual(shown.map(({ hour }) => hour).toSorted((a, b) => a - b));
    expect(shown.at(-1)?.hour).toBe(hourOf(instant(clock.now() - hourMs)));
    expect(shown.every(({ requests }) => requests === 10)).toBe(true);
    await take(reading(310, { at: instant(clock.now() - 2 * hourMs) }));
    expect((await totals()).map(({ hour }) => hour)).toEqual(shown.map(({ hour }) => hour));
  });

  it('stands in both hours where one ended meanwhile, and is shown once for each', async () => {
    const { take, reading, clock, totals } = await counting();
    await clock.advance(46 * minuteMs);
    await take(reading(10));
    await clock.advance(3 * minuteMs);
    await take(reading(30, { coveredMs: 3 * minuteMs }));
    const hour = hourOf(clock.now());
    expect(await totals()).toMatchObject([
      { hour: hour - hourMs, requests: 10, observedMs: 3 * minuteMs },
      { hour, requests: 20, observedMs: minuteMs },
    ]);
  });

  it('is forgotten when no gate looks back so far any more, and not before', async () => {
    const { take, reading, clock, hoursBack, get, put, project } = await counting();
    const ages = await hoursBack(193);
    const hour = hourOf(clock.now());
    await put('traffic', hourId(test.id, hour), emptyHour(project, test.id, instant(0)));
    await take(reading(1));
    const kept = await Promise.all(ages.map((one) => get('traffic', hourId(prod.id, one))));
    const oldest = ages.findLast((_, index) => kept[index] !== undefined);
    expect(oldest).toBe(hour - trafficKeptMs + hourMs);
    expect(await get('traffic', hourId(test.id, hour))).toBeDefined();
  });

  it('outlives a clock that is a month ahead for a moment', async () => {
    const { takeAt, reading, clock, hoursBack, get } = await counting();
    const ages = await hoursBack(7 * 24);
    await takeAt(later(clock.now(), 30 * 24 * hourMs), reading(1));
    const kept = await Promise.all(ages.map((one) => get('traffic', hourId(prod.id, one))));
    expect(kept.filter((one) => one === undefined)).toEqual([]);
  });

  it('is kept where a clock that was set back says that it is so old', async () => {
    const { take, reading, clock, hoursBack, requestsIn } = await counting();
    await hoursBack(193);
    await take(reading(1), reading(3, { at: instant(0) }));
    expect(await requestsIn(clock.now())).toBe(1);
    expect(await requestsIn(instant(clock.now() - trafficKeptMs))).toBe(2);
  });

  it('is forgotten once an hour, not with every reading', async () => {
    const { take, reading, clock, hoursBack, put, get, project } = await counting();
    await hoursBack(193);
    await take(reading(1));
    const old = instant(hourOf(clock.now()) - 2 * trafficKeptMs);
    await put('traffic', hourId(prod.id, old), emptyHour(project, prod.id, old));
    await take(reading(2));
    expect(await get('traffic', hourId(prod.id, old))).toBeDefined();
  });
});

describe('what waits for an error ratio', () => {
  const waits = (id: string, phase: 'waiting' | 'withdrawn'): Promotion =>
    ({ ...aPromotionOf(aReleaseOf('1.0.0', {})), id, state: { phase } }) as Promotion;

  it('looks again when five minutes more were counted, and not before', async () => {
    const { take, reading, clock, put, takeWoken } = await counting();
    for (const one of [waits('one', 'waiting'), waits('two', 'waiting'), waits('over', 'withdrawn')])
      await put('promotion', one.id, one);
    const wokenBy = async (requests: number) => {
      await take(reading(requests));
      return takeWoken().toSorted();
    };
    expect(await wokenBy(1)).toEqual(['promotion/one', 'promotion/two']);
    expect(await wokenBy(2)).toEqual([]);
    await clock.advance(5 * minuteMs);
    expect(await wokenBy(3)).toEqual(['promotion/one', 'promotion/two']);
    expect(await wokenBy(4)).toEqual([]);
  });

  it('looks again however much waits', async () => {
    const { take, reading, put, takeWoken } = await counting();
    for (let at = 0; at <= 200; at += 1) await put('promotion', `${at}`, waits(`${at}`, 'waiting'));
    await take(reading(1));
    expect(takeWoken()).toHaveLength(201);
  });
});
