/**
 * Requests a second straight to an instance and through the gateway, in one run (Linux):
 * `node test/bench/gateway.ts [seconds] [connections]`. Prints both, their ratio, and what a request costs.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { systemClock } from '../../src/engine/clock.ts';
import { Cleanup, gatewayProcess, route, target, temporaryFolder, until } from '../gateway/world.ts';
import { isSmall, row, subject } from './row.ts';

const seconds = Number(process.argv[2] ?? (isSmall ? 1 : 5));
const connections = Number(process.argv[3] ?? 32);
const lastBytes = Buffer.from('hello');

if (process.argv[2] === 'instance') {
  const server = createServer((_request, response) => response.end('hello'));
  server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
} else {
  await compare();
}

async function compare(): Promise<void> {
  subject({
    title: 'The gateway',
    about: 'Requests straight to an instance and through the gateway, in one run.',
  });
  const cleanup = new Cleanup();
  try {
    const instance = fork(import.meta.filename, ['instance']);
    cleanup.add(() => instance.kill());
    const [instancePort] = (await once(instance, 'message')) as [number];
    const { client, process: gateway } = await gatewayProcess(cleanup, await temporaryFolder(cleanup));
    await client.setRoutes([route({ stable: target('1.0.0', `127.0.0.1:${instancePort}`) })]);
    const port = (await client.state()).routes[0]?.port ?? 0;
    await perSecond(port, 1);
    const direct = await perSecond(instancePort, seconds);
    const before = cpuSeconds(gateway.pid);
    const through = await perSecond(port, seconds);
    const spent = cpuSeconds(gateway.pid) - before;
    const beside = { what: 'straight to the instance', figure: direct };
    row({ what: 'through the gateway', figure: through, unit: 'requests/s', beside });
    row({ what: 'the gateway alone', figure: (through * seconds) / spent, unit: 'requests/CPU s' });
    await client.shutdown();
    await until(async () => (await client.health().catch(() => null)) === null);
  } finally {
    await cleanup.run();
  }
}

/** Of a process, so far. On a machine that does other things, too, this says more than the clock. Linux only. */
function cpuSeconds(pid: number | undefined): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** A client that costs little, so that it is not what is measured: bare sockets, one request at a time on each. */
async function perSecond(port: number, forSeconds: number): Promise<number> {
  const request = Buffer.from(`GET / HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\n\r\n`);
  const sockets = Array.from({ length: connections }, () => connect(port, '127.0.0.1'));
  let answered = 0;
  for (const socket of sockets) {
    socket.setNoDelay(true);
    socket.on('connect', () => socket.write(request));
    socket.on('data', (chunk) => {
      if (!chunk.subarray(-lastBytes.length).equals(lastBytes)) return;
      answered += 1;
      socket.write(request);
    });
  }
  await systemClock.sleep(forSeconds * 1_000);
  for (const socket of sockets) socket.destroy();
  return answered / forSeconds;
}
