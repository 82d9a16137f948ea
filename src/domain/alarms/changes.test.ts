import { describe, expect, it } from 'vitest';
import type { ActorId } from '../ids.ts';
import { at, dayMs, first, minuteMs, nothingKnown, second, seen } from './alarms.kit.ts';
import { afterLook, afterMiss, afterPost, staleAfterMs, withoutOthers } from './changes.ts';
import type { AlarmRecord, AlarmState } from './types.ts';

const by = { kind: 'person', id: 'ada@example.org' as ActorId } as const;
const look = (record: AlarmRecord, alarms: Parameters<typeof afterLook>[2], ms: number, source = first) =>
  afterLook(record, source, alarms, at(ms));
const post = (record: AlarmRecord, name: string, state: 'firing' | 'resolved', ms = 0, summary = '') =>
  afterPost(record, { name, state, summary, since: at(0), url: null, by }, at(ms));
const states = ({ alarms }: AlarmRecord) => alarms.map(({ key, state }) => [key, state]);

describe('what one source says of its alarms', () => {
  it('changes nothing about those of another', () => {
    const both = look(look(nothingKnown, [seen('disk')], 0).record, [seen('disk')], 1, second).record;
    const { record, resolved } = look(both, [], minuteMs, second);
    expect(resolved.map(({ source }) => source)).toEqual([second.id]);
    expect(record.alarms.map(({ source, state }) => [source, state])).toEqual([
      [first.id, 'firing'],
      [second.id, 'resolved'],
    ]);
  });

  it('is told of each of its alarms alone', () => {
    const fired = look(nothingKnown, [seen('disk')], 0).record;
    const { record, fired: more } = look(fired, [seen('disk'), seen('heat')], minuteMs);
    expect(more.map(({ key }) => key)).toEqual(['heat']);
    expect(record.alarms.map(({ key, firedAt }) => [key, firedAt])).toEqual([
      ['heat', at(minuteMs)],
      ['disk', at(0)],
    ]);
  });

  it.each(['pending', 'silenced', 'inhibited'] as const)(
    'is no alarm that fires when it is %s, and ends one that did',
    (state) => {
      const shown = look(nothingKnown, [seen('disk', { state })], 0);
      expect([shown.fired, shown.resolved]).toEqual([[], []]);
      expect(shown.record.alarms).toEqual([
        { ...seen('disk', { state }), source: first.id, firedAt: null, endedAt: null },
      ]);
      const fires = look(shown.record, [seen('disk')], minuteMs);
      expect(fires.fired).toHaveLength(1);
      const hushed = look(fires.record, [seen('disk', { state, since: at(1) })], 2 * minuteMs);
      expect(hushed.resolved).toEqual([
        {
          ...seen('disk', { state, since: at(1) }),
          source: first.id,
          firedAt: at(minuteMs),
          endedAt: at(2 * minuteMs),
        },
      ]);
      expect(hushed.record.alarms).toEqual(hushed.resolved);
      const still = look(hushed.record, [seen('disk', { state })], 3 * minuteMs).record.alarms;
      expect(still).toMatchObject([{ firedAt: at(minuteMs), endedAt: at(2 * minuteMs) }]);
    },
  );

  it('begins no later than now, whatever the clock of the source says', () => {
    const since = (ms: number) =>
      look(nothingKnown, [seen('disk', { since: at(ms) })], 0).record.alarms[0]?.since;
    expect([since(minuteMs), since(-minuteMs)]).toEqual([at(0), at(-minuteMs)]);
  });

  it('fires anew after it was over', () => {
    const fired = look(nothingKnown, [seen('disk')], 0).record;
    const over = look(fired, [], minuteMs).record;
    const again = look(over, [seen('disk')], 2 * minuteMs);
    expect(again.fired).toMatchObject([{ firedAt: at(2 * minuteMs), endedAt: null }]);
    expect(again.isNews).toBe(true);
  });

  it('is remembered for eight days after it was over, and no longer', () => {
    const over = look(look(nothingKnown, [seen('disk')], 0).record, [], minuteMs).record;
    expect(look(over, [], minuteMs + 8 * dayMs - 1).record.alarms).toHaveLength(1);
    expect(look(over, [], minuteMs + 8 * dayMs).record.alarms).toEqual([]);
  });

  it('is forgotten at once where it never fired', () => {
    const pending = look(nothingKnown, [seen('disk', { state: 'pending' })], 0).record;
    expect(look(pending, [], minuteMs).record.alarms).toEqual([]);
  });

  it('is kept up to 500 alarms: those that fire before those that fired lately, and these before others', () => {
    const pending = Array.from({ length: 501 }, (_, index) => seen(`p${index}`, { state: 'pending' }));
    const old = look(nothingKnown, [seen('old')], 0).record;
    const late = look(old, [seen('old'), seen('late')], minuteMs).record;
    const all = [...pending, seen('now'), seen('old', { state: 'silenced' })];
    const { alarms } = look(late, all, 2 * minuteMs).record;
    expect(alarms).toHaveLength(500);
    expect(alarms.slice(0, 4).map(({ key }) => key)).toEqual(['now', 'late', 'old', 'p0']);
  });
});

