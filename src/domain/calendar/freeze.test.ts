import { describe, expect, it } from 'vitest';
import { aFreeze, moment, utc } from './calendar.kit.ts';
import { freezeAt, freezeTimeText } from './freeze.ts';
import { parseFreeze, type WrittenFreeze } from './parse-freeze.ts';

const zone = 'Europe/London';
const why = { zone, reason: 'the holidays' };

/** From and to of the freeze that holds at a moment or comes next, in UTC. */
function spanAfter(
  written: Partial<WrittenFreeze> & { zone: string },
  at: string,
): readonly (string | null)[] {
  const freeze = aFreeze(written);
  const found = freezeAt(freeze, moment(at));
  const from = found.inside ? moment(at) : found.until;
  return [utc(from), utc(freezeAt(freeze, from).until)];
}

const mistakes = (written: WrittenFreeze): readonly (readonly [string, number, string])[] => {
  const parsed = parseFreeze(written);
  return parsed.ok ? [] : parsed.findings.map(({ word, offset, instead }) => [word, offset, instead]);
};

describe('a freeze', () => {
  it('holds from one local time to another', () => {
    const written = { from: '2026-07-01 17:00', to: '2026-12-04T09:00', zone };
    expect(spanAfter(written, '2026-01-01T00:00Z')).toEqual(['2026-07-01 16:00', '2026-12-04 09:00']);
    expect(freezeTimeText(aFreeze(written).time)).toBe('2026-07-01 17:00 to 2026-12-04 09:00 Europe/London');
  });

  it('of every year holds whole days, over the new year too', () => {
    const written = { yearly: '12-20..01-02', zone };
    expect(spanAfter(written, '2026-06-01T00:00Z')).toEqual(['2026-12-20 00:00', '2027-01-03 00:00']);
    expect(spanAfter(written, '2027-01-01T00:00Z')).toEqual(['2027-01-01 00:00', '2027-01-03 00:00']);
    expect(freezeTimeText(aFreeze(written).time)).toBe('12-20..01-02 Europe/London');
  });

  it.each([
    ['01-20..01-29', '2027-01-30 00:00'],
    ['02-01..02-10', '2027-02-11 00:00'],
    ['02-20..02-28', '2027-03-01 00:00'],
    ['12-20..12-31', '2027-01-01 00:00'],
  ])('of every year holds its last day too, and no other: %s', (yearly, end) => {
    expect(spanAfter({ yearly, zone: 'UTC' }, '2026-12-01T00:00Z')[1]).toBe(end);
  });

  it('of one day a year is that day, as the place counts it', () => {
    expect(spanAfter({ yearly: '12-25', zone: 'Pacific/Auckland' }, '2026-06-01T00:00Z')).toEqual([
      '2026-12-24 11:00',
      '2026-12-25 11:00',
    ]);
  });

  it('from or to the 29th of February needs no leap year', () => {
    expect(spanAfter({ yearly: '02-20..02-29', zone: 'UTC' }, '2027-01-01T00:00Z')[1]).toBe(
      '2027-03-01 00:00',
    );
    expect(spanAfter({ yearly: '02-20..02-29', zone: 'UTC' }, '2028-01-01T00:00Z')[1]).toBe(
      '2028-03-01 00:00',
    );
    expect(spanAfter({ yearly: '02-29..03-02', zone: 'UTC' }, '2027-01-01T00:00Z')[0]).toBe(
      '2027-03-01 00:00',
    );
  });

  it('of the 29th of February alone waits for the next leap year', () => {
    expect(spanAfter({ yearly: '02-29', zone: 'UTC' }, '2096-03-01T00:00Z')).toEqual([
      '2104-02-29 00:00',
      '2104-03-01 00:00',
    ]);
  });

  it('of every year holds from the first to the last where a midnight comes twice', () => {
    const zone = 'America/Havana';
    expect(spanAfter({ yearly: '11-01..11-05', zone }, '2026-10-01T00:00Z')[0]).toBe('2026-11-01 04:00');
    expect(spanAfter({ yearly: '10-20..10-31', zone }, '2026-10-25T00:00Z')[1]).toBe('2026-11-01 05:00');
  });

  it('starts at the jump over a time that the clock skips, and says so', () => {
    const parsed = parseFreeze({ from: '2027-03-28 01:30', to: '2027-04-01 09:00', ...why });
    expect(parsed.ok && parsed.value.time.kind === 'once' && utc(parsed.value.time.from)).toBe(
      '2027-03-28 01:00',
    );
    expect(parsed.ok && parsed.notes).toEqual([
      'The clock never shows 2027-03-28 01:30 in Europe/London: it is put forward to 2027-03-28 02:00, which is taken instead.',
    ]);
  });

  it('holds from the first to the last of times that the clock shows twice, and says so', () => {
    const parsed = parseFreeze({ from: '2027-10-31 01:15', to: '2027-10-31 01:45', ...why });
    const time = parsed.ok ? parsed.value.time : null;
    expect(time?.kind === 'once' && [utc(time.from), utc(time.to)]).toEqual([
      '2027-10-31 00:15',
      '2027-10-31 01:45',
    ]);
    expect(parsed.ok && parsed.notes).toEqual([
      'The clock shows 2027-10-31 01:15 in Europe/London twice. The freeze starts at the first, 2027-10-31 00:15 UTC.',
      'The clock shows 2027-10-31 01:45 in Europe/London twice. The freeze ends at the last, 2027-10-31 01:45 UTC.',
    ]);
  });

  it('of the day that Apia left out would hold for no time, and still reads', () => {
    const written = { from: '2011-12-30 00:00', to: '2011-12-30 12:00', zone: 'Pacific/Apia' };
    expect(freezeAt(aFreeze(written), moment('2011-12-30T10:00Z')).inside).toBe(false);
  });

  it('names every mistake with what to write instead', () => {
    expect(mistakes({ from: '18.12.2026', to: '2026-02-30 09:00', zone: 'London', reason: '' })).toEqual([
      ['from', 0, '`2026-12-18 17:00`'],
      ['to', 0, 'a day of 2000 to 2199'],
      ['zone', 0, '`Europe/London`'],
    ]);
    expect(mistakes({ from: '2026-12-18', to: '2026-12-19 25:00', ...why })).toEqual([
      ['from', 0, '`2026-12-18 00:00`, or `24:00` for its end'],
      ['to', 11, 'hours and minutes, `00:00` to `24:00`'],
    ]);
    expect(mistakes({ yearly: '13-25', zone: 'London', reason: '' })).toEqual([
      ['yearly', 0, 'month and day, such as `12-20`'],
      ['zone', 0, '`Europe/London`'],
    ]);
    expect(mistakes({ yearly: '12-20..13-02', ...why })).toEqual([
      ['yearly', 7, 'month and day, such as `12-20`'],
    ]);
    expect(mistakes({ yearly: '12-20 .. 01-02 .. 12-25', ...why })).toEqual([
      ['yearly', 18, '`12-20..01-02`'],
    ]);
    for (const yearly of ['12-20 or so..01-02', 'about 12-20..01-02', '00-20..01-02', '12-00..01-02'])
      expect(mistakes({ yearly, ...why })).toEqual([['yearly', 0, 'month and day, such as `12-20`']]);
    for (const from of ['2026-12-18 09:00 sharp', 'on 2026-12-18 09:00'])
      expect(mistakes({ from, to: '2026-12-19 09:00', ...why })).toEqual([['from', 0, '`2026-12-18 17:00`']]);
  });

  it('is refused where it ends before it starts, lasts for more than a year or never ends', () => {
    expect(mistakes({ from: '2027-01-04 09:00', to: '2026-12-18 17:00', ...why })).toEqual([
      ['to', 0, 'a time after `2027-01-04 09:00`'],
    ]);
    expect(mistakes({ from: '2027-01-04 09:00', to: '2027-01-04 09:00', ...why })).toHaveLength(1);
    const tooLong = { from: '2026-01-01 00:00', to: '2027-01-02 00:01', ...why };
    expect(mistakes(tooLong)).toEqual([['to', 0, 'a year at most, or `yearly`']]);
    expect(parseFreeze(tooLong)).toMatchObject({
      findings: [{ message: expect.stringContaining('367 days') as string }],
    });
    expect(mistakes({ ...tooLong, to: ' 2027-01-02 00:00 ' })).toEqual([]);
    for (const yearly of ['01-01..12-31', '06-02..06-01', '03-01..02-28', '03-01..02-29']) {
      expect(mistakes({ yearly, ...why })).toEqual([['yearly', 0, 'fewer days, such as `12-20..01-02`']]);
    }
  });
});
