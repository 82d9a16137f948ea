import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { replaceFile } from './files.ts';

const cipherName = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

/**
 * What the agent was last asked for, encrypted with a key made from its own private key (HKDF, RFC 5869). Losing it
 * does no harm while the control plane is there; while that is away the environment comes back from it.
 */
export interface SealedCache<T> {
  /** null when there is none that this agent can open. */
  read(): Promise<T | null>;
  write(value: T): Promise<void>;
}

export function sealedCache<T>(path: string, privateKey: string): SealedCache<T> {
  const key = Buffer.from(
    hkdfSync('sha256', Buffer.from(privateKey, 'base64url'), '', 'rung agent cache 1', 32),
  );
  return {
    read: async () => {
      try {
        return JSON.parse(open(await readFile(path), key)) as T;
      } catch {
        return null;
      }
    },
    write: (value) => replaceFile(path, seal(JSON.stringify(value), key)),
  };
}

function seal(text: string, key: Buffer): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(cipherName, key, nonce);
  return Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
}

function open(sealed: Buffer, key: Buffer): string {
  const decipher = createDecipheriv(cipherName, key, sealed.subarray(0, nonceBytes));
  decipher.setAuthTag(sealed.subarray(-tagBytes));
  return Buffer.concat([decipher.update(sealed.subarray(nonceBytes, -tagBytes)), decipher.final()]).toString(
    'utf8',
  );
}
