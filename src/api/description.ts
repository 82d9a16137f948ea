import '@fastify/swagger';
import { Failure } from '../domain/failure.ts';
import type { Clock } from '../engine/clock.ts';
import type { ControlPlane } from '../lifecycle/face.ts';
import { createApp, type MadeApp } from './app.ts';
import type { RouteAccess } from './door.ts';

const never = (): never => {
  throw new Failure('defect', 'not-serving', 'This API was made to be described, not to serve.');
};

/** The description of the API (OpenAPI 3.1), without serving it: for the reference pages and for making the client. */
export const describeApi = (clock: Clock): Promise<object> =>
  unserved(clock, ({ context: { app } }) => app.swagger());

/** Every route with who may call it, for the page of permissions. */
export const describeAccess = (clock: Clock): Promise<readonly RouteAccess[]> =>
  unserved(clock, ({ routes }) => routes);

async function unserved<T>(clock: Clock, read: (made: MadeApp) => T): Promise<T> {
  const made = await createApp(
    {
      // Routes ask for it only when they are called.
      controlPlane: {} as ControlPlane,
      clock,
      log: { info: never, warn: never, error: never },
      identity: { methods: [], begin: never, finish: never },
      signInMemory: { keepLink: never, takeLink: never, revokeSession: never, isRevoked: never },
      sessionKey: new Uint8Array(32),
      listen: { host: '127.0.0.1', port: 0 },
      webFolder: null,
      laptop: null,
    },
    { host: '127.0.0.1', port: 0 },
    new AbortController().signal,
  );
  try {
    return read(made);
  } finally {
    await made.context.app.close();
  }
}
