import { describe, expect, it } from 'vitest';
import { sourceId } from '../../../domain/alarms/source.ts';
import type { Alarm, AlarmRecord } from '../../../domain/alarms/types.ts';
import type { Environment } from '../../../domain/environment.ts';
import { aPromotionOf } from '../../../domain/environment.kit.ts';
import type { GateState } from '../../../domain/gate.ts';
import { type Instant, instant, later, type RolloutId, type ServiceName } from '../../../domain/ids.ts';
import type { TrafficCounts, TrafficHour } from '../../../domain/observed-traffic/types.ts';
import type { AlarmSourceSpec, GateSpec } from '../../../domain/project-file/types.ts';
import type { Promotion, PromotionState } from '../../../domain/promotion.ts';
import { aCleanAsk, ada, bo, cy, next, now } from '../facts.kit.ts';
import { nothingObserved, type ObservedFacts } from '../observed-facts.ts';
import { type Judged, judged } from './gate.kit.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const gate: GateSpec = { kind: 'stability', forMs: hourMs, errors: 0.01 };
const clean = aCleanAsk();
const [dev, test] = clean.before as [Environment, Environment];
const web = 'web' as ServiceName;
const orders = 'orders' as ServiceName;

/** The twelve buckets of the hour that ends now; of each so much was looked at, and the last one has these requests. */
function traffic(
  services: Readonly<Record<ServiceName, TrafficCounts>>,
  observedMs: (bucket: number) => number = () => 5 * minuteMs,
): readonly TrafficHour[] {
  const buckets = Array.from({ length: 12 }, (_, index) => ({
    at: instant(now - (12 - index) * 5 * minuteMs),
    observedMs: observedMs(index),
    services: index === 11 ? services : {},
  }));
  const hour = instant(now - hourMs);
  return [{ id: 'hour', project: test.project, environment: test.id, hour, buckets }];
}

const served = (errors: number, requests = 1000) => ({ [web]: { requests, errors } });
const well: ObservedFacts = { ...nothingObserved, traffic: traffic(served(9)) };

const stands = (observed: Partial<ObservedFacts>, spec = gate, source: Environment = test): Judged =>
  judged(spec, [], { observed: { ...well, ...observed }, before: [dev, source] });

const ended = (state: PromotionState, more: Partial<Promotion> = {}): Promotion => ({
  ...aPromotionOf(next),
  state,
  ...more,
});
const ago = (ms: number): Instant => instant(now - ms);
const rollout = 'rollout' as RolloutId;
const takenBack = (at: Instant, version = '1.1.0'): Promotion =>
  ended({ phase: 'rolled back', rollout, reason: 'errors', at }, { version });

const posted = (alarm: Partial<Alarm>): ReadonlyMap<Environment['id'], AlarmRecord> => {
  const { id, project } = test;
  const name = alarm.name ?? 'disk';
  const whole: Alarm = {
    key: name,
    name,
    summary: '',
    source: 'posted',
    state: 'firing',
    since: ago(hourMs),
    url: null,
    firedAt: ago(hourMs),
    endedAt: null,
    ...alarm,
  };
  return new Map([[id, { id, project, alarms: [whole], sources: [], postedAt: now, claimedUntil: null }]]);
};

const byTime = { kind: 'time' };
const byPeople = { kind: 'people', members: [ada, bo, cy] };

