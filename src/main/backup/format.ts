import { Failure } from '../../domain/failure.ts';
import type { Digest } from '../../domain/ids.ts';
import type { SnapshotChain } from '../../store/postgres/snapshot.ts';

/** Of the file; see docs/guides/backup.md. */
export const backupFormat = 1;

/** Names in the archive. */
export const names = {
  manifest: 'backup.json',
  database: 'database',
  artifacts: 'artifacts',
  repository: 'repository.bundle',
  project: 'project',
  keys: 'keys.sealed',
  index: 'index.json',
} as const;

/** The first entry: what the backup is of. Nothing in it is secret. */
export interface BackupManifest {
  readonly rungBackup: typeof backupFormat;
  /** Version of Rung that made it. */
  readonly madeBy: string;
  /** RFC 3339. */
  readonly takenAt: string;
  readonly migrations: readonly string[];
  readonly chains: readonly SnapshotChain[];
  readonly keys: 'sealed' | 'left out';
}

export interface IndexedEntry {
  readonly name: string;
  readonly bytes: number;
  readonly digest: Digest;
}

/** The last entry: everything before it, in its order. */
export interface BackupIndex {
  readonly entries: readonly IndexedEntry[];
}

/** What is sealed: files of the data folder by their path in it, as base64. */
export interface SealedFiles {
  readonly files: Readonly<Record<string, string>>;
}

export const damaged = (what: string): Failure =>
  new Failure('invalid', 'backup-damaged', `The backup is not what was written: ${what}`, {
    wayOut: 'Nothing was restored. Take another copy of the backup, or another backup.',
  });

/** Throws invalid `backup-damaged`; conflict `backup-newer` for a format that is not known yet. */
export function parseManifest(text: string): BackupManifest {
  const manifest = parsed(text, names.manifest) as Partial<BackupManifest> & {
    readonly rungBackup?: unknown;
  };
  const format: unknown = manifest.rungBackup;
  if (typeof format !== 'number') throw damaged('it does not begin as a backup of Rung does.');
  if (format !== backupFormat)
    throw new Failure(
      'conflict',
      'backup-newer',
      `The backup has format ${format}; this version reads ${backupFormat}.`,
      {
        wayOut: `Nothing was written. Restore it with the version that made it (${String(manifest.madeBy)}) or a newer one.`,
      },
    );
  return manifest as BackupManifest;
}

export function parsed(text: string, name: string): object {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // Said below.
  }
  throw damaged(`${name} cannot be read.`);
}
