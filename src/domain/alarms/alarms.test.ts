import { describe, expect, it } from 'vitest';
import { type ActorId, type EnvironmentId, type EnvironmentName, instant, type ProjectId } from '../ids.ts';
import type { AlarmSourceSpec } from '../project-file/types.ts';
import { afterLook, afterMiss, afterPost, alarmKeptMs, noAlarms, withoutOthers } from './changes.ts';
import { alarmsView } from './shown.ts';
import { sourceId, sourceName } from './source.ts';
import { alarmStanding, firedSince, unwatchedMs } from './standing.ts';
import type { SeenAlarm } from './types.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const at = (ms: number) => instant(1_000_000_000 + ms);
const spec: AlarmSourceSpec = { kind: 'prometheus', url: 'http://prometheus:9090', labels: {} };
const source = { id: sourceId(spec), name: sourceName(spec) };
const place = { name: 'sit' as EnvironmentName, spec: { alarms: [spec] } };
const empty = noAlarms('p' as ProjectId, 'e' as EnvironmentId);
const disk: SeenAlarm = { key: 'd', name: 'disk', summary: '', state: 'firing', since: at(0), url: null };

describe('alarms of an environment', () => {
  it('are told when they fire and when they are over, and not with every look', () => {
    const first = afterLook(empty, source, [disk], at(0));
    expect(first.fired.map(({ name }) => name)).toEqual(['disk']);
    const again = afterLook(first.record, source, [disk], at(minuteMs));
    expect([again.fired, again.resolved, again.isNews]).toEqual([[], [], false]);
    const over = afterLook(again.record, source, [], at(2 * minuteMs));
    expect(over.resolved.map(({ name, endedAt }) => [name, endedAt])).toEqual([['disk', at(2 * minuteMs)]]);
    expect(afterLook(over.record, source, [], at(3 * minuteMs)).isNews).toBe(false);
  });

  it('go on as they were while nobody answers, and nothing of it reads as "none"', () => {
    const fired = afterLook(empty, source, [disk], at(0)).record;
    const missed = afterMiss(fired, source, 'no connection.', at(minuteMs)).record;
    const standing = alarmStanding(place, missed, at(3 * minuteMs));
    expect(standing.firing).toHaveLength(1);
    expect(standing.blind).toEqual([
      'Prometheus at http://prometheus:9090 has not answered for 2 min: no connection.',
    ]);
  });

  it('are not known where nobody ever asked, or not lately', () => {
    expect(alarmStanding(place, null, at(0)).blind).toHaveLength(1);
    const seen = afterLook(empty, source, [], at(0)).record;
    expect(alarmStanding(place, seen, at(minuteMs)).blind).toEqual([]);
    expect(alarmStanding(place, seen, at(10 * minuteMs)).blind).toHaveLength(1);
  });

  it('fired in a span when they did so at any time of it, and are forgotten after eight days', () => {
    const fired = afterLook(empty, source, [disk], at(0)).record;
    const over = afterLook(fired, source, [], at(hourMs)).record;
    expect(firedSince(over, at(30 * minuteMs))).toHaveLength(1);
    expect(firedSince(over, at(hourMs))).toHaveLength(0);
    expect(afterLook(over, source, [], at(hourMs + alarmKeptMs)).record.alarms).toEqual([]);
  });

  it('were not watched while nobody answered, and before anybody asked', () => {
    let record = afterLook(empty, source, [], at(hourMs)).record;
    record = afterLook(record, source, [], at(hourMs + minuteMs)).record;
    record = afterLook(record, source, [], at(hourMs + 31 * minuteMs)).record;
    expect(unwatchedMs(place, record, at(0), at(hourMs + 31 * minuteMs))).toBe(90 * minuteMs);
    expect(unwatchedMs(place, record, at(hourMs), at(hourMs + 31 * minuteMs))).toBe(30 * minuteMs);
  });

  it('of a source that is declared no more are over', () => {
    const fired = afterLook(empty, source, [disk], at(0)).record;
    const { record, resolved } = withoutOthers(fired, [], at(1));
    expect(resolved).toHaveLength(1);
    expect([record.alarms, record.sources]).toEqual([[], []]);
  });

  it('that somebody posts and those of a source with the same name are two', () => {
    const fired = afterLook(empty, source, [disk], at(0)).record;
    const by = { kind: 'person', id: 'ada@example.org' as ActorId } as const;
    const posted = { name: 'disk', summary: '', since: at(0), url: null, by };
    const both = afterPost(fired, { ...posted, state: 'firing' }, at(1)).record;
    const one = afterPost(both, { ...posted, state: 'resolved' }, at(2)).record;
    expect(alarmStanding(place, one, at(3)).firing.map((alarm) => alarm.source)).toEqual([source.id]);
    expect(alarmsView(place, both, at(3)).items.map((alarm) => alarm.by)).toEqual([by, null]);
  });

  it('are looked for at the same place wherever the token comes from', () => {
    expect(sourceId({ ...spec, token: { env: 'RUNG_ALARMS_TOKEN' } })).toBe(sourceId(spec));
  });
});
