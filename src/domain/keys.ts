import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign as signBytes,
  verify as verifyBytes,
} from 'node:crypto';
import { digestOf } from './canonical.ts';
import { Failure } from './failure.ts';
import type { Digest } from './ids.ts';
import { amongLatest } from './latest.ts';

/** A key pair as it is kept in files: 32 raw bytes each, base64url. The private half is a secret. */
export interface KeyPair {
  readonly publicKey: string;
  readonly privateKey: string;
}

/** DER up to the raw key of Ed25519 (RFC 8410): the only way Node takes and gives raw keys without naming both halves. */
const derPrefix = {
  public: '302a300506032b6570032100',
  private: '302e020100300506032b657004220420',
} as const;

/** A new Ed25519 pair: who holds it can say "this came from me". */
export const generateSigningKey = (): KeyPair => rawPair(generateKeyPairSync('ed25519'));

/** A new X25519 pair: what is sealed to its public half can be opened by the private half alone. */
export const generateSealingKey = (): KeyPair => rawPair(generateKeyPairSync('x25519'));

/** Ed25519 over UTF-8 text or bytes, base64url. Throws invalid `key-malformed`. */
export function sign(privateKey: string, message: string | Uint8Array): string {
  return signBytes(null, Buffer.from(message), privateKeyOf(privateKey)).toString('base64url');
}

/**
 * Whether the signature is by the owner of the key over exactly this message. False, too, for a key or signature that
 * is not well formed: base64url has spare bits, and only the one canonical spelling is taken.
 */
export function verify(publicKey: string, message: string | Uint8Array, signature: string): boolean {
  const bytes = strictBytes(signature, 64);
  const key = strictBytes(publicKey, 32);
  return bytes !== undefined && key !== undefined && isSignedBy(publicKey, key, message, bytes);
}

/** False, too, for 32 bytes that Node does not take for a key. */
function isSignedBy(
  publicKey: string,
  key: Uint8Array,
  message: string | Uint8Array,
  signature: Uint8Array,
): boolean {
  try {
    return verifyBytes(null, Buffer.from(message), verifyingKey(publicKey, key), signature);
  } catch {
    return false;
  }
}

/** What people compare and what is pinned beside `rung.yaml`: the digest of the raw public key. */
export const fingerprint = (publicKey: string): Digest => digestOf(rawKey(publicKey));

/** The public half of a private signing key. Throws invalid `key-malformed`. */
export const publicKeyOf = (privateKey: string): string =>
  rawOf(createPublicKey(privateKeyOf(privateKey)), 'spki');

function rawPair(pair: { readonly publicKey: KeyObject; readonly privateKey: KeyObject }): KeyPair {
  return { publicKey: rawOf(pair.publicKey, 'spki'), privateKey: rawOf(pair.privateKey, 'pkcs8') };
}

const rawOf = (key: KeyObject, type: 'spki' | 'pkcs8'): string =>
  key.export({ format: 'der', type }).subarray(-32).toString('base64url');

const privateKeyOf = (key: string): KeyObject =>
  createPrivateKey({
    key: Buffer.concat([Buffer.from(derPrefix.private, 'hex'), rawKey(key)]),
    format: 'der',
    type: 'pkcs8',
  });

const publicKeyObject = (key: Uint8Array): KeyObject =>
  createPublicKey({
    key: Buffer.concat([Buffer.from(derPrefix.public, 'hex'), key]),
    format: 'der',
    type: 'spki',
  });

const mostKept = 4_096;
/** By how they are written. Reading one takes as long as a third of a verification, and the same few are asked for again and again. */
const verifyingKeys = new Map<string, KeyObject>();

const verifyingKey = (text: string, raw: Uint8Array): KeyObject =>
  amongLatest(verifyingKeys, mostKept, text, () => publicKeyObject(raw));

function rawKey(key: string): Uint8Array {
  const bytes = strictBytes(key, 32);
  if (bytes !== undefined) return bytes;
  throw new Failure('invalid', 'key-malformed', 'This is not a key: a key is 32 bytes in base64url.', {
    wayOut: 'Give the key exactly as it was printed, 43 characters without spaces.',
  });
}

function strictBytes(text: string, length: number): Uint8Array | undefined {
  const bytes = Buffer.from(text, 'base64url');
  return bytes.length === length && bytes.toString('base64url') === text ? bytes : undefined;
}
