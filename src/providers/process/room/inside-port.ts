import { createServer } from 'node:net';
import { Failure } from '../../../domain/failure.ts';

/** Below the range from which systems take ports for outgoing connections, so that none of those gets in the way. */
const first = 20_000;
const last = 29_999;

/** A port on the loopback address that nobody listens on and that is not in `taken`. */
export async function freePort(taken: ReadonlySet<number>, startAt: number): Promise<number> {
  const span = last - first + 1;
  for (let step = 0; step < span; step += 1) {
    const port = first + ((startAt + step) % span);
    if (!taken.has(port) && (await isFree(port))) return port;
  }
  throw new Failure('limited', 'no-port-free', 'Every port for services is taken in this environment.', {
    wayOut: `End some programs that listen on ports ${first} to ${last}.`,
  });
}

export const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => server.close(() => resolve(true)));
  });
