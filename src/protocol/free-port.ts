import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { Failure } from '../domain/failure.ts';

/**
 * From which Rung takes the ports that nobody named. Both are below the range from which systems take ports for outgoing
 * connections (32768 on Linux, 49152 elsewhere): one of those would keep a listener that died from coming back.
 */
export const portRanges = {
  /** What people and clients reach: gateways, the control plane, the database. */
  outer: { first: 10_000, last: 19_999 },
  /** Instances of services, inside their environment. */
  instances: { first: 20_000, last: 29_999 },
} as const;

export interface PortRange {
  readonly first: number;
  readonly last: number;
}

export interface PortSearch {
  readonly taken?: ReadonlySet<number>;
  /** The port to look at first; one by chance when it is left out, so that two that look at once find different ones. */
  readonly startAt?: number;
}

/** A port on 127.0.0.1 on which nobody listens and that is not in `taken`. Throws limited `no-port-free`. */
export async function freePort(
  { first, last }: PortRange,
  { taken = new Set(), startAt = randomInt(first, last + 1) }: PortSearch = {},
): Promise<number> {
  const span = last - first + 1;
  for (let step = 0; step < span; step += 1) {
    const port = first + ((startAt - first + step) % span);
    if (!taken.has(port) && (await isFree(port))) return port;
  }
  throw new Failure('limited', 'no-port-free', `Every port from ${first} to ${last} is taken.`, {
    wayOut: 'End some programs that listen on them.',
  });
}

export const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => server.close(() => resolve(true)));
  });

const soonMs = 3_000;
const lookEveryMs = 10;

/**
 * Whether it is free, or is within 3 s: a program that was killed looks dead before the last of it is gone, and listens
 * until then.
 */
export async function isSoonFree(
  port: number,
  clock: { monotonicMs(): number; sleep(ms: number): Promise<void> },
): Promise<boolean> {
  const deadlineMs = clock.monotonicMs() + soonMs;
  while (!(await isFree(port))) {
    if (clock.monotonicMs() >= deadlineMs) return false;
    await clock.sleep(lookEveryMs);
  }
  return true;
}
