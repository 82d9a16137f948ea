import { fork } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { systemClock } from '../../src/engine/clock.ts';
import type { Figures, Order } from './event-streams.server.ts';
import { quantile, row, sized, subject } from './row.ts';

const streams = sized(1000, 50);
const ofOne = 200;
const stalledMs = 3000;
const server = fork(fileURLToPath(new URL('./event-streams.server.ts', import.meta.url)), {
  execArgv: ['--expose-gc'],
  env: { ...process.env, STALLED_MS: String(stalledMs) },
});
const answered = async <T>(): Promise<T> => ((await once(server, 'message')) as [T])[0];
const told = async <T>(order: Order): Promise<T> => {
  server.send(order);
  return answered<T>();
};

/** A reader that knows how far it came. */
interface Reader {
  readonly socket: Socket;
  position: number;
  count: number;
  onPosition: () => void;
}

const port = await answered<number>();
const tokens = await told<readonly string[]>({ kind: 'tokens', count: Math.ceil(streams / ofOne) + 1 });

function follow(at: number, after?: number): Reader {
  const socket = connect({ host: '127.0.0.1', port });
  const reader: Reader = { socket, position: 0, count: 0, onPosition: () => undefined };
  const from = after === undefined ? [] : [`last-event-id: ${after}`];
  let rest = '';
  const token = `authorization: Bearer ${tokens[Math.floor(at / ofOne)] ?? ''}`;
  const path = '/api/v1/projects/access/events';
  socket.write([`GET ${path} HTTP/1.1`, `host: 127.0.0.1:${port}`, token, ...from, '', ''].join('\r\n'));
  socket.setEncoding('utf8').on('data', (text: string) => {
    rest += text;
    const whole = rest.slice(0, rest.lastIndexOf('\n\n') + 2);
    rest = rest.slice(whole.length);
    for (const { groups } of whole.matchAll(/^id: (?<id>\d+)$/gmu)) {
      reader.position = Number(groups?.['id']);
      reader.count += 1;
    }
    reader.onPosition();
  });
  // What the server cuts off is closed, and looked at there.
  socket.on('error', () => undefined);
  return reader;
}

const reaches = (reader: Reader, position: number): Promise<void> =>
  new Promise((resolve) => {
    reader.onPosition = () => {
      if (reader.position >= position) resolve();
    };
    reader.onPosition();
  });

subject({
  title: 'Event streams',
  about: `${streams} pages follow the log of one project, on a server in a process of its own with a real PostgreSQL; one of them reads nothing.`,
});

const before = await told<Figures>({ kind: 'figures' });
const readers: Reader[] = [];
for (let at = 0; at < streams; at += 1) readers.push(follow(at));
await Promise.all(readers.map(({ socket }) => once(socket, 'data')));
const slow = follow(streams);
await once(slow.socket, 'data');
slow.socket.pause();
const open = await told<Figures>({ kind: 'figures' });
const eachKib = (open.residentBytes - before.residentBytes) / streams / 1024;
row({
  what: 'memory of one open stream',
  figure: eachKib,
  unit: 'KiB',
  reach: { text: '≤ 100', holds: eachKib <= 100 },
});

const idleMs = sized(10_000, 500);
await systemClock.sleep(idleMs);
const rested = await told<Figures>({ kind: 'figures' });
const idleShare = ((rested.cpuMs - open.cpuMs) / idleMs) * 100;
row({ what: 'processor while nothing happens', figure: idleShare, unit: '% of a core' });

/** Commits so many events; gives the time until the last reader has the last of them, each time. */
async function tell(count: number, text: string): Promise<readonly number[]> {
  const startedMs = systemClock.monotonicMs();
  const last = (readers[0]?.position ?? 0) + count;
  const arrived = readers.map(async (reader) => {
    await reaches(reader, last);
    return systemClock.monotonicMs() - startedMs;
  });
  await told({ kind: 'events', count, text });
  return Promise.all(arrived);
}

const positions = new Set<number>();
await tell(1, 'the first, by which all know where they are').catch(() => undefined);
for (const { position } of readers) positions.add(position);
if (positions.size !== 1) throw new Error(`readers are at ${[...positions].join(', ')}`);
const beforeOne = await told<Figures>({ kind: 'figures' });
const rounds = sized(10, 3);
const took: number[] = [];
for (let round = 0; round < rounds; round += 1) took.push(...(await tell(1, 'told to all')));
const afterOne = await told<Figures>({ kind: 'figures' });
row({
  what: `an event committed until a page has it, p95`,
  figure: quantile(took, 0.95),
  unit: 'ms',
  note: `the last of ${streams} pages after ${Math.round(Math.max(...took))} ms`,
});
row({
  what: 'processor for one event told to all',
  figure: (afterOne.cpuMs - beforeOne.cpuMs) / rounds,
  unit: 'ms',
});

// The others would take so much that their own end of it is what is measured.
const [keen, ...rest] = readers;
for (const { socket } of rest) socket.destroy();
readers.length = 1;
const much = sized(8000, 4000);
const reset = once(slow.socket, 'close');
const unloaded = await told<Figures>({ kind: 'figures' });
await tell(much, 'x'.repeat(2000));
const loaded = await told<Figures>({ kind: 'figures' });
const grownMib = (loaded.residentBytes - unloaded.residentBytes) / 1024 / 1024;
row({
  what: `memory after ${much} more events of 2 kB, with the one who reads nothing`,
  figure: grownMib,
  unit: 'MiB more',
  reach: { text: '≤ 100', holds: grownMib <= 100 },
});
// What it does not read, it does not see end either.
await systemClock.sleep(2 * stalledMs);
slow.socket.resume();
await reset;
const again = follow(streams, slow.position);
await reaches(again, keen?.position ?? 0);
row({
  what: 'events missed by the one who was cut off and came back',
  figure: (keen?.position ?? 0) - slow.position - again.count,
  unit: 'events',
  note: `${slow.count} before the cut, ${again.count} after it`,
});
for (const { socket } of [...readers, slow, again]) socket.destroy();
server.send({ kind: 'end' } satisfies Order);
await once(server, 'exit');
