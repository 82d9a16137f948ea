import { describe, expect, it } from 'vitest';
import { openPlane } from '../../../test/kit/plane.ts';
import type { Store } from '../../engine/store.ts';
import { payloadsKeptMs, startPayloadExpiry } from './payload-expiry.ts';
import { readableLog, storeWith } from './store-with.kit.ts';

const dayMs = 86_400_000;
const steadyMs = 600_000;
const yaml = `
rung: 1
project: access
audit: { keep-payloads: 90d }
roles:
  lead: { members: [ada@example.org] }
services:
  web: { path: web, run: [node, server.js], health: /healthz }
environments:
  dev: { tier: development, source: develop, deploy: on-merge }
pipelines:
  main:
    - environment: dev
`;

/** The daily job over a store of which this is another. */
async function withExpiry(expirePayloads: Store['expirePayloads']) {
  const plane = await openPlane(yaml);
  const { log, lines } = readableLog();
  const asked: (readonly number[])[] = [];
  const counting: Store['expirePayloads'] = (project, before, limit) => {
    asked.push([before, limit]);
    return expirePayloads(project, before, limit);
  };
  const store = storeWith(plane.parts.store, { expirePayloads: counting });
  const expiry = startPayloadExpiry({ store, clock: plane.clock, log });
  return { plane, asked, lines, expiry };
}

describe('how long payloads are kept', () => {
  const keep = (days: number) => ({ audit: { keepPayloadsMs: days * dayMs } });
  it.each([
    ['nothing is in force', [], null],
    ['one file says nothing of it', [keep(90), {}], null],
    ['one file says so', [keep(90)], 90 * dayMs],
    ['files say different times', [keep(90), keep(120), keep(100)], 120 * dayMs],
  ])('is as long as any rules ask for, where %s', (_, files, keptMs) => {
    expect(payloadsKeptMs(files)).toBe(keptMs);
  });
});

describe('letting payloads expire', () => {
  it('is done piece by piece until there is nothing, each day', async () => {
    const counts = [500, 20, 0, 0];
    const { plane, asked, lines, expiry } = await withExpiry(async () => counts.shift() ?? 0);
    const before = plane.clock.now() + steadyMs - 90 * dayMs;
    await plane.clock.advance(steadyMs);
    expect(asked).toEqual([
      [before, 500],
      [before, 500],
      [before, 500],
    ]);
    expect(lines).toEqual([['info', { project: plane.project, expired: 520 }]]);
    await plane.clock.advance(dayMs);
    expect([asked.length, lines.length]).toEqual([4, 1]);
    await expiry.stop();
    await plane.clock.advance(2 * dayMs);
    expect(asked).toHaveLength(4);
  });

  it('pauses for a minute after 20,000, and goes on until there is nothing', async () => {
    let left = 45_000;
    const { plane, asked, lines, expiry } = await withExpiry(async () => {
      const count = Math.min(left, 500);
      left -= count;
      return count;
    });
    await plane.clock.advance(steadyMs);
    expect(asked).toHaveLength(40);
    expect(lines).toEqual([['info', { project: plane.project, expired: 20_000 }]]);
    await plane.clock.advance(3 * 60_000);
    expect(left).toBe(0);
    expect(asked).toHaveLength(91);
    await expiry.stop();
  });

  it('is not done by a clock that is far ahead when a machine starts, and is put right soon after', async () => {
    const yearMs = 365 * dayMs;
    const plane = await openPlane(yaml);
    const asked: number[] = [];
    const expirePayloads: Store['expirePayloads'] = async (_, before) => {
      asked.push(before);
      return 0;
    };
    const store = storeWith(plane.parts.store, { expirePayloads });
    plane.clock.jump(yearMs);
    const expiry = startPayloadExpiry({ store, clock: plane.clock, log: readableLog().log });
    await plane.clock.advance(60_000);
    plane.clock.jump(-yearMs);
    await plane.clock.advance(3 * steadyMs);
    expect(asked.map((before) => before < plane.clock.now() - 89 * dayMs)).toEqual([true]);
    await expiry.stop();
  });

  it('is stopped in its pause', async () => {
    const { plane, asked, lines, expiry } = await withExpiry(async () => 500);
    await plane.clock.advance(steadyMs);
    await expiry.stop();
    await plane.clock.advance(dayMs);
    expect(asked).toHaveLength(40);
    expect(lines.map(([level]) => level)).toEqual(['info']);
  });

  it('looks once a day at a project that keeps them for ever', async () => {
    const plane = await openPlane(yaml.replace('audit: { keep-payloads: 90d }\n', ''));
    const { store } = plane.parts;
    let looks = 0;
    const projects: Store['projects'] = async () => {
      looks += 1;
      return store.projects();
    };
    const counting = storeWith(store, { projects });
    const expiry = startPayloadExpiry({ store: counting, clock: plane.clock, log: readableLog().log });
    await plane.clock.advance(2 * dayMs + 2 * steadyMs);
    expect(looks).toBe(3);
    await expiry.stop();
  });

  it('ends with the piece under way when it is stopped', async () => {
    const piece = Promise.withResolvers<number>();
    const { plane, asked, expiry } = await withExpiry(() => piece.promise);
    await plane.clock.advance(steadyMs);
    let isOver = false;
    const stopping = expiry.stop().finally(() => {
      isOver = true;
    });
    await plane.clock.settle();
    expect(isOver).toBe(false);
    piece.resolve(500);
    await stopping;
    expect(asked).toHaveLength(1);
  });

  it('is tried again the next day where it failed', async () => {
    const { plane, asked, lines, expiry } = await withExpiry(async () => Promise.reject(new Error('away')));
    await plane.clock.advance(steadyMs);
    expect(lines.map(([level]) => level)).toEqual(['warn']);
    await plane.clock.advance(dayMs);
    expect(asked).toHaveLength(2);
    await expiry.stop();
  });
});
