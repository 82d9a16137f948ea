import { describe, expect, it } from 'vitest';
import { allZones, parseZone } from './zone-name.ts';

const read = (text: string): string => {
  const parsed = parseZone({ text, offset: 3 });
  return parsed.ok
    ? parsed.value
    : parsed.findings.map(({ message, instead }) => `${message} ${instead}`).join();
};

describe('the name of a time zone that has another one by now', () => {
  it.each([
    ['Africa/Asmera', 'Africa/Asmara'],
    ['America/Buenos_Aires', 'America/Argentina/Buenos_Aires'],
    ['America/Catamarca', 'America/Argentina/Catamarca'],
    ['America/Coral_Harbour', 'America/Atikokan'],
    ['America/Cordoba', 'America/Argentina/Cordoba'],
    ['America/Godthab', 'America/Nuuk'],
    ['America/Indianapolis', 'America/Indiana/Indianapolis'],
    ['America/Jujuy', 'America/Argentina/Jujuy'],
    ['America/Louisville', 'America/Kentucky/Louisville'],
    ['America/Mendoza', 'America/Argentina/Mendoza'],
    ['Asia/Calcutta', 'Asia/Kolkata'],
    ['Asia/Katmandu', 'Asia/Kathmandu'],
    ['Asia/Rangoon', 'Asia/Yangon'],
    ['Asia/Saigon', 'Asia/Ho_Chi_Minh'],
    ['Atlantic/Faeroe', 'Atlantic/Faroe'],
    ['Europe/Kiev', 'Europe/Kyiv'],
    ['Pacific/Enderbury', 'Pacific/Kanton'],
    ['Pacific/Ponape', 'Pacific/Pohnpei'],
    ['Pacific/Truk', 'Pacific/Chuuk'],
  ])('is read as that: %s is %s', (old, newer) => {
    expect([read(old), read(newer)]).toEqual([newer, newer]);
    expect(allZones()).toContain(newer);
  });
});

describe('the word for a time zone', () => {
  it.each(['UTC', 'utc', 'Etc/UTC', 'etc/utc'])('is UTC however it is written: %s', (text) => {
    expect(read(text)).toBe('UTC');
    expect(allZones()).toContain('UTC');
  });

  it.each([
    '+02:00',
    '-5',
    '2',
    'UTC+2',
    'utc-3',
    'UTC0',
    'GMT',
    'gmt+1',
    'GMT0',
    'Etc/GMT-5',
    'etc/anything',
  ])('is refused as an offset: %s', (text) => {
    expect(read(text)).toMatch(/is an offset.*Europe\/London/u);
  });

  it.each(['my-utc', 'utc-like', 'a2', '--5', 'x/etc/x', 'Nowhere/Etc/UTC'])(
    'is not an offset: %s',
    (text) => {
      expect(read(text)).not.toMatch(/offset/u);
      expect(parseZone({ text, offset: 0 }).ok).toBe(false);
    },
  );

  it.each(['EST', 'CEST', 'ab', 'XQZJK'])('is refused as an abbreviation: %s', (text) => {
    expect(read(text)).toMatch(/abbreviation/u);
  });

  it.each(['q', 'XQZJKV', 'X1Z', '(XQZ)'])('is no abbreviation: %s', (text) => {
    expect(read(text)).toMatch(/no time zone/u);
  });

  it.each([
    [' paris ', '`Europe/Paris`'],
    ['New York', '`America/New_York`'],
    ['port of spain', '`America/Port_of_Spain`'],
  ])('is told as the place that people mean: %s', (text, instead) => {
    expect(read(text)).toContain(instead);
  });

  it('is refused where it stands', () => {
    for (const text of ['GMT', 'london', 'XQZ', 'Qqqqqqqqqq/Qqqqqqqq']) {
      const parsed = parseZone({ text, offset: 3 });
      expect(parsed.ok ? [] : parsed.findings.map(({ offset }) => offset)).toEqual([3]);
    }
  });
});
