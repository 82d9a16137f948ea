import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { expect, it } from 'vitest';
import { freePort, isFree, portRanges } from './free-port.ts';

const { outer, instances } = portRanges;

it('passes over what somebody listens on and what is taken, and begins again at the first', async () => {
  const port = await freePort(outer);
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  expect(await isFree(port)).toBe(false);
  const next = await freePort(outer, { startAt: port });
  expect(next).not.toBe(port);
  expect(await freePort(outer, { startAt: port, taken: new Set([next]) })).not.toBe(next);
  server.close();
  expect(await freePort({ first: port, last: port })).toBe(port);
});

it('says so when none is left', async () => {
  const taken = new Set(Array.from({ length: 10_000 }, (_, index) => instances.first + index));
  await expect(freePort(instances, { taken })).rejects.toMatchObject({ code: 'no-port-free' });
});

it.runIf(process.platform === 'linux')('keeps out of what this system takes for connections', async () => {
  const range = await readFile('/proc/sys/net/ipv4/ip_local_port_range', 'utf8');
  for (const { last } of [outer, instances]) expect(last).toBeLessThan(Number(range.split(/\s+/)[0]));
});
