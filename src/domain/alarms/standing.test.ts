import { describe, expect, it } from 'vitest';
import type { ActorId, EnvironmentName } from '../ids.ts';
import { at, first, manager, minuteMs, nothingKnown, place, prometheus, second, seen } from './alarms.kit.ts';
import { afterLook, afterMiss, afterPost, staleAfterMs } from './changes.ts';
import { alarmsView } from './shown.ts';
import { alarmStanding, firedSince, unwatchedMs } from './standing.ts';
import { alarmStates } from './types.ts';

const by = { kind: 'person', id: 'ada@example.org' as ActorId } as const;
const bare = { name: 'sit' as EnvironmentName, spec: {} };
const every = alarmStates.map((state) => seen(state, { state }));
const one = afterLook(nothingKnown, first, every, at(0)).record;
const both = afterLook(one, second, [], at(minuteMs)).record;
const posted = afterPost(
  nothingKnown,
  { name: 'mail', state: 'firing', summary: '', since: at(0), url: null, by },
  at(0),
).record;

describe('how the alarms of an environment stand', () => {
  it('tells what fires from what would, and leaves out what only may', () => {
    const { firing, hushed } = alarmStanding(place, both, at(minuteMs));
    expect(firing.map(({ key }) => key)).toEqual(['firing']);
    expect(hushed.map(({ key }) => key)).toEqual(['silenced', 'inhibited']);
  });

  it.each([
    ['nothing is declared and nobody ever said anything', bare, nothingKnown, false],
    ['nothing is declared or known', bare, null, false],
    ['a source is declared', place, null, true],
    ['somebody said something', bare, posted, true],
  ])('is watched where a source is declared or somebody spoke, here: %s', (_, where, record, isWatched) => {
    expect(alarmStanding(where, record, at(0)).isWatched).toBe(isWatched);
  });

  it('is not known of the one source that was asked too long ago, or by a clock that ran ahead', () => {
    const blindAt = (ms: number) => alarmStanding(place, both, at(ms)).blind;
    expect(blindAt(minuteMs)).toEqual([]);
    expect(blindAt(staleAfterMs)).toEqual([expect.stringMatching(/^Prometheus at .* 3 min ago/u)]);
    expect(blindAt(minuteMs - staleAfterMs)).toEqual([
      expect.stringMatching(/^Alertmanager at .* 3 min ago/u),
    ]);
  });

  it('is not known of the one source that does not answer', () => {
    const missed = afterMiss(both, second, 'no connection', at(2 * minuteMs)).record;
    const [only, ...more] = alarmStanding(place, missed, at(2.5 * minuteMs)).blind;
    expect(only).toMatch(/^Alertmanager at .*no connection/u);
    expect(more).toEqual([]);
  });
});

describe('the time for which nobody can speak', () => {
  it('is that of the worst source, from the beginning of the span', () => {
    expect(unwatchedMs(place, both, at(-minuteMs), at(minuteMs))).toBe(2 * minuteMs);
    expect(unwatchedMs(place, both, at(0), at(minuteMs))).toBe(minuteMs);
    expect(unwatchedMs(place, both, at(minuteMs), at(2 * minuteMs))).toBe(0);
  });

  it('is all of it where a source never answered, or nobody asked', () => {
    const missed = afterMiss(one, second, 'no connection', at(0)).record;
    expect(unwatchedMs(place, missed, at(-minuteMs), at(minuteMs))).toBe(2 * minuteMs);
    expect(unwatchedMs(place, null, at(0), at(minuteMs))).toBe(minuteMs);
    expect(unwatchedMs(bare, null, at(0), at(minuteMs))).toBe(0);
  });
});

describe('what fired in a span', () => {
  it('is what fires still, and what ended in it, and nothing that never fired', () => {
    const over = afterLook(both, first, [seen('late')], at(2 * minuteMs)).record;
    const keys = (ms: number) => firedSince(over, at(ms)).map(({ key }) => key);
    expect(keys(minuteMs)).toEqual(['late', 'firing']);
    expect(keys(2 * minuteMs)).toEqual(['late']);
    expect(firedSince(both, at(0)).map(({ key }) => key)).toEqual(['firing']);
    expect(firedSince(null, at(0))).toEqual([]);
  });
});

describe('what people are shown of alarms', () => {
  it('names every declared source, with when it answered and since when it does not', () => {
    const missed = afterMiss(both, second, 'no connection', at(2 * minuteMs)).record;
    expect(alarmsView(place, missed, at(2 * minuteMs)).sources).toEqual([
      { name: first.name, seenAt: at(0), awaySince: null },
      { name: second.name, seenAt: at(minuteMs), awaySince: at(2 * minuteMs) },
    ]);
    expect(alarmsView(place, null, at(0)).sources).toEqual([
      { name: first.name, seenAt: null, awaySince: null },
      { name: second.name, seenAt: null, awaySince: null },
    ]);
    expect(alarmsView(bare, null, at(0))).toEqual({
      watched: false,
      firing: 0,
      blind: [],
      sources: [],
      items: [],
    });
  });

  it('names where each alarm comes from, be it declared no more, or posted, and by whom', () => {
    const fired = afterLook(posted, first, [seen('disk', { labels: { mount: '/' } })], at(1)).record;
    const shown = (alarms: readonly (typeof prometheus)[]) =>
      alarmsView({ ...bare, spec: { alarms } }, fired, at(1)).items;
    expect(shown([prometheus]).map(({ source, by: who, labels }) => [source, who, labels])).toEqual([
      [first.name, null, { mount: '/' }],
      ['posted', by, {}],
    ]);
    const [gone] = shown([manager]);
    expect(gone?.source).not.toBe('');
    expect([first.name, first.id, second.name, 'posted']).not.toContain(gone?.source);
  });
});
