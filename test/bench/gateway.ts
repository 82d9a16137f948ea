/** The gateway beside HAProxy: what a request costs, and how much later its answer comes. */
import { Cleanup } from '../gateway/world.ts';
import { cpuSeconds, generator, haproxy, instance, isThere, ourGateway } from './gateway/place.ts';
import type { Ask, Proxy } from './gateway/place.ts';
import { median, row, sized, subject } from './row.ts';

subject({
  title: 'The gateway',
  about:
    'Requests that one processor takes through the gateway at a split of 10 %, beside HAProxy with one thread and the same split: bodies of 1 KiB, 32 connections kept alive, clients and instances on another processor.',
});

const connections = 32;
const percent = 10;
const seconds = sized(6, 1);
const rounds = sized(5, 1);

interface Taken {
  readonly perCpuSecond: number;
  readonly perSecond: number;
}

async function most(ask: Ask, proxy: Proxy): Promise<Taken> {
  const before = cpuSeconds(proxy.pid);
  const { requests, failed } = await ask({ port: proxy.port, seconds, connections, perSecond: null });
  if (failed > 0) throw new Error(`${failed} requests failed`);
  return { perCpuSecond: requests / (cpuSeconds(proxy.pid) - before), perSecond: requests / seconds };
}

/** Turn about, so that what else the machine does meets both. */
async function turnAbout(ask: Ask, ours: Proxy, theirs: Proxy | null): Promise<[Taken[], Taken[]]> {
  const [own, other]: [Taken[], Taken[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    if (theirs !== null) other.push(await most(ask, theirs));
    own.push(await most(ask, ours));
  }
  return [own, other];
}

const perCpuSecond = (taken: readonly Taken[]): number => median(taken.map((one) => one.perCpuSecond));

async function costs(ask: Ask, ours: Proxy, theirs: Proxy | null): Promise<number> {
  await ask({ port: ours.port, seconds: sized(4, 1), connections, perSecond: null });
  const [own, other] = await turnAbout(ask, ours, theirs);
  const figure = perCpuSecond(own);
  const peak = median(own.map((one) => one.perSecond));
  row({
    what: `requests for each second of processor, ${percent} % to the candidate`,
    figure,
    unit: 'requests',
    note: `${peak.toFixed(0)} requests/s at the most`,
    ...(theirs === null
      ? {}
      : {
          beside: { what: 'HAProxy', figure: perCpuSecond(other) },
          reach: { text: '≥ 0.35 × HAProxy', holds: figure / perCpuSecond(other) >= 0.35 },
        }),
  });
  return peak;
}

/** Straight to the instance, through the gateway and through HAProxy in turn, as many requests a second. */
async function delays(
  ask: Ask,
  ports: { readonly straight: number; readonly ours: number; readonly theirs: number | null },
  perSecond: number,
): Promise<void> {
  const p99Ms = async (port: number): Promise<number> =>
    (await ask({ port, seconds, connections, perSecond })).p99Ms;
  const [through, straight, added, addedByOther]: [number[], number[], number[], number[]] = [[], [], [], []];
  for (let round = 0; round < rounds; round += 1) {
    const without = await p99Ms(ports.straight);
    const between = await p99Ms(ports.ours);
    straight.push(without);
    through.push(between);
    added.push(between - without);
    if (ports.theirs !== null) addedByOther.push((await p99Ms(ports.theirs)) - without);
  }
  const other = ports.theirs === null ? '' : `; HAProxy ${median(addedByOther).toFixed(2)} ms`;
  row({
    what: `p99 at a third of its peak, ${perSecond.toFixed(0)} requests/s`,
    figure: median(through),
    unit: 'ms',
    beside: { what: 'straight to the instance', figure: median(straight) },
    reach: { text: '≤ 1 ms more', holds: median(added) <= 1 },
    note: `${median(added).toFixed(2)} ms more${other}`,
  });
}

const cleanup = new Cleanup();
try {
  const instances = [await instance(cleanup), await instance(cleanup)] as const;
  const ours = await ourGateway(cleanup, instances, percent);
  const theirs = isThere('haproxy') ? await haproxy(cleanup, instances, percent) : null;
  const ask = generator(cleanup);
  const peak = await costs(ask, ours, theirs);
  const ports = { straight: instances[0].port, ours: ours.port, theirs: theirs?.port ?? null };
  await delays(ask, ports, peak / 3);
} finally {
  await cleanup.run();
}
