import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { learnServerTime, serverNow } from './now.ts';

const server = Date.parse('2026-11-20T12:00:00Z');
const minuteMs = 60_000;

/** The browser's clock goes wrong by this; the server's goes on. */
const browserIsAhead = (ms: number): void => void vi.setSystemTime(server + ms);
const wrongBy = (): number => serverNow() - server;

beforeEach(() => {
  vi.useFakeTimers();
  browserIsAhead(0);
  learnServerTime(server, 0);
});
afterEach(() => vi.useRealTimers());

it('keeps ages right though an answer took long on its way back', () => {
  learnServerTime(server - 8000, 8050);
  expect(wrongBy()).toBe(0);
});

it('keeps what it knows of a browser whose clock is wrong through an answer that took long', () => {
  browserIsAhead(-7 * minuteMs);
  learnServerTime(server, 40);
  learnServerTime(server - 8000, 8050);
  expect(Math.abs(wrongBy())).toBeLessThan(50);
});

it('sees that the clock of the browser is half a second wrong', () => {
  browserIsAhead(500);
  learnServerTime(server, 40);
  expect(Math.abs(wrongBy())).toBeLessThan(50);
});

it('is right again with the next answer once the clock of the browser was set', () => {
  browserIsAhead(90 * minuteMs);
  learnServerTime(server, 40);
  browserIsAhead(0);
  learnServerTime(server, 40);
  expect(Math.abs(wrongBy())).toBeLessThan(50);
});
