import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { Failure, failureKinds } from '../../domain/failure.ts';
import type { RawCounters, RouteSpec, WeightSpec } from '../../domain/traffic.ts';
import { gatewayHeader } from '../../protocol/gateway.ts';
import type {
  GatewayHealth,
  GatewayNotice,
  GatewayRefusal,
  GatewayState,
  RenewRequest,
  TakeBackRequest,
} from '../../protocol/gateway.ts';

/** Code of the failure when nobody listens on the socket: there is no gateway. */
export const gatewayAbsent = 'gateway-absent';
/** Code of the failure when something else than a gateway answers. */
export const gatewayForeign = 'gateway-foreign';

/**
 * Speaks to one gateway. Every call throws Failure unavailable `gateway-absent` or `gateway-silent`, conflict
 * `gateway-foreign`, or what the gateway refused with.
 */
export interface GatewayClient {
  state(signal?: AbortSignal): Promise<GatewayState>;
  health(signal?: AbortSignal): Promise<GatewayHealth>;
  counters(signal?: AbortSignal): Promise<RawCounters>;
  metrics(signal?: AbortSignal): Promise<string>;
  setRoutes(routes: readonly RouteSpec[], signal?: AbortSignal): Promise<void>;
  weigh(weight: WeightSpec, signal?: AbortSignal): Promise<void>;
  renew(renewal: RenewRequest, signal?: AbortSignal): Promise<void>;
  takeBack(takeBack: TakeBackRequest, signal?: AbortSignal): Promise<void>;
  /** Answers at once; the gateway closes when it has drained. */
  shutdown(signal?: AbortSignal): Promise<void>;
  /** Held open until disposed, or until the gateway is gone: then `onEnd` is called, once. */
  watch(onNotice: (notice: GatewayNotice) => void, onEnd: () => void): Disposable;
}

const silentMs = 10_000;
const largestAnswerBytes = 64 * 1_048_576;

export function gatewayClient(socketPath: string): GatewayClient {
  const call = async (
    method: string,
    path: string,
    body: object | null,
    signal?: AbortSignal,
  ): Promise<string> => {
    const answer = await open(socketPath, method, path, body, signal);
    const text = await textOf(answer);
    if (answer.statusCode !== 200) throw refusalOf(text);
    return text;
  };
  const read = async <T>(path: string, signal?: AbortSignal): Promise<T> =>
    JSON.parse(await call('GET', path, null, signal)) as T;
  const send = async (method: string, path: string, body: object, signal?: AbortSignal): Promise<void> => {
    await call(method, path, body, signal);
  };
  return {
    state: (signal) => read('/state', signal),
    health: (signal) => read('/health', signal),
    counters: (signal) => read('/counters', signal),
    metrics: (signal) => call('GET', '/metrics', null, signal),
    setRoutes: (routes, signal) => send('PUT', '/routes', { routes }, signal),
    weigh: (weight, signal) => send('PUT', '/weight', weight, signal),
    renew: (renewal, signal) => send('POST', '/renew', renewal, signal),
    takeBack: (takeBack, signal) => send('POST', '/take-back', takeBack, signal),
    shutdown: (signal) => send('POST', '/shutdown', {}, signal),
    watch: (onNotice, onEnd) => watch(socketPath, onNotice, onEnd),
  };
}

function open(
  socketPath: string,
  method: string,
  path: string,
  body: object | null,
  signal?: AbortSignal,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const sent = request({ socketPath, method, path, agent: false, ...(signal && { signal }) });
    sent.setTimeout(silentMs, () => sent.destroy(silent()));
    sent.on('error', (error) => reject(failureOf(error, signal)));
    sent.on('response', (answer) => {
      if (answer.headers[gatewayHeader] !== undefined) return resolve(answer);
      answer.destroy();
      reject(
        new Failure('conflict', gatewayForeign, `Another program answers on ${socketPath}.`, {
          wayOut: 'End that program, or use another folder for the environment.',
        }),
      );
    });
    sent.end(body === null ? undefined : JSON.stringify(body));
  });
}

async function textOf(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > largestAnswerBytes) {
        throw new Failure('limited', 'gateway-answer-large', 'The gateway says too much at once.');
      }
      chunks.push(chunk);
    }
  } catch (thrown) {
    throw failureOf(thrown);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function watch(socketPath: string, onNotice: (notice: GatewayNotice) => void, onEnd: () => void): Disposable {
  const sent = request({ socketPath, path: '/watch', agent: false });
  let ended = false;
  const end = (): void => {
    if (ended) return;
    ended = true;
    onEnd();
  };
  sent.on('error', end);
  sent.on('close', end);
  sent.on('response', (answer) => {
    let rest = '';
    answer.setEncoding('utf8');
    answer.on('data', (chunk: string) => {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) onNotice(JSON.parse(line) as GatewayNotice);
    });
    answer.on('error', end);
    answer.on('close', end);
  });
  sent.end();
  return {
    [Symbol.dispose]: () => {
      ended = true;
      sent.destroy();
    },
  };
}

function refusalOf(text: string): Failure {
  try {
    const { error } = JSON.parse(text) as Partial<GatewayRefusal>;
    if (error !== undefined && failureKinds.includes(error.kind)) {
      const detail = error.wayOut === undefined ? {} : { wayOut: error.wayOut };
      return new Failure(error.kind, error.code, error.message, detail);
    }
  } catch {
    // Falls through: what cannot be read is a defect, whatever it says.
  }
  return new Failure('defect', 'gateway-answer-unreadable', 'The gateway refused in a way nobody can read.');
}

function silent(): Failure {
  return new Failure('unavailable', 'gateway-silent', 'The gateway does not answer.', {
    wayOut: 'It is tried again; if this lasts, end the gateway process: another one takes over its state.',
  });
}

function failureOf(thrown: unknown, signal?: AbortSignal): unknown {
  if (thrown instanceof Failure || signal?.aborted === true) return thrown;
  const code = thrown instanceof Error ? (thrown as NodeJS.ErrnoException).code : undefined;
  if (code === 'ENOENT' || code === 'ECONNREFUSED') {
    return new Failure('unavailable', gatewayAbsent, 'No gateway runs for this environment.', {
      cause: thrown,
      wayOut: 'The agent starts it with the next change of the routes.',
    });
  }
  return new Failure(
    'unavailable',
    'gateway-interrupted',
    'The gateway broke off in the middle of an answer.',
    {
      cause: thrown,
      wayOut: 'Look again.',
    },
  );
}
