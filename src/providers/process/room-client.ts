import { join } from 'node:path';
import { Agent, type IncomingMessage, request } from 'node:http';
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

/** A room says at once how things stand, and what it begins. One that does not is stopped, or the machine is. */
const promptWithinMs = 5000;
const isPrompt = ({ call }: RoomCall): boolean => call === 'start' || call === 'stop';

export function roomClient(dir: string): RoomClient {
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
  const socketPath = join(dir, roomSocket);
  const ask = async (
    method: 'GET' | 'POST',
    path: string,
    of: { readonly body?: object; readonly signal?: AbortSignal | undefined; readonly withinMs?: number },
  ) => {
    const { body, signal, withinMs } = of;
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const headers = body ? { 'content-type': 'application/json' } : {};
      const sent = request({ socketPath, agent, method, path, headers, ...(signal && { signal }) });
      if (withinMs !== undefined)
        sent.setTimeout(withinMs, () => sent.destroy(new Error('no answer in time')));
      sent.on('error', (thrown) => reject(away(thrown)));
      sent.on('response', resolve);
      sent.end(body && JSON.stringify(body));
    });
    if (answer.statusCode === 200) return answer;
    throw failureOf(await jsonOf(answer));
  };
  return {
    status: async (signal) =>
      (await jsonOf(await ask('GET', '/workloads', { signal, withinMs: promptWithinMs }))) as RoomStatus,
    call: async (call, signal) =>
      (await jsonOf(
        await ask('POST', '/calls', {
          body: call,
          signal,
          ...(isPrompt(call) && { withinMs: promptWithinMs }),
        }),
      )) as RoomAnswer,
    watch: async (call, signal) => {
      const changes = await ask('GET', '/watch', { signal });
      await changes.forEach(() => call(), { signal }).catch(() => undefined);
    },
    close: async () => agent.destroy(),
  };
}

async function jsonOf(answer: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of answer as AsyncIterable<Buffer>) chunks.push(chunk);
    return JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown;
  } catch (thrown) {
    throw away(thrown);
  }
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
