import { Failure } from '../domain/failure.ts';
import type { ActorId, Instant } from '../domain/ids.ts';
import { createApp } from './app.ts';
import type { ApiContext } from './context.ts';
import type { ApiOptions } from './options.ts';
import { signInLinkFor } from './routes/sign-in.ts';
import { isLoopback } from './security/hosts.ts';

export type { ApiLimits } from './limits.ts';
export type { ApiOptions, LaptopOptions } from './options.ts';

export interface Api {
  /** Where people reach it, for example `http://127.0.0.1:7420`. */
  readonly address: string;
  readonly port: number;
  /** A link that signs the person in, once. Only on a laptop. */
  signInLink(person: ActorId): Promise<{ readonly url: string; readonly expiresAt: Instant }>;
  /** Ends streams at once, gives requests under way a moment, then cuts what is left. */
  close(): Promise<void>;
}

/**
 * Serves people, CI and the page over HTTP. Denied `acting-as-needs-loopback` where a laptop's liberties were asked for on a listener
 * that others can reach; unavailable `address-taken` when the port is not free.
 */
export async function createApi(options: ApiOptions): Promise<Api> {
  refuseOpenLaptop(options);
  const closing = new AbortController();
  const at = { ...options.listen };
  const { context } = await createApp(options, at, closing.signal);
  const underWay = countRequests(context);
  at.port = await listen(context, options);
  return {
    address: context.origins.preferred,
    port: at.port,
    signInLink: (person) => signInLinkFor(context, person),
    close: async () => {
      closing.abort();
      await underWay.ended(context.limits.closingMs);
      await context.app.close();
    },
  };
}

function refuseOpenLaptop({ laptop, listen: { host }, publicOrigin }: ApiOptions): void {
  if (laptop === null || (isLoopback(host) && publicOrigin === undefined)) return;
  throw new Failure(
    'denied',
    'acting-as-needs-loopback',
    `Acting as others is for a laptop alone, and ${publicOrigin ?? host} can be reached by others.`,
    { wayOut: 'Listen on 127.0.0.1, or configure an identity provider for people to sign in with.' },
  );
}

async function listen({ app }: ApiContext, { listen: { host, port } }: ApiOptions): Promise<number> {
  try {
    await app.listen({ host, port });
  } catch (thrown) {
    await app.close();
    throw new Failure('unavailable', 'address-taken', `Rung cannot listen on ${host}:${port}.`, {
      wayOut: 'Choose another with --port, or end the program that listens there.',
      cause: thrown,
    });
  }
  const address = app.server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}

interface UnderWay {
  /** Resolves when nothing is under way, or after so long. */
  ended(withinMs: number): Promise<void>;
}

function countRequests({ app, options: { clock } }: ApiContext): UnderWay {
  let count = 0;
  let onIdle: () => void = () => undefined;
  app.server.on('request', (_request, response) => {
    count += 1;
    response.once('close', () => {
      count -= 1;
      if (count === 0) onIdle();
    });
  });
  return {
    ended: async (withinMs) => {
      if (count === 0) return;
      const idle = new Promise<void>((resolve) => {
        onIdle = resolve;
      });
      const stop = new AbortController();
      await Promise.race([idle, clock.sleep(withinMs, stop.signal).catch(() => undefined)]);
      stop.abort();
    },
  };
}
