import { describe, expect, it } from 'vitest';
import { addressFindings } from './address-meaning.ts';
import { alarmFindings } from './alarm-meaning.ts';
import { calendarFindings } from './calendar-meaning.ts';
import type { Finding } from './finding.ts';

const pointers = (findings: readonly Finding[]): readonly string[] => findings.map(({ pointer }) => pointer);

describe('an address that the control plane asks at', () => {
  const words = { plain: 'not plain', password: 'none', example: 'https://example.org' };
  const messages = (url: string | undefined, plain: string | null = words.plain): readonly string[] =>
    addressFindings('/url', url, { ...words, plain }).map(({ instead }) => instead ?? '');

  it.each([
    undefined,
    'https://example.org:8443/a',
    'http://localhost:80',
    'http://[::1]:80',
    'http://127.0.0.1',
    'http://127.10.200.3:9',
  ])('may be %s', (url) => {
    expect(messages(url)).toEqual([]);
  });

  it.each([
    ['prometheus', ['an address such as `https://example.org`']],
    ['ftp://example.org', ['an address such as `https://example.org`']],
    ['ftp://ada:secret@example.org', ['an address such as `https://example.org`']],
    ['https://ada@example.org', ['none']],
    ['https://:secret@example.org', ['none']],
    ['http://example.org:80/a', ['`https://example.org/a`']],
    ['http://example.org:81/a?b', ['`https://example.org:81/a`']],
    ['http://127.0.0.1.example.org', ['`https://127.0.0.1.example.org/`']],
    ['http://128.0.0.1', ['`https://128.0.0.1/`']],
    ['http://localhost.example.org', ['`https://localhost.example.org/`']],
    ['http://ada:secret@example.org', ['none', '`https://example.org/`']],
  ])('may not be %s', (url, instead) => {
    expect(messages(url)).toEqual(instead);
  });

  it('may be plain where nothing is told that others could use', () => {
    expect(messages('http://example.org', null)).toEqual([]);
    expect(messages('http://ada@example.org', null)).toEqual(['none']);
  });
});

describe('where alarms are asked for (REL-4)', () => {
  const plain = { url: 'http://example.org' };
  const withToken = { ...plain, token: { env: 'RUNG_ALARMS_TOKEN' } };

  it.each(['prometheus', 'alertmanager'])('is told at its address: %s', (kind) => {
    expect(alarmFindings({ alarms: { [kind]: plain } })).toEqual([]);
    expect(pointers(alarmFindings({ alarms: { [kind]: withToken } }))).toEqual([`/alarms/${kind}/url`]);
    expect(pointers(alarmFindings({ environments: { dev: { alarms: { [kind]: withToken } } } }))).toEqual([
      `/environments/dev/alarms/${kind}/url`,
    ]);
  });

  it('is told with an address of its kind', () => {
    const [prometheus, alertmanager] = alarmFindings({
      alarms: { prometheus: { url: 'here' }, alertmanager: { url: 'there' } },
    });
    expect(prometheus?.instead).toContain('http://prometheus:9090');
    expect(alertmanager?.instead).toContain('http://alertmanager:9093');
  });
});

describe('a freeze', () => {
  const found = (freeze: unknown): readonly string[] =>
    pointers(calendarFindings({ freezes: [null, freeze] }));
  const [from, to] = ['2026-12-18 17:00', '2027-01-04 09:00'];

  it.each<[unknown, readonly string[]]>([
    [{ from, to, reason: 'Sale' }, []],
    [{ from, to, zone: 'Europe/London', reason: 'Sale' }, []],
    [{ yearly: '12-20..01-02', reason: 'Sale' }, []],
    [{ from, to }, []],
    [{}, []],
    [{ zone: 'UTC' }, []],
    [{ reason: 'Sale' }, ['']],
    [{ from, reason: 'Sale' }, ['']],
    [{ to, reason: 'Sale' }, ['']],
    [{ from, yearly: '12-20', reason: 'Sale' }, ['']],
    [{ from, to, yearly: '12-20', reason: 'Sale' }, ['']],
    [{ from: 7, to, reason: 'Sale' }, []],
    [{ from, to: null, reason: 'Sale' }, []],
    [{ yearly: '12-20', zone: 7, reason: 'Sale' }, []],
    [{ from: to, to: from, reason: 'Sale' }, ['/to']],
    [{ from, to, zone: 'Europe/Londn', reason: 'Sale' }, ['/zone']],
    [{ yearly: '12-20..02-31', reason: 'Sale' }, ['/yearly']],
  ])('is once, or every year: %j', (freeze, expected) => {
    expect(found(freeze)).toEqual(expected.map((place) => `/freezes/1${place}`));
  });

  it('that has one end alone is told which', () => {
    const message = (freeze: object): string | undefined =>
      calendarFindings({ freezes: [{ ...freeze, reason: 'Sale' }] })[0]?.message;
    expect(message({ from })).toContain('`from`');
    expect(message({ to })).toContain('`to`');
  });

  it('is found in one environment as in the whole project', () => {
    const freezes = [{ reason: 'Sale' }];
    expect(pointers(calendarFindings({ freezes, environments: { 'a/b': { freezes } } }))).toEqual([
      '/freezes/0',
      '/environments/a~1b/freezes/0',
    ]);
  });
});

describe('a window', () => {
  it('is told at the character that is wrong', () => {
    const windows = ['Tue-Thu 09:00-16:00 UTC', 7, 'Tue-Thrs 09:00-16:00 UTC'];
    expect(calendarFindings({ environments: { prod: { windows } } })).toMatchObject([
      { on: 'value', pointer: '/environments/prod/windows/2', offset: 4 },
    ]);
  });
});
