import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { defaultLimits } from '../../src/api/limits.ts';
import { createChain } from '../api/chain.ts';
import { laptopToken, stage } from '../api/stage.ts';
import type { ControlPlane } from '../../src/lifecycle/face.ts';
import { head, type Wire, wireTo } from './wire.ts';

const streams = 1000;
const followed = 'GET /api/v1/projects/access/events';

/** A token for each of some people: one alone may not have all of them. */
const tokens: Partial<ControlPlane> = {
  callerOfToken: async (secret) => ({
    project: '0197a1b2-0000-7000-8000-000000000001' as never,
    caller: {
      actor: { kind: 'token', id: secret as never, name: secret },
      scopes: ['read'],
      person: null,
    },
  }),
};

const collect = (): number => {
  (globalThis as { gc?: () => void }).gc?.();
  return process.memoryUsage().heapUsed;
};

it('keeps 1,000 event streams open, tells all of them, and has nothing left of them afterwards', async () => {
  const chain = createChain();
  const { api, logged } = await stage({ ...chain.parts, ...tokens });
  const before = collect();
  const wires: Wire[] = [];
  for (let count = 0; count < streams; count += 1) {
    const wire = wireTo(api.port);
    const token = `rung_${Math.floor(count / defaultLimits.streamsOfOne)}`;
    wire.write(head(api.port, followed, `authorization: Bearer ${token}`));
    wires.push(wire);
  }
  await Promise.all(wires.map((wire) => wire.until('text/event-stream')));
  while (chain.followers() < 1) await setImmediate();
  const each = (collect() - before) / streams;
  console.log(`${streams} streams: ${Math.round(each / 1024)} KiB of heap each, both ends of them`);
  expect(each).toBeLessThan(100 * 1024);

  chain.happen('told to all');
  await Promise.all(wires.map((wire) => wire.until('told to all')));

  const beyond = wireTo(api.port);
  beyond.write(head(api.port, followed, 'authorization: Bearer rung_0', 'connection: close'));
  expect(await beyond.ended).toMatch(/^HTTP\/1\.1 429 .*retry-after: 10\r\n/su);

  const own = wireTo(api.port);
  own.write(head(api.port, followed, `authorization: Bearer ${laptopToken}`));
  await own.until('text/event-stream');
  for (const { socket } of [...wires, own]) socket.destroy();
  while (chain.followers() > 0) await setImmediate();
  expect(logged).toEqual([]);
});
