import { describe, expect, it } from 'vitest';
import { digestOf } from './canonical.ts';
import { fingerprint, generateSealingKey, generateSigningKey, publicKeyOf, sign, verify } from './keys.ts';

describe('keys', () => {
  it('takes a signature by the key over the message, and nothing else', () => {
    const key = generateSigningKey();
    const other = generateSigningKey();
    const signature = sign(key.privateKey, 'the head is at 7');
    expect(verify(key.publicKey, 'the head is at 7', signature)).toBe(true);
    expect(verify(key.publicKey, 'the head is at 8', signature)).toBe(false);
    expect(verify(other.publicKey, 'the head is at 7', signature)).toBe(false);
    expect(verify('not a key', 'the head is at 7', signature)).toBe(false);
  });

  it('takes a signature in one spelling alone, though base64url has spare bits', () => {
    const key = generateSigningKey();
    const signature = sign(key.privateKey, 'x');
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const last = alphabet.indexOf(signature.slice(-1));
    const respelt = signature.slice(0, -1) + alphabet.charAt(last + 1);
    expect(Buffer.from(respelt, 'base64url')).toEqual(Buffer.from(signature, 'base64url'));
    expect(verify(key.publicKey, 'x', respelt)).toBe(false);
    expect(verify(key.publicKey, 'x', `${signature}=`)).toBe(false);
  });

  it('gives raw keys of 32 bytes and finds the public half again', () => {
    const key = generateSigningKey();
    expect(Buffer.from(key.privateKey, 'base64url')).toHaveLength(32);
    expect(Buffer.from(generateSealingKey().publicKey, 'base64url')).toHaveLength(32);
    expect(publicKeyOf(key.privateKey)).toBe(key.publicKey);
    expect(fingerprint(key.publicKey)).toMatch(/^sha256:[0-9a-f]{64}$/);
  });

  it.each([
    ['empty', ''],
    ['too short', Buffer.alloc(31, 7).toString('base64url')],
    ['too long', Buffer.alloc(33, 7).toString('base64url')],
    ['spelt otherwise', `${Buffer.alloc(32, 7).toString('base64url')}=`],
  ])('says so when something is not a key, for it is %s', (_, key) => {
    const malformed = expect.objectContaining({ kind: 'invalid', code: 'key-malformed' }) as Error;
    expect(() => sign(key, 'x')).toThrow(malformed);
    expect(() => publicKeyOf(key)).toThrow(malformed);
    expect(() => fingerprint(key)).toThrow(malformed);
    expect(verify(key, 'x', sign(generateSigningKey().privateKey, 'x'))).toBe(false);
  });

  it('is told apart by its fingerprint, which is over the raw key', () => {
    const raw = Buffer.alloc(32, 7);
    expect(fingerprint(raw.toString('base64url'))).toBe(digestOf(raw));
  });

  it('signs and verifies as Ed25519 does everywhere (RFC 8032, test 1)', () => {
    const bytes = (hex: string): string => Buffer.from(hex, 'hex').toString('base64url');
    const secret = bytes('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60');
    const open = bytes('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a');
    const signature = bytes(
      'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
    );
    expect(publicKeyOf(secret)).toBe(open);
    expect(sign(secret, '')).toBe(signature);
    expect(verify(open, '', signature)).toBe(true);
    expect(verify(open, new Uint8Array([0]), signature)).toBe(false);
  });
});
