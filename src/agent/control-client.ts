import { Agent, type IncomingMessage, request } from 'node:http';
import { digestOf } from '../domain/canonical.ts';
import { Failure, type FailureKind } from '../domain/failure.ts';
import { type AgentId, type Digest, type ProjectId, instant } from '../domain/ids.ts';
import type { Clock } from '../engine/clock.ts';
import { agentLimits } from '../protocol/agent-limits.ts';
import type { ObservationRequest, PollRequest, PollResponse } from '../protocol/messages.ts';
import { refuseUnspoken } from '../protocol/version.ts';
import { nonceHeader, signToken, timeHeader, tokenScheme } from '../protocol/token.ts';

export interface ControlClientOptions {
  /** Unix socket of the control plane's listener for agents. */
  readonly socketPath: string;
  readonly agent: AgentId;
  readonly audience: ProjectId;
  /** Raw Ed25519 private key, base64url. */
  readonly privateKey: string;
  readonly clock: Clock;
  /** How long nothing may come of an answer; while a poll is held open, how much later than agreed. 15 s unless told. */
  readonly answerWithinMs?: () => number;
}

/** The agent's side of the protocol. Throws a Failure; `control-plane-away` when nobody answers. */
export interface ControlClient {
  poll(request: PollRequest, signal: AbortSignal): Promise<PollResponse>;
  observe(request: ObservationRequest, signal: AbortSignal): Promise<void>;
  artifact(digest: Digest, signal: AbortSignal): Promise<AsyncIterable<Uint8Array>>;
  close(): Promise<void>;
}

const ordinarilyMs = 15_000;
const tokenForMs = 30_000;
const noSignal = new AbortController().signal;

interface Call {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body: string;
  readonly withinMs: number;
  readonly signal: AbortSignal;
}

export function createControlClient(options: ControlClientOptions): ControlClient {
  // One call at a time on each: a poll that is held must never keep a sample waiting behind it.
  const connections = new Agent({ keepAlive: true, maxSockets: 4 });
  // Large, or not read on while a disk is full: what is told of an environment must not wait behind them either.
  const downloads = new Agent({ keepAlive: true, maxSockets: 4 });
  const server = { nonce: '', aheadMs: 0 };
  const { answerWithinMs = () => ordinarilyMs } = options;

  const tokenFor = (call: Call): string => {
    const issuedAt = instant(options.clock.now() + server.aheadMs);
    return signToken(
      {
        agent: options.agent,
        audience: options.audience,
        method: call.method,
        path: call.path,
        body: digestOf(call.body),
        nonce: server.nonce,
        issuedAt,
        expiresAt: instant(issuedAt + tokenForMs),
      },
      options.privateKey,
    );
  };
  const once = async (call: Call): Promise<IncomingMessage> => {
    const authorization = `${tokenScheme} ${tokenFor(call)}`;
    const over = call.method === 'GET' ? downloads : connections;
    const answer = await answerTo(call, authorization, options.socketPath, over);
    learnFrom(answer, server, options.clock);
    return answer;
  };
  const send = async (call: Call): Promise<IncomingMessage> => {
    const answer = await once(call);
    if (answer.statusCode !== 401) return accepted(answer);
    answer.resume();
    return accepted(await once(call));
  };
  const post = (
    path: string,
    message: object,
    withinMs: number,
    signal: AbortSignal,
  ): Promise<IncomingMessage> =>
    send({ method: 'POST', path, body: JSON.stringify(message), withinMs, signal });

  return {
    poll: async (request, signal) => {
      const answer = await post('/agent/v1/poll', request, agentLimits.quietMs + answerWithinMs(), signal);
      const response = (await jsonOf(answer, signal)) as PollResponse;
      refuseUnspoken(response.protocol, 'control plane');
      return response;
    },
    observe: async (request, signal) => {
      const answer = await post('/agent/v1/observations', request, answerWithinMs(), signal);
      answer.resume();
    },
    artifact: async (digest, signal) => {
      const path = `/agent/v1/artifacts/${digest}`;
      return whole(await send({ method: 'GET', path, body: '', withinMs: answerWithinMs(), signal }), signal);
    },
    close: async () => {
      connections.destroy();
      downloads.destroy();
    },
  };
}

function answerTo(
  { method, path, body, withinMs, signal }: Call,
  authorization: string,
  socketPath: string,
  agent: Agent,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const headers = { authorization, ...(method === 'POST' ? { 'content-type': 'application/json' } : {}) };
    const sent = request({ socketPath, agent, method, path, headers, signal });
    sent.setTimeout(withinMs, () => sent.destroy(new Error('no answer in time')));
    sent.on('error', (thrown) => reject(away(thrown, signal)));
    sent.on('response', resolve);
    sent.end(method === 'POST' ? body : undefined);
  });
}

/** A control plane that dies in the middle of an answer is away; what it sent of an artifact says nothing of that. */
async function* whole(answer: IncomingMessage, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  try {
    yield* answer as AsyncIterable<Buffer>;
  } catch (thrown) {
    throw away(thrown, signal);
  }
}

async function jsonOf(answer: IncomingMessage, signal: AbortSignal): Promise<unknown> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of answer as AsyncIterable<Buffer>) chunks.push(chunk);
    return JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown;
  } catch (thrown) {
    throw away(thrown, signal);
  }
}

function learnFrom(answer: IncomingMessage, server: { nonce: string; aheadMs: number }, clock: Clock): void {
  const nonce = answer.headers[nonceHeader];
  const time = Number(answer.headers[timeHeader]);
  if (typeof nonce === 'string') server.nonce = nonce;
  if (Number.isSafeInteger(time)) server.aheadMs = time - clock.now();
}

function away(thrown: unknown, signal: AbortSignal): Failure {
  if (signal.aborted) return new Failure('interrupted', 'interrupted', 'The call was called off.');
  return new Failure('unavailable', 'control-plane-away', 'The control plane does not answer.', {
    wayOut: 'The agent goes on with what it was last asked for and tries again by itself.',
    cause: thrown,
  });
}

async function accepted(answer: IncomingMessage): Promise<IncomingMessage> {
  const { statusCode = 500 } = answer;
  if (statusCode < 300) return answer;
  const problem = (await jsonOf(answer, noSignal).catch(() => ({}))) as {
    readonly code?: string;
    readonly title?: string;
    readonly wayOut?: string;
  };
  throw new Failure(
    kindOf(statusCode),
    problem.code ?? 'control-plane-refused',
    problem.title ?? `The control plane answered ${statusCode}.`,
    problem.wayOut === undefined ? {} : { wayOut: problem.wayOut },
  );
}

function kindOf(status: number): FailureKind {
  if (status === 401 || status === 403) return 'denied';
  if (status === 404) return 'absent';
  if (status === 409) return 'conflict';
  if (status === 429) return 'limited';
  if (status < 500) return 'invalid';
  return status === 503 ? 'unavailable' : 'defect';
}
