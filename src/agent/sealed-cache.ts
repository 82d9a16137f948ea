import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';
import type { Disk } from '../disk/disk.ts';

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

export interface CachePlace {
  readonly disk: Disk;
  readonly path: string;
  /** Raw, base64url. */
  readonly privateKey: string;
  readonly randomBytes: (count: number) => Uint8Array;
}

export function sealedCache<T>({ disk, path, privateKey, randomBytes }: CachePlace): SealedCache<T> {
  const key = Buffer.from(
    hkdfSync('sha256', Buffer.from(privateKey, 'base64url'), '', 'rung agent cache 1', 32),
  );
  return {
    read: async () => {
      try {
        const sealed = await disk.read(path);
        return sealed === null ? null : (JSON.parse(open(Buffer.from(sealed), key)) as T);
      } catch {
        return null;
      }
    },
    write: (value) => {
      const sealed = seal(JSON.stringify(value), key, randomBytes(nonceBytes));
      return disk.replace(path, sealed, 'process');
    },
  };
}

function seal(text: string, key: Buffer, nonce: Uint8Array): Buffer {
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
