import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { digestOfJson } from '../../domain/canonical.ts';
import { Failure } from '../../domain/failure.ts';
import { readOwn, writeOwn } from '../files.ts';
import { type IndexedEntry, parsed, names, type SealedFiles } from './format.ts';

const cipherName = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;
const keyBytes = 32;

/** The key that opens the keys of a backup, made the first time. */
export async function keptBackupKey(
  path: string,
): Promise<{ readonly key: Uint8Array; readonly isNew: boolean }> {
  const kept = await readOwn(path);
  if (kept !== null) return { key: keyIn(kept, path), isNew: false };
  const key = randomBytes(keyBytes);
  await writeOwn(path, `${key.toString('base64url')}\n`);
  return { key, isNew: true };
}

/** null where there is no such file. Throws invalid `backup-key-malformed`. */
export async function readBackupKey(path: string): Promise<Uint8Array | null> {
  const kept = await readOwn(path);
  return kept === null ? null : keyIn(kept, path);
}

function keyIn(text: string, path: string): Uint8Array {
  const key = Buffer.from(text.trim(), 'base64url');
  if (key.byteLength === keyBytes && key.toString('base64url') === text.trim()) return key;
  throw new Failure('invalid', 'backup-key-malformed', `${path} does not hold the key of a backup.`, {
    wayOut:
      'Name the file that `rung backup` wrote beside its backup, or another one to have a new key made there.',
  });
}

/**
 * AES-256-GCM over the files, bound to everything that lies before them in the backup: with other content they do not
 * open.
 */
export function sealFiles(files: SealedFiles, key: Uint8Array, before: readonly IndexedEntry[]): Uint8Array {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(cipherName, derived(key), nonce).setAAD(boundTo(before));
  return Buffer.concat([
    nonce,
    cipher.update(JSON.stringify(files), 'utf8'),
    cipher.final(),
    cipher.getAuthTag(),
  ]);
}

/** Throws denied `backup-key-wrong`. */
export function openFiles(sealed: Uint8Array, key: Uint8Array, before: readonly IndexedEntry[]): SealedFiles {
  try {
    const decipher = createDecipheriv(cipherName, derived(key), sealed.subarray(0, nonceBytes))
      .setAAD(boundTo(before))
      .setAuthTag(sealed.subarray(-tagBytes));
    const opened = [decipher.update(sealed.subarray(nonceBytes, -tagBytes)), decipher.final()];
    return parsed(Buffer.concat(opened).toString('utf8'), names.keys) as SealedFiles;
  } catch (cause) {
    throw new Failure('denied', 'backup-key-wrong', 'This key does not open the keys in the backup.', {
      wayOut:
        'Name the key that belongs to this backup with --key; if it is the one, then somebody changed the backup.',
      cause,
    });
  }
}

const derived = (key: Uint8Array): Buffer =>
  Buffer.from(hkdfSync('sha256', key, '', 'rung backup 1', keyBytes));

const boundTo = (before: readonly IndexedEntry[]): Buffer =>
  Buffer.from(digestOfJson(before.map(({ name, bytes, digest }) => ({ name, bytes, digest }))));
