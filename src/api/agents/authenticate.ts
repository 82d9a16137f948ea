import type { FastifyReply, FastifyRequest } from 'fastify';
import { Failure } from '../../domain/failure.ts';
import type { Digest } from '../../domain/ids.ts';
import type { Clock } from '../../engine/clock.ts';
import { keysInForce } from '../../engine/records.ts';
import type { AgentCaller, AgentFace } from '../../lifecycle/agent-face.ts';
import type { AgentIdentity } from '../../protocol/messages.ts';
import { type Nonces, createNonces } from '../../protocol/nonce.ts';
import { nonceHeader, timeHeader, tokenScheme } from '../../protocol/token.ts';
import { type TokenRefusal, createTokenChecker } from '../../protocol/token-check.ts';

const nonceLifeMs = 5 * 60_000;

/** Who calls; throws a denied Failure with the token's trouble as its code. */
export type Authenticate = (request: FastifyRequest, body: Digest) => Promise<AgentCaller>;

export interface Authentication {
  readonly authenticate: Authenticate;
  /** Every answer carries the nonce for the next call, and the time, so that a wrong clock does no harm. */
  readonly addNonce: (reply: FastifyReply) => void;
}

export function createAuthentication(face: AgentFace, clock: Clock): Authentication {
  const nonces: Nonces = createNonces(nonceLifeMs);
  const checker = createTokenChecker<AgentIdentity>({
    audience: face.audience,
    nonces,
    agent: async (agent) => {
      const known = await face.agent(agent);
      if (known === null) return null;
      return { identity: known.identity, keys: keysInForce(known.keys) };
    },
  });
  return {
    authenticate: async (request, body) => {
      const call = { method: request.method, path: request.raw.url ?? '', body };
      const verdict = await checker.check(tokenOf(request), call, clock.now());
      if (verdict.accepted) return { ...verdict.agent, key: verdict.key };
      throw refusal(verdict.code);
    },
    addNonce: (reply) => {
      const now = clock.now();
      void reply.header(nonceHeader, nonces.issue(now)).header(timeHeader, String(now));
    },
  };
}

function tokenOf(request: FastifyRequest): string | undefined {
  const header = request.headers.authorization;
  const prefix = `${tokenScheme} `;
  return header?.startsWith(prefix) ? header.slice(prefix.length) : undefined;
}

const reasons: Record<TokenRefusal, string> = {
  'token-missing': 'The call carries no token.',
  'token-unreadable': 'The token cannot be read.',
  'token-foreign': 'The token is for another call or another control plane.',
  'token-expired': 'The token has expired.',
  'nonce-stale': 'The token’s nonce is not a fresh one of this control plane.',
  'agent-unknown': 'There is no such agent.',
  'key-unknown': 'The token was not signed with a key of the agent that is in force.',
  'token-replayed': 'The token was used before.',
  'too-many-calls': 'The control plane has more calls than it can keep apart.',
};

const refusal = (code: TokenRefusal): Failure =>
  new Failure(code === 'too-many-calls' ? 'limited' : 'denied', code, reasons[code], {
    wayOut:
      code === 'key-unknown' || code === 'agent-unknown'
        ? 'If the key was lost or revoked, give the agent a new one.'
        : 'Take the nonce from this answer and sign a new token.',
  });

/** Refusals that say who the caller is not, and not what they may not do: HTTP 401. */
export const isRefusedToken = (failure: Failure): boolean =>
  failure.code in reasons && failure.kind === 'denied';
