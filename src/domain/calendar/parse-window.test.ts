import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseWindow } from './parse-window.ts';
import { windowText } from './window.ts';

const printed = (text: string): unknown => {
  const parsed = parseWindow(text);
  return parsed.ok ? windowText(parsed.value) : parsed.findings;
};
/** Where each mistake is, and what is said to write. */
const mistakes = (text: string): readonly (readonly [string, string])[] => {
  const parsed = parseWindow(text);
  return parsed.ok
    ? []
    : parsed.findings.map(({ offset, instead }) => [text.slice(offset, offset + 5), instead]);
};

describe('the text of a window', () => {
  it.each([
    ['Tue-Thu 09:00-16:00 Europe/London', 'Tue-Thu 09:00-16:00 Europe/London'],
    ['  tue - THU  9:00 – 16:00   europe/london ', 'Tue-Thu 09:00-16:00 Europe/London'],
    ['Wed,Mon 09:00-16:00 UTC', 'Mon,Wed 09:00-16:00 UTC'],
    ['Fri 22:00-02:00 Africa/Johannesburg', 'Fri 22:00-02:00 Africa/Johannesburg'],
    ['Fri 22:00-00:00 UTC', 'Fri 22:00-24:00 UTC'],
    ['Fri-Mon utc', 'Fri-Mon UTC'],
    ['Sat, Sun 00:00-24:00 UTC', 'Sat,Sun UTC'],
    ['Mon-Thu,Fri-Sun 10:00-11:00 UTC', 'daily 10:00-11:00 UTC'],
    ['DAILY UTC', 'daily UTC'],
    ['Mon US/Eastern', 'Mon America/New_York'],
    ['Mon Asia/Calcutta', 'Mon Asia/Kolkata'],
    ['Mon America/Port-au-Prince', 'Mon America/Port-au-Prince'],
  ])('%s is printed as %s', (text, canonical) => {
    expect(printed(text)).toBe(canonical);
  });

  it.each([
    ['Tuesday 09:00-16:00 UTC', 'Tuesd', '`Tue`'],
    ['Tus 09:00-16:00 UTC', 'Tus 0', '`Tue`'],
    ['Mon-Mon UTC', 'Mon-M', '`Mon` or `daily`'],
    ['Nodaily UTC', 'Nodai', '`daily`, or days of Mon, Tue, Wed, Thu, Fri, Sat, Sun'],
    ['dailyish UTC', 'daily', '`daily`, or days of Mon, Tue, Wed, Thu, Fri, Sat, Sun'],
    ['Mon,Sun-Tue UTC', 'Sun-T', 'each day once'],
    ['Mon-Tue-Wed UTC', 'Wed U', '`Tue-Thu`'],
    ['Mon,,Wed UTC', ',Wed ', '`daily`, or days of Mon, Tue, Wed, Thu, Fri, Sat, Sun'],
    ['09:00-16:00 UTC', '09:00', '`daily`, or days such as `Tue-Thu`, first'],
    ['Mon 9-16:00 UTC', '9-16:', '`09:00`'],
    ['Mon 09:00-24 UTC', '24 UT', '`24:00`'],
    ['Mon 09:00-25 UTC', '25 UT', 'hours and minutes, `00:00` to `24:00`'],
    ['Mon 009-16:00 UTC', '009-1', 'hours and minutes, `00:00` to `24:00`'],
    ['Mon 09:00-16:60 UTC', '16:60', 'hours and minutes, `00:00` to `24:00`'],
    ['Mon 109:00-16:00 UTC', '109:0', 'hours and minutes, `00:00` to `24:00`'],
    ['Mon 09:00-16:000 UTC', '16:00', 'hours and minutes, `00:00` to `24:00`'],
    ['Mon 24:00-01:00 UTC', '24:00', '`00:00`, on the next day'],
    ['Mon 09:00-09:00 UTC', '09:00', 'a later end, or no times for the whole day'],
    ['Mon 09:00 UTC', '09:00', '`09:00-16:00`'],
    ['Mon 09:00-10:00-11:00 UTC', '09:00', '`09:00-16:00`'],
    ['Mon 09:00-16:00', '', 'a place at the end, for example `Europe/London`, or `UTC`'],
    ['Mon Europe/Lodnon', 'Europ', '`Europe/London`'],
    ['Mon london', 'londo', '`Europe/London`'],
    ['Mon CEST', 'CEST', 'a place, for example `Europe/London`, or `UTC`'],
    ['Mon UTC+2', 'UTC+2', 'a place, for example `Europe/London`, or `UTC`'],
    [
      'Mon UTC 09:00-16:00',
      '09:00',
      'days, times and time zone, such as `Tue-Thu 09:00-16:00 Europe/London`',
    ],
    ['Mon UTC please', 'pleas', 'days, times and time zone, such as `Tue-Thu 09:00-16:00 Europe/London`'],
    ['', '', '`Tue-Thu 09:00-16:00 Europe/London`'],
  ])('%j is refused at %j with what to write instead', (text, place, instead) => {
    expect(mistakes(text)).toEqual([[place, instead]]);
  });

  it('that has several mistakes names all of them at once', () => {
    expect(mistakes('Tus-Thu 25:00-16:00 Europe/Lodon').map(([place]) => place)).toEqual([
      'Tus-T',
      '25:00',
      'Europ',
    ]);
  });

  it('that begins with times that are none is told so, and that its days are missing', () => {
    expect(mistakes('25:00-16:00 UTC').map(([place]) => place)).toEqual(['25:00', '25:00']);
  });

  it.each([
    ['Tus UTC', '"Tus"'],
    ['Mon,,Wed UTC', 'missing'],
    ['Mon 9-16:00 UTC', '"9"'],
    ['Mon 09:00-', 'A time is missing'],
    ['Mon,Tue,Sun-Wed UTC', 'Mon'],
  ])('%j is refused with words that say of what: %s', (text, words) => {
    const parsed = parseWindow(text);
    expect(parsed.ok ? '' : parsed.findings[0]?.message).toContain(words);
  });

  it('ends with no hour that is not there', () => {
    expect(mistakes('Mon 09:00-')[0]).toEqual(['', 'hours and minutes, `00:00` to `24:00`']);
  });

  it('is refused where it is longer than a window can be', () => {
    expect(printed(`Mon${' '.repeat(114)}UTC`)).toBe('Mon UTC');
    expect(mistakes(`Mon${' '.repeat(115)}UTC`)).toEqual([['C', '`Tue-Thu 09:00-16:00 Europe/London`']]);
  });

  it('that is anything at all is read or refused, never thrown at', () => {
    const word = fc.constantFrom(
      'Mon',
      'daily',
      '-',
      ',',
      '–',
      ' ',
      '09:00',
      '24:00',
      'UTC',
      'Europe/London',
      '/',
    );
    const text = fc.oneof(
      fc.string({ maxLength: 130 }),
      fc.array(word).map((words) => words.join('')),
    );
    fc.assert(
      fc.property(text, (written) => {
        const parsed = parseWindow(written);
        if (parsed.ok) expect(printed(windowText(parsed.value))).toBe(windowText(parsed.value));
        else for (const { offset } of parsed.findings) expect(offset).toBeLessThanOrEqual(written.length);
      }),
      { numRuns: 500 },
    );
  });
});
