import { expect, it } from 'vitest';
import { isIn, prepended } from './apply-news.ts';
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
const log = { pages: [{ items: [event(2), event(1)], next: null }], pageParams: [undefined] };

it('puts a new event on top of the log', () => {
  expect(prepended(log, event(3)).pages[0]?.items.map((one) => one.position)).toEqual([3, 2, 1]);
});

it('never shows an event twice', () => {
  expect(prepended(log, event(2))).toBe(log);
});

it('takes up what concerns the page, and nothing that is for agents alone', () => {
  expect([isIn({}, event(3)), isIn({ environment: 'dev' }, event(3))]).toEqual([true, true]);
  expect(isIn({ environment: 'prod' }, event(3))).toBe(false);
  expect(isIn({}, { ...event(3), kind: 'desired.changed' })).toBe(false);
});
