import { type AgentId, type Digest, instant, type Instant, type ProjectId } from '../domain/ids.ts';
import type { Nonces } from './nonce.ts';
import { type TokenClaims, isSignedBy, readToken, tokenLifeMs } from './token.ts';

/** The call that a token has to be for. */
export interface PresentedCall {
  readonly method: string;
  readonly path: string;
  readonly body: Digest;
}

export type TokenRefusal =
  | 'token-missing'
  | 'token-unreadable'
  | 'token-foreign'
  | 'token-expired'
  | 'nonce-stale'
  | 'agent-unknown'
  | 'key-unknown'
  | 'token-replayed'
  | 'too-many-calls';

export type TokenVerdict<A> =
  /** `key`: the one that it was signed with. */
  | { readonly accepted: true; readonly agent: A; readonly key: string }
  | { readonly accepted: false; readonly code: TokenRefusal };

export interface KnownAgent<I> {
  readonly identity: I;
  /** Raw Ed25519 public keys that are not revoked, base64url. */
  readonly keys: readonly string[];
}

/** How many tokens can be remembered; beyond that new ones are refused rather than old ones forgotten. */
const rememberedTokens = 200_000;

export interface TokenChecker<I> {
  check(token: string | undefined, call: PresentedCall, now: Instant): Promise<TokenVerdict<I>>;
}

/**
 * Accepts each token once. What was seen is kept in memory until it has expired: with the nonce bound to this
 * process no token outlives that memory, so nothing has to be written to a database.
 */
export function createTokenChecker<I>(options: {
  readonly audience: ProjectId;
  readonly nonces: Nonces;
  readonly agent: (agent: AgentId) => Promise<KnownAgent<I> | null>;
  /** `rememberedTokens` unless told. */
  readonly mostRemembered?: number;
}): TokenChecker<I> {
  const seen = new Map<string, Instant>();
  let latest = instant(0);
  /**
   * Where the clock was set back, what was seen before would be kept until it is as late again, with all that is seen after
   * it; and what was forgotten while the clock was ahead would be good once more. So nothing from before counts any more.
   */
  const beginAnewIfSetBack = (now: Instant): void => {
    if (now < latest - tokenLifeMs) {
      options.nonces.voidAll();
      seen.clear();
      latest = now;
    } else if (now > latest) latest = now;
  };
  const forgetExpired = (now: Instant): void => {
    for (const [id, expiresAt] of seen) {
      if (expiresAt + tokenLifeMs > now) return;
      seen.delete(id);
    }
  };
  return {
    check: async (text, call, now) => {
      beginAnewIfSetBack(now);
      const token = text === undefined ? null : readToken(text);
      if (token === null) return refused(text === undefined ? 'token-missing' : 'token-unreadable');
      const { claims } = token;
      const misfit = misfitOf(claims, options.audience, call, now);
      if (misfit) return refused(misfit);
      if (!options.nonces.isFresh(claims.nonce, now)) return refused('nonce-stale');
      const known = await options.agent(claims.agent);
      if (known === null) return refused('agent-unknown');
      const signer = known.keys.find((key) => isSignedBy(token, key));
      if (signer === undefined) return refused('key-unknown');
      // The clock may have been set while the agent was looked up.
      if (!options.nonces.isFresh(claims.nonce, now)) return refused('nonce-stale');
      forgetExpired(now);
      // By what was signed, not by the signature: Ed25519 signatures of one text need not be unique.
      const mark = `${claims.agent} ${claims.id} ${claims.nonce}`;
      if (seen.has(mark)) return refused('token-replayed');
      if (seen.size >= (options.mostRemembered ?? rememberedTokens)) return refused('too-many-calls');
      seen.set(mark, claims.expiresAt);
      return { accepted: true, agent: known.identity, key: signer };
    },
  };
}

const refused = (code: TokenRefusal) => ({ accepted: false, code }) as const;

function misfitOf(
  claims: TokenClaims,
  audience: ProjectId,
  call: PresentedCall,
  now: Instant,
): TokenRefusal | null {
  const fits =
    claims.audience === audience &&
    claims.method === call.method &&
    claims.path === call.path &&
    claims.body === call.body;
  if (!fits) return 'token-foreign';
  const life = claims.expiresAt - claims.issuedAt;
  if (life <= 0 || life > tokenLifeMs) return 'token-expired';
  // A few seconds for clocks that differ; the nonce is what proves that the token is new.
  return now > claims.expiresAt || claims.issuedAt > now + 5000 ? 'token-expired' : null;
}