describe('the gate of stability (REL-4)', () => {
  it('is open where nothing was taken back, nothing fired, enough was seen and few requests failed', () => {
    const { state, says, blocker } = stands({});
    expect([state, blocker]).toEqual(['passed', null]);
    expect(says).toMatch(
      /^test was stable for 1 h: .*no alarms are watched.*1 h observed.*web 0\.9 % of 1000/u,
    );
    expect(stands({ alarms: posted({ state: 'resolved', firedAt: null }) }).says).toContain('no alarm fired');
  });

  it('looks at the environment before, not at the target', () => {
    const elsewhere = new Map([...posted({})].map(([, one]) => [clean.target.id, one]));
    expect(stands({ alarms: elsewhere }).state).toBe('passed');
    expect(judged(gate, [], { before: [] }).state).toBe('passed');
  });

  it.each<[string, readonly Promotion[], string, Instant]>([
    [
      'a release was taken back',
      [takenBack(ago(10 * minuteMs))],
      '1.1.0 was taken back 10 min ago',
      ago(10 * minuteMs),
    ],
    [
      'taking one back failed',
      [ended({ phase: 'failed', rollout, reason: 'x', at: ago(minuteMs) })],
      '1.1.0 failed 1 min ago',
      ago(minuteMs),
    ],
    [
      'somebody went back',
      [ended({ phase: 'succeeded', rollout, at: ago(minuteMs) }, { kind: 'rollback', version: '1.0.0' })],
      'a rollback to 1.0.0 1 min ago',
      ago(minuteMs),
    ],
    [
      'somebody is going back, since it was asked for',
      [ended({ phase: 'running', rollout, since: now }, { kind: 'rollback', requestedAt: ago(minuteMs) })],
      'a rollback to 1.1.0 1 min ago',
      ago(minuteMs),
    ],
    [
      'several were, the last of them counts',
      [
        takenBack(ago(20 * minuteMs), '1.0.1'),
        takenBack(ago(5 * minuteMs), '1.0.3'),
        takenBack(ago(10 * minuteMs), '1.0.2'),
      ],
      '1.0.3 was taken back 5 min ago',
      ago(5 * minuteMs),
    ],
    [
      'one was by a clock that was set back since',
      [takenBack(later(now, minuteMs))],
      '1.1.0 was taken back 0 ms ago',
      later(now, minuteMs),
    ],
  ])('is closed for as long after %s', (_, setbacks, says, at) => {
    const { state, says: said, blocker } = stands({ setbacks });
    expect(state).toBe('failed');
    expect(said).toContain(`: ${says}.`);
    expect(blocker).toMatchObject({ earliest: later(at, hourMs), liftedBy: byTime });
    expect(blocker?.wayOut).toMatch(/^Wait/u);
  });

  it('forgets what is as long ago as it looks back', () => {
    expect(stands({ setbacks: [takenBack(ago(hourMs))] }).state).toBe('passed');
    expect(stands({ setbacks: [takenBack(ago(hourMs - 1))] }).state).toBe('failed');
  });

  it('is closed while an alarm fires, for nobody knows how long, and for as long after it is over', () => {
    const firing = stands({ alarms: posted({}) });
    expect(firing).toMatchObject({ state: 'failed', blocker: { earliest: null, liftedBy: byPeople } });
    expect(firing.says).toContain(': disk fires.');
    expect(firing.wayOut).toContain('Mend what is wrong in test');
    const endedAt = ago(10 * minuteMs);
    const over = stands({ alarms: posted({ state: 'resolved', endedAt }) });
    expect(over).toMatchObject({
      state: 'failed',
      blocker: { earliest: later(endedAt, hourMs), liftedBy: byTime },
    });
    expect(over.says).toContain(': disk fired.');
    const silenced = stands({ alarms: posted({ state: 'silenced' }) });
    expect(silenced.blocker?.earliest).toBe(later(now, hourMs));
    expect(stands({ alarms: posted({ state: 'resolved', endedAt: ago(hourMs) }) }).state).toBe('passed');
  });

  it('is closed where a declared source of alarms was not watched for nine tenths of the time', () => {
    const source: AlarmSourceSpec = { kind: 'prometheus', url: 'http://127.0.0.1:9090', labels: {} };
    const watched = { ...test, spec: { ...test.spec, alarms: [source] } };
    const { id, project } = test;
    const seenFor = (ms: number, seenAt: Instant | null = now) => {
      const one = { id: sourceId(source), name: 'P', seenAt, away: null, firstSeenAt: ago(ms), gaps: [] };
      const record = { id, project, alarms: [], sources: [one], postedAt: null, claimedUntil: null };
      return stands({ alarms: new Map([[id, record]]) }, gate, watched);
    };
    expect(seenFor(54 * minuteMs).state).toBe('passed');
    expect(seenFor(54 * minuteMs).says).toContain('no alarm fired');
    const late = seenFor(44 * minuteMs);
    expect(late).toMatchObject({
      state: 'waits',
      blocker: { liftedBy: byTime, earliest: later(now, 10 * minuteMs) },
    });
    expect(late.says).toContain('its alarms were watched for 44 min of 1 h.');
    const unseen = seenFor(hourMs, null);
    expect(unseen).toMatchObject({ state: 'failed', blocker: { liftedBy: byPeople, earliest: null } });
    expect(unseen.says).toMatch(/has not been asked yet\.$/u);
  });

  it.each<[string, number, GateState]>([
    ['nine tenths were', 54, 'passed'],
    ['less was', 53, 'waits'],
  ])('waits for as much time as was not seen: %s', (_, minutes, state) => {
    const seen = traffic(
      served(0),
      (bucket) => (bucket === 0 ? minutes - 50 : bucket < 11 ? 5 : 0) * minuteMs,
    );
    const { blocker, ...answer } = stands({ traffic: seen });
    expect(answer.state).toBe(state);
    expect(answer.says).toContain(minutes === 54 ? '54 min observed' : 'observed for 53 min of 1 h');
    expect(blocker?.earliest).toBe(state === 'passed' ? undefined : later(now, minuteMs));
    if (blocker !== null) expect(blocker.liftedBy).toEqual(byTime);
  });

  it('says where nothing was seen at all that it has yet to be', () => {
    const nothing = stands({ traffic: [] });
    expect(nothing).toMatchObject({ state: 'waits', blocker: { earliest: later(now, 54 * minuteMs) } });
    expect(nothing.says).toContain('has yet to be observed, for 1 h');
  });

  it('is closed at the limit of errors of any service, and says how many failed, of the worst where none did', () => {
    const atLimit = stands({ traffic: traffic(served(10)) });
    expect(atLimit).toMatchObject({ state: 'failed', blocker: { liftedBy: byPeople, earliest: null } });
    expect(atLimit.says).toContain('errors of web 1 % of 1000 requests, below 1 % is asked for');
    const two = { ...served(0), [orders]: { requests: 100, errors: 5 } };
    expect(stands({ traffic: traffic(two) }).says).toContain('errors of orders 5 % of 100 requests, below');
    const both = { ...served(20), [orders]: { requests: 100, errors: 5 } };
    expect(stands({ traffic: traffic(both) }).says).toContain(
      'errors of web 2 % of 1000 requests and orders 5 % of 100 requests',
    );
    const fine = { ...served(1), [orders]: { requests: 1000, errors: 5 } };
    expect(stands({ traffic: traffic(fine) })).toMatchObject({ state: 'passed' });
    expect(stands({ traffic: traffic(fine) }).says).toContain('errors of orders 0.5 %');
  });

  it('never lets what is beside the limit look as if it were on the other side', () => {
    const spec: GateSpec = { kind: 'stability', forMs: hourMs, errors: 0.01 };
    expect(stands({ traffic: traffic(served(99_999, 10_000_000)) }, spec).says).toContain('web 0.99 %');
    expect(stands({ traffic: traffic(served(100_001, 10_000_000)) }, spec).says).toContain('web 1.01 %');
    const odd: GateSpec = { kind: 'stability', forMs: hourMs, errors: 0.000_29 };
    expect(stands({ traffic: traffic(served(10)) }, odd).says).toContain('below 0.03 %');
  });

  it('judges no errors of what nobody called', () => {
    const idle = stands({ traffic: traffic({ ...served(0, 0) }) });
    expect(idle.state).toBe('passed');
    expect(idle.says).toContain('no request came');
    const one = stands({ traffic: traffic({ ...served(0, 0), [orders]: { requests: 100, errors: 0 } }) });
    expect(one.says).toContain('errors of orders 0 % of 100');
  });

  it('names all that is wrong, waits for the last of it, and not for what nobody knows the end of', () => {
    const setbacks = [takenBack(ago(10 * minuteMs))];
    const gone = stands({ setbacks, traffic: [] });
    expect(gone).toMatchObject({ state: 'failed', blocker: { earliest: later(now, 54 * minuteMs) } });
    expect(gone.says).toMatch(/was taken back 10 min ago; its traffic has yet/u);
    const late = stands({ setbacks: [takenBack(now)], traffic: [] });
    expect(late.blocker?.earliest).toBe(later(now, hourMs));
    const firing = stands({ setbacks, alarms: posted({}) });
    expect(firing.blocker).toMatchObject({ earliest: null, liftedBy: byPeople });
  });
});