describe('of more alarms that fire than are kept', () => {
  const many = Array.from({ length: 600 }, (_, index) => seen(`f${index}`));

  it('the same ones stay, each is told once, and the next ones when there is a place', () => {
    const begun = look(nothingKnown, many, 0);
    expect(begun.fired).toHaveLength(500);
    const on = look(begun.record, many, minuteMs);
    expect(on).toMatchObject({ fired: [], resolved: [], isNews: false });
    expect(on.record.alarms).toEqual(begun.record.alarms);
    const fewer = look(on.record, many.slice(10), 2 * minuteMs);
    expect(fewer.resolved.map(({ key }) => key)).toEqual(many.slice(0, 10).map(({ key }) => key));
    expect(fewer.fired).toHaveLength(10);
    expect(look(fewer.record, many.slice(10), 3 * minuteMs).fired).toEqual([]);
  });
});

describe('what is news about a source', () => {
  const known = look(nothingKnown, [], 0).record;

  it.each([
    ['it was never asked', nothingKnown, 0, true],
    ['it was asked a minute ago', known, minuteMs, false],
    ['it was asked too long ago', known, staleAfterMs, true],
    ['it was asked almost too long ago', known, staleAfterMs - 1, false],
    ['it was asked later than now, by a clock that was set back', known, -staleAfterMs, true],
    ['it did not answer before', afterMiss(known, first, 'no connection', at(1)).record, 2, true],
    ['only another one was asked', look(nothingKnown, [], 0, second).record, 1, true],
    ['another one does not answer', afterMiss(known, second, 'no connection', at(1)).record, 2, false],
  ])('its answer where %s', (_, record, ms, isNews) => {
    expect(look(record, [], ms).isNews).toBe(isNews);
  });

  it('an alarm that fires, though nothing else is', () => {
    expect(look(known, [seen('disk')], minuteMs).isNews).toBe(true);
  });

  it('its silence, once', () => {
    const missed = afterMiss(known, first, 'no connection', at(minuteMs));
    expect(missed.isNews).toBe(true);
    expect(afterMiss(missed.record, first, 'refused', at(2 * minuteMs)).isNews).toBe(false);
    expect(afterMiss(missed.record, second, 'refused', at(2 * minuteMs)).isNews).toBe(true);
    expect(afterMiss(nothingKnown, first, 'refused', at(0)).isNews).toBe(true);
  });
});

