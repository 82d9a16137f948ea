import { randomUUID } from 'node:crypto';
import type { AgentId, Digest, Instant, ProjectId } from '../domain/ids.ts';
import { sign, verify } from '../domain/keys.ts';

/**
 * A token for one call: it says which call it is for (method, path, digest of the body) and holds a nonce of the
 * server's, so that it is of no use for any other call, at any other time or place. After RFC 9449 (DPoP).
 */
export interface TokenClaims {
  readonly id: string;
  readonly agent: AgentId;
  /** The project whose control plane it is meant for. */
  readonly audience: ProjectId;
  readonly method: string;
  /** With the query, as it stands in the request line. */
  readonly path: string;
  readonly body: Digest;
  readonly nonce: string;
  readonly issuedAt: Instant;
  /** At most `tokenLifeMs` after `issuedAt`. */
  readonly expiresAt: Instant;
}

export const tokenLifeMs = 60_000;
export const tokenScheme = 'Rung';
/** In every answer of the server: the nonce for the next token, and the server's time. */
export const nonceHeader = 'rung-nonce';
export const timeHeader = 'rung-time';

const tokenLimit = 4096;

export interface SignedToken {
  readonly claims: TokenClaims;
  readonly signedText: string;
  readonly signature: string;
}

/** @param privateKey raw Ed25519, base64url */
export function signToken(claims: Omit<TokenClaims, 'id'>, privateKey: string): string {
  const text = Buffer.from(JSON.stringify({ id: randomUUID(), ...claims })).toString('base64url');
  return `${text}.${sign(privateKey, text)}`;
}

/** null for anything that is not a token of ours; nothing in it is proved yet. */
export function readToken(text: string): SignedToken | null {
  if (text.length > tokenLimit) return null;
  const [signedText, signature, more] = text.split('.');
  if (!signedText || !signature || more !== undefined) return null;
  const claims = parsedClaims(signedText);
  return claims && { claims, signedText, signature };
}

function parsedClaims(text: string): TokenClaims | null {
  try {
    const value = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as unknown;
    return isClaims(value) ? value : null;
  } catch {
    return null;
  }
}

const textual = ['id', 'agent', 'audience', 'method', 'path', 'body', 'nonce'];

function isClaims(value: unknown): value is TokenClaims {
  if (typeof value !== 'object' || value === null) return false;
  const claims = value as Record<string, unknown>;
  return (
    textual.every((name) => typeof claims[name] === 'string') &&
    Number.isSafeInteger(claims['issuedAt']) &&
    Number.isSafeInteger(claims['expiresAt'])
  );
}

/** Whether the raw Ed25519 public key (base64url) made the signature. False for a key that is none. */
export const isSignedBy = (token: SignedToken, publicKey: string): boolean =>
  verify(publicKey, token.signedText, token.signature);
