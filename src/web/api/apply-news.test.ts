import { expect, it } from 'vitest';
import { isIn, type LogPages, prepended } from './apply-news.ts';
import type { EventView } from './views.ts';

const event = (position: number): EventView => ({
  position,
  at: position,
  kind: 'promotion.started',
  actor: { kind: 'automation', rule: 'test' },
  environment: 'dev',
  subject: 'promotion/1',
  message: `event ${position}`,
  payload: {},
});
const log: LogPages = { pages: [{ items: [event(2), event(1)], next: null }], pageParams: [undefined] };

it('puts a new event on top of the log', () => {
  expect(prepended(log, event(3)).pages[0]?.items.map((one) => one.position)).toEqual([3, 2, 1]);
});

it('never shows an event twice', () => {
  expect(prepended(log, event(2))).toBe(log);
});

const positions = (of: LogPages) => of.pages.flatMap(({ items }) => items.map(({ position }) => position));

it('keeps no more than some hundred events, however many come, and asks for older ones from there on', () => {
  let grown: LogPages = log;
  for (let position = 3; position <= 5000; position += 1) grown = prepended(grown, event(position));
  const kept = positions(grown);
  expect([kept.length, kept[0], kept.at(-1)]).toEqual([500, 5000, 4501]);
  expect(grown.pages.at(-1)?.next).toBe('4501');
});

it('keeps as much more of the log as a person asked for', () => {
  const page = (from: number) => ({
    items: Array.from({ length: 50 }, (_, index) => event(from - index)),
    next: String(from - 49),
  });
  let grown: LogPages = { pages: [page(150), page(100), page(50)], pageParams: [undefined, 101, 51] };
  for (let position = 151; position <= 600; position += 1) grown = prepended(grown, event(position));
  expect(positions(grown).at(-1)).toBe(1);
  for (let position = 601; position <= 1000; position += 1) grown = prepended(grown, event(position));
  const kept = positions(grown);
  expect(kept).toEqual(Array.from({ length: kept.length }, (_, index) => 1000 - index));
  expect([kept.length, grown.pages.length, grown.pageParams.length]).toEqual([600, 1, 1]);
  expect(grown.pages.at(-1)?.next).toBe(String(kept.at(-1)));
});

it('takes up what concerns the page, and nothing that is for agents alone', () => {
  expect([isIn({}, event(3)), isIn({ environment: 'dev' }, event(3))]).toEqual([true, true]);
  expect(isIn({ environment: 'prod' }, event(3))).toBe(false);
  expect(isIn({}, { ...event(3), kind: 'desired.changed' })).toBe(false);
});
