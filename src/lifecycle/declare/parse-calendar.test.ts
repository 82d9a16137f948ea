import { describe, expect, it } from 'vitest';
import { parse, problemsOf } from '../../../test/kit/project-file.ts';

const yaml = (prod: string, project = ''): string => `rung: 1
project: shop
services:
  web: { run: [node, server.js], health: /healthz }
environments:
  prod:
    tier: production
${prod}
pipelines:
  main: [{ environment: prod }]
${project}`;
const windows = (...texts: readonly string[]): string => yaml(`    windows: [${texts.join(', ')}]`);
const freezes = (freeze: string): string => yaml('    owner: Ada', `freezes:\n  - ${freeze}\n`);

describe('windows and freezes of a project file', () => {
  it('are accepted as they are written', () => {
    const { file } = parse(
      yaml(
        `    windows: ["Tue-Thu 09:00-16:00 Europe/London", 'Sun 22:00-02:00 UTC']\n    freezes:\n      - { yearly: 12-20..01-02, zone: Europe/London, reason: Holidays }`,
        'freezes:\n  - { from: "2026-12-18 17:00", to: "2027-01-04 09:00", reason: Sale }\n',
      ),
    );
    expect(file.environments).toMatchObject({
      prod: {
        windows: ['Tue-Thu 09:00-16:00 Europe/London', 'Sun 22:00-02:00 UTC'],
        freezes: [{ kind: 'yearly', days: '12-20..01-02', zone: 'Europe/London', reason: 'Holidays' }],
      },
    });
    expect(file.freezes).toMatchObject([{ kind: 'once', zone: 'UTC' }]);
  });

  it.each([
    [
      'a day that is none, in quotes',
      windows('"Tue-Thrs 09:00-16:00 Europe/London"'),
      [
        '8:20 /environments/prod/windows/0 There is no day "Thrs". | `daily`, or days of Mon, Tue, Wed, Thu, Fri, Sat, Sun',
      ],
    ],
    [
      'a zone that is none, without quotes',
      windows('Tue 09:00-16:00 Europe/Londn'),
      ['8:31 /environments/prod/windows/0 There is no time zone "Europe/Londn". | `Europe/London`'],
    ],
    [
      'two mistakes in two windows, and each at its place',
      windows(`'Tue 9-16:00 UTC'`, `"Fri 25:00-26:00 UTC"`),
      [
        '8:20 /environments/prod/windows/0 "9" is not a time of day. | `09:00`',
        '8:39 /environments/prod/windows/1 "25:00" is not a time of day. | hours and minutes, `00:00` to `24:00`',
        '8:45 /environments/prod/windows/1 "26:00" is not a time of day. | hours and minutes, `00:00` to `24:00`',
      ],
    ],
    [
      'a text with an escape before the mistake',
      windows('"Tue\\u002DThrs 09:00-16:00 UTC"'),
      [
        '8:25 /environments/prod/windows/0 There is no day "Thrs". | `daily`, or days of Mon, Tue, Wed, Thu, Fri, Sat, Sun',
      ],
    ],
    [
      'a freeze that ends before it starts',
      freezes('{ from: "2026-12-18 17:00", to: "2026-12-17 17:00", reason: Sale }'),
      ['12:38 /freezes/0/to The freeze ends before it starts. | a time after `2026-12-18 17:00`'],
    ],
    [
      'a freeze on a day that is none',
      freezes('{ yearly: "12-20..02-31", reason: Sale }'),
      ['12:23 /freezes/0/yearly "02-31" is not a day of the year. | month and day, such as `12-20`'],
    ],
    [
      'a freeze without a time',
      freezes('{ reason: Sale }'),
      ['12:5 /freezes/0 This freeze does not say when it is. | either `from` and `to`, or `yearly`'],
    ],
    [
      'a freeze that has a start alone',
      freezes('{ from: "2026-12-18 17:00", reason: Sale }'),
      ['12:5 /freezes/0 This freeze has a `from` alone. | either `from` and `to`, or `yearly`'],
    ],
    [
      'a freeze of both kinds',
      freezes('{ from: "2026-12-18 17:00", yearly: 12-20, reason: Sale }'),
      ['12:5 /freezes/0 This freeze is both once and every year. | either `from` and `to`, or `yearly`'],
    ],
    [
      'an offset for a zone',
      freezes('{ yearly: 12-20, zone: "+01:00", reason: Sale }'),
      [
        '12:29 /freezes/0/zone "+01:00" is an offset: it does not follow a place\'s summer time. | a place, for example `Europe/London`, or `UTC`',
      ],
    ],
  ])('name %s', (_, text, problems) => {
    expect(problemsOf(text)).toEqual(problems);
  });
});
