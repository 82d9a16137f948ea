import { join } from 'node:path';
import { Pool } from 'undici';
import { Failure, type FailureKind } from '../../domain/failure.ts';
import { type RoomAnswer, type RoomCall, type RoomStatus, roomSocket } from './room/messages.ts';

/** Talks to the room of an environment. Throws `room-away` (unavailable) when it does not answer. */
export interface RoomClient {
  status(signal?: AbortSignal): Promise<RoomStatus>;
  call(call: RoomCall, signal?: AbortSignal): Promise<RoomAnswer>;
  /** Calls for each change; resolves when the room is gone. Rejects when it was not there. */
  watch(call: () => void, signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

export function roomClient(dir: string): RoomClient {
  const pool = new Pool('http://room', { socketPath: join(dir, roomSocket), connections: 8, bodyTimeout: 0 });
  const ask = async (method: 'GET' | 'POST', path: string, body?: object, signal?: AbortSignal) => {
    const answer = await pool
      .request({
        method,
        path,
        headersTimeout: 0,
        ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}),
        ...(signal ? { signal } : {}),
      })
      .catch((thrown: unknown) => {
        throw away(thrown);
      });
    if (answer.statusCode === 200) return answer;
    throw failureOf(await answer.body.json());
  };
  return {
    status: async (signal) =>
      (await (await ask('GET', '/workloads', undefined, signal)).body.json()) as RoomStatus,
    call: async (call, signal) =>
      (await (await ask('POST', '/calls', call, signal)).body.json()) as RoomAnswer,
    watch: async (call, signal) => {
      const { body } = await ask('GET', '/watch', undefined, signal);
      await body.forEach(() => call(), { signal }).catch(() => undefined);
    },
    close: () => pool.destroy(),
  };
}

const away = (cause: unknown): Failure =>
  new Failure(
    'unavailable',
    'room-away',
    'The program that runs this environment’s services does not answer.',
    {
      wayOut: 'It is started again by itself; its services go on meanwhile.',
      cause,
    },
  );

function failureOf(body: unknown): Failure {
  const told = body as { kind?: FailureKind; code?: string; message?: string; wayOut?: string };
  return new Failure(
    told.kind ?? 'defect',
    told.code ?? 'defect',
    told.message ?? 'The room failed.',
    told.wayOut === undefined ? {} : { wayOut: told.wayOut },
  );
}