describe('what is kept of a source', () => {
  it('says since when it does not answer, with what came last, and since when it was known', () => {
    const missed = afterMiss(look(nothingKnown, [], 0).record, first, 'no connection', at(minuteMs)).record;
    const again = afterMiss(missed, first, 'refused', at(2 * minuteMs)).record;
    expect(again.sources).toEqual([
      {
        ...first,
        seenAt: at(0),
        firstSeenAt: at(0),
        away: { since: at(minuteMs), detail: 'refused' },
        gaps: [],
      },
    ]);
    expect(look(again, [], 170_000).record.sources).toEqual([
      { ...first, seenAt: at(170_000), firstSeenAt: at(0), away: null, gaps: [] },
    ]);
  });

  it('is nothing but its silence where it never answered', () => {
    const { record } = afterMiss(nothingKnown, first, 'refused', at(0));
    expect(record.sources).toEqual([
      { ...first, seenAt: null, firstSeenAt: null, away: { since: at(0), detail: 'refused' }, gaps: [] },
    ]);
    expect(look(record, [], dayMs).record.sources).toMatchObject([{ firstSeenAt: at(dayMs), gaps: [] }]);
  });

  it('stands beside the others, in one order whoever was asked first', () => {
    const [one, other] = [look(nothingKnown, [], 0).record, look(nothingKnown, [], 0, second).record];
    const sources = look(one, [], 0, second).record.sources;
    expect(look(other, [], 0).record.sources).toEqual(sources);
    expect(sources.map(({ id }) => id)).toEqual([second.id, first.id]);
  });

  it('tells a gap of three minutes and more, and forgets it after eight days', () => {
    let { record } = look(nothingKnown, [], 0);
    const gaps = (): readonly (readonly number[])[] =>
      record.sources.flatMap((one) => one.gaps.map(({ from, to }) => [from - at(0), to - at(0)]));
    const next = (ms: number): void => void ({ record } = look(record, [], ms));
    next(staleAfterMs - 1);
    expect(gaps()).toEqual([]);
    next(2 * staleAfterMs - 1);
    expect(gaps()).toEqual([[staleAfterMs - 1, 2 * staleAfterMs - 1]]);
    next(8 * dayMs);
    next(8 * dayMs + 2 * staleAfterMs - 2);
    expect(gaps()).toHaveLength(3);
    next(8 * dayMs + 2 * staleAfterMs - 1);
    expect(gaps().map(([from]) => from)).toEqual([2 * staleAfterMs - 1, 8 * dayMs]);
  });

  it('tells the latest 200 gaps', () => {
    let { record } = look(nothingKnown, [], 0);
    for (let turn = 1; turn <= 201; turn += 1) ({ record } = look(record, [], turn * staleAfterMs));
    expect(record.sources[0]?.gaps).toHaveLength(200);
    expect(record.sources[0]?.gaps[0]?.from).toBe(at(staleAfterMs));
  });
});

describe('what somebody posts', () => {
  const watched = look(nothingKnown, [seen('disk'), seen('heat')], 0).record;

  it('stands beside what a source says, each alarm for itself', () => {
    const both = post(post(watched, 'disk', 'firing', 1).record, 'mail', 'firing', 2).record;
    const { record, resolved } = post(both, 'disk', 'resolved', 3);
    expect(resolved).toMatchObject([{ key: 'disk', source: 'posted', by, endedAt: at(3) }]);
    expect(record.alarms.map(({ source, key, state }) => [source, key, state])).toEqual([
      ['posted', 'mail', 'firing'],
      [first.id, 'disk', 'firing'],
      [first.id, 'heat', 'firing'],
      ['posted', 'disk', 'resolved'],
    ]);
  });

  it('keeps what was said first of it where nothing is said when it is over', () => {
    const fired = post(watched, 'mail', 'firing', 1, 'no mail goes out').record;
    const over = (summary: string) => post(fired, 'mail', 'resolved', 2, summary).resolved[0]?.summary;
    expect([over(''), over('mended')]).toEqual(['no mail goes out', 'mended']);
  });

  it('changes nothing where it says the same again, and is news the first time that anybody says anything', () => {
    const known = post(watched, 'mail', 'resolved', 1);
    expect([known.isNews, known.fired, known.resolved]).toEqual([true, [], []]);
    expect(known.record).toEqual({ ...watched, postedAt: at(1) });
    const fired = post(known.record, 'mail', 'firing', 2);
    expect([fired.isNews, fired.fired.length]).toEqual([true, 1]);
    const again = post(fired.record, 'mail', 'firing', 3);
    expect([again.isNews, again.fired]).toEqual([false, []]);
    expect(again.record.alarms).toEqual(fired.record.alarms);
  });
});

describe('what is declared no more', () => {
  const hushed: AlarmState = 'silenced';
  const alarms = [seen('disk'), seen('heat', { state: hushed })];
  const all = look(look(nothingKnown, alarms, 0).record, [seen('lag')], 0, second).record;
  const posted = post(all, 'mail', 'firing').record;

  it('is over and gone, and what is declared or posted stands', () => {
    const { record, resolved, fired, isNews } = withoutOthers(posted, [second.id], at(minuteMs));
    expect(resolved).toMatchObject([{ key: 'disk', state: 'resolved', endedAt: at(minuteMs) }]);
    expect([fired, isNews]).toEqual([[], true]);
    expect(states(record)).toEqual([
      ['lag', 'firing'],
      ['mail', 'firing'],
    ]);
    expect(record.sources.map(({ id }) => id)).toEqual([second.id]);
  });

  it('is nothing where all is declared still', () => {
    expect(withoutOthers(posted, [first.id, second.id], at(minuteMs))).toEqual({
      record: posted,
      fired: [],
      resolved: [],
      isNews: false,
    });
  });
});
