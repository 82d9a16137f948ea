import { expect, it } from 'vitest';
import { parse } from '../../../test/kit/project-file.ts';
import { moment } from './calendar.kit.ts';
import { calendarHints } from './hints.ts';

const yaml = (freezes: string, windows = '"Tue 09:00-16:00 UTC"'): string => `rung: 1
project: shop
services:
  web: { run: [node, server.js], health: /healthz }
environments:
  prod: { tier: production, windows: [${windows}] }
pipelines:
  main: [{ environment: prod }]
freezes:
${freezes}`;
const hints = (text: string): readonly string[] =>
  calendarHints(parse(text).file, moment('2026-11-21T00:00Z')).map((one) => `${one.pointer} ${one.message}`);

it('has nothing to say of a calendar that will do what it says', () => {
  expect(hints(yaml('  - { yearly: 12-20..01-02, reason: Sale }'))).toEqual([]);
});

it('names a freeze that is over, and one that overlaps with another', () => {
  const freezes = [
    '{ from: "2025-12-18 17:00", to: "2026-01-04 09:00", reason: Old }',
    '{ from: "2026-12-18 17:00", to: "2027-01-04 09:00", reason: New }',
    '{ from: "2027-01-04 08:00", to: "2027-01-05 09:00", reason: More }',
  ];
  expect(hints(yaml(freezes.map((one) => `  - ${one}\n`).join('')))).toEqual([
    '/freezes/0 This freeze is over.',
    '/freezes/2 This freeze overlaps with freeze 2 of this list.',
  ]);
});

it('calls a freeze over at the very moment at which it ends, and overlapping with none that it only touches', () => {
  const freezes = [
    '{ from: "2026-11-20 00:00", to: "2026-11-21 00:00", reason: Old }',
    '{ from: "2026-12-18 00:00", to: "2026-12-19 00:00", reason: New }',
    '{ from: "2026-12-19 00:00", to: "2026-12-20 00:00", reason: More }',
  ];
  expect(hints(yaml(freezes.map((one) => `  - ${one.replace(' }', ', zone: UTC }')}\n`).join('')))).toEqual([
    '/freezes/0 This freeze is over.',
  ]);
});

it('names a window that freezes never let open', () => {
  const freeze = '  - { from: "2026-11-01 00:00", to: "2027-10-01 00:00", reason: Sale }\n';
  const next = '  - { from: "2027-10-01 00:00", to: "2028-09-01 00:00", reason: More }\n';
  expect(hints(yaml(freeze + next))).toEqual([
    '/environments/prod/windows/0 The window Tue 09:00-16:00 UTC does not open within 400 days: each time, there is a freeze.',
  ]);
});
