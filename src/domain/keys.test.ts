import { describe, expect, it } from 'vitest';
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

  it('says so when something is not a key', () => {
    expect(() => sign('short', 'x')).toThrow(expect.objectContaining({ code: 'key-malformed' }));
  });
});
