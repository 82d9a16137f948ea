import { Pool } from 'undici';
import { digestOf } from '../domain/canonical.ts';
import { Failure, type FailureKind } from '../domain/failure.ts';
import { type AgentId, type Digest, type ProjectId, instant } from '../domain/ids.ts';
import type { Clock } from '../engine/clock.ts';
import { agentLimits } from '../protocol/agent-limits.ts';
import type { ObservationRequest, PollRequest, PollResponse } from '../protocol/messages.ts';
import { nonceHeader, signToken, timeHeader, tokenScheme } from '../protocol/token.ts';

export interface ControlClientOptions {
  /** Unix socket of the control plane's listener for agents. */
  readonly socketPath: string;
  readonly agent: AgentId;
  readonly audience: ProjectId;
  /** Raw Ed25519 private key, base64url. */
  readonly privateKey: string;
  readonly clock: Clock;
}

/** The agent's side of the protocol. Throws a Failure; `control-plane-away` when nobody answers. */
export interface ControlClient {
  poll(request: PollRequest, signal: AbortSignal): Promise<PollResponse>;
  observe(request: ObservationRequest, signal: AbortSignal): Promise<void>;
  artifact(digest: Digest, signal: AbortSignal): Promise<AsyncIterable<Uint8Array>>;
  close(): Promise<void>;
}

const answerLimitMs = 15_000;
const tokenForMs = 30_000;

type Answer = Awaited<ReturnType<Pool['request']>>;
interface Call {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body: string;
  readonly withinMs: number;
  readonly signal: AbortSignal;
}

export function createControlClient(options: ControlClientOptions): ControlClient {
  // A poll that is held must never keep a sample waiting behind it.
  const pool = new Pool('http://control', { socketPath: options.socketPath, connections: 4, pipelining: 1 });
  const server = { nonce: '', aheadMs: 0 };

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
  const once = async (call: Call): Promise<Answer> => {
    const answer = await pool
      .request({
        method: call.method,
        path: call.path,
        headers: {
          authorization: `${tokenScheme} ${tokenFor(call)}`,
          ...(call.method === 'POST' ? { 'content-type': 'application/json' } : {}),
        },
        ...(call.method === 'POST' ? { body: call.body } : {}),
        signal: call.signal,
        headersTimeout: call.withinMs,
      })
      .catch((thrown: unknown) => {
        throw away(thrown, call.signal);
      });
    learnFrom(answer, server, options.clock);
    return answer;
  };
  const send = async (call: Call): Promise<Answer> => {
    const answer = await once(call);
    if (answer.statusCode !== 401) return accepted(answer);
    await answer.body.dump();
    return accepted(await once(call));
  };
  const post = (path: string, message: object, withinMs: number, signal: AbortSignal): Promise<Answer> =>
    send({ method: 'POST', path, body: JSON.stringify(message), withinMs, signal });

  return {
    poll: async (request, signal) => {
      const answer = await post('/agent/v1/poll', request, agentLimits.pollMs + answerLimitMs, signal);
      return (await answer.body.json()) as PollResponse;
    },
    observe: async (request, signal) => {
      const answer = await post('/agent/v1/observations', request, answerLimitMs, signal);
      await answer.body.dump();
    },
    artifact: async (digest, signal) => {
      const path = `/agent/v1/artifacts/${digest}`;
      const answer = await send({ method: 'GET', path, body: '', withinMs: answerLimitMs, signal });
      return answer.body as AsyncIterable<Uint8Array>;
    },
    close: () => pool.destroy(),
  };
}

function learnFrom(answer: Answer, server: { nonce: string; aheadMs: number }, clock: Clock): void {
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

async function accepted(answer: Answer): Promise<Answer> {
  if (answer.statusCode < 300) return answer;
  const problem = (await answer.body.json().catch(() => ({}))) as {
    readonly code?: string;
    readonly title?: string;
    readonly wayOut?: string;
  };
  throw new Failure(
    kindOf(answer.statusCode),
    problem.code ?? 'control-plane-refused',
    problem.title ?? `The control plane answered ${answer.statusCode}.`,
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
