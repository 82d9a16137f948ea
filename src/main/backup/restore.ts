import { mkdir, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { RestoreAsk, Restored } from '../../cli/programs.ts';
import { digestOf } from '../../domain/canonical.ts';
import { Failure } from '../../domain/failure.ts';
import type { Digest } from '../../domain/ids.ts';
import { systemClock } from '../../engine/clock.ts';
import type { AfterRestore, LostHead } from '../../lifecycle/operate/restored.ts';
import { folderStore } from '../../providers/folder-store/store.ts';
import { unbundle } from '../../providers/git/bundle.ts';
import { createBare } from '../../providers/git/create.ts';
import { fillDatabase } from '../../store/postgres/fill.ts';
import { keptTable } from '../../store/postgres/kept-tables.ts';
import { takeFolder } from '../../supervisor/supervisor-lock.ts';
import { dataFolder, type DataFolder } from '../data-folder.ts';
import { makeFolders } from '../laptop.ts';
import { namedFull, needDatabase, needWritable } from '../laptop-needs.ts';
import { ownerOf } from '../owner.ts';
import { type ArchiveEntry, readArchive, textOf } from './archive.ts';
import { damaged, names, type SealedFiles } from './format.ts';
import { inspectBackup, type Inspected, pieceLimitBytes } from './inspect.ts';
import { writeKeys } from './key-files.ts';
import { lostHeads, setBackHeads } from './lost-heads.ts';
import { noteInLog } from './note-in-log.ts';
import { openFiles, readBackupKey } from './sealing.ts';
import { clearTarget, refuseRunning } from './target.ts';
import { databaseMark, markRestored } from './unfinished.ts';
import { withEmbedded } from './with-database.ts';

/**
 * Makes a data folder of a backup. Everything is verified before anything is written; an interrupted restore is known
 * as one, and is done again from the start.
 */
export async function restore(ask: RestoreAsk, databaseUrl: string | undefined): Promise<Restored> {
  const data = dataFolder(ask.dataFolder);
  ask.onStep('Verifying the backup');
  const backup = await inspectBackup(ask.file);
  const keys = await openKeys(ask, backup);
  await needWritable(data);
  if (databaseUrl !== undefined) await needDatabase(databaseUrl);
  await using _held = await takeFolder(data.run, process.pid, systemClock);
  await refuseRunning(data, databaseUrl);
  const aside = `replaced-${new Date(systemClock.now()).toISOString().replaceAll(/[:.]/gu, '-')}`;
  const restoring = { file: ask.file, database: databaseMark(databaseUrl), aside, isCleared: false };
  const movedTo = await clearTarget(data, databaseUrl, ask.replace, restoring);
  try {
    await makeFolders(data);
    ask.onStep('Writing artifacts, repository and keys');
    await writeFiles(data, ask.file, backup);
    if (keys !== null) await writeKeys(data, keys);
    ask.onStep('Filling the database');
    const within = databaseUrl === undefined ? embedded(data) : (work: Work) => work(databaseUrl);
    const noted = await within(async (url) => {
      await fillDatabase(url, backup.manifest.migrations, (into) => fillFrom(ask.file, backup, into));
      const lost = await lostHeads(data, backup.manifest);
      const by = { kind: 'person', id: await ownerOf(dirname(ask.file)) } as const;
      return { lost, ...(await noteInLog(url, backup.manifest, lost, by)) };
    });
    await setBackHeads(data, backup.manifest, noted.lost);
    await markRestored(data);
    const { takenAt, chains } = backup.manifest;
    return { dataFolder: data.root, takenAt, chains, movedTo, hasKeys: keys !== null, ...noted };
  } catch (thrown) {
    throw await namedFull(thrown, data);
  }
}

type Noted = AfterRestore & { readonly lost: readonly LostHead[] };
type Work = (url: string) => Promise<Noted>;

const embedded =
  (data: DataFolder) =>
  (work: Work): Promise<Noted> =>
    withEmbedded(data, work);

/** Throws absent `backup-key-absent`, denied `backup-key-wrong`. */
async function openKeys(ask: RestoreAsk, { sealed, entries }: Inspected): Promise<SealedFiles | null> {
  if (ask.keyFile === null) return null;
  const key = await readBackupKey(ask.keyFile);
  if (key === null || sealed === null)
    throw new Failure(
      'absent',
      'backup-key-absent',
      sealed === null
        ? 'The backup was made without its keys.'
        : `The key of the backup is not in ${ask.keyFile}.`,
      {
        wayOut:
          'Name the file with --key, or say --without-keys: then the control plane and its agents get new keys, and the log up to here proves itself by the old ones alone.',
      },
    );
  return openFiles(sealed, key, entries.slice(0, -1));
}

async function writeFiles(data: DataFolder, file: string, { entries }: Inspected): Promise<void> {
  const known = new Map(entries.map((entry) => [entry.name, entry]));
  const artifacts = folderStore({ folder: data.artifacts, limitBytes: Number.MAX_SAFE_INTEGER });
  await createBare(data.repository);
  for await (const entry of readArchive(file)) {
    const digest = known.get(entry.name)?.digest;
    if (digest === undefined) continue;
    if (entry.name.startsWith(`${names.artifacts}/`))
      await artifacts.put(artifactIn(entry.name), entry.pieces);
    else if (entry.name === names.repository) await writeRepository(data, entry);
    else if (entry.name.startsWith(`${names.project}/`)) await writeProject(data, entry);
  }
}

const artifactPath = /^artifacts\/(?<head>[0-9a-f]{2})\/(?<rest>[0-9a-f]{62})$/u;

function artifactIn(name: string): Digest {
  const { head, rest } = artifactPath.exec(name)?.groups ?? {};
  if (head === undefined || rest === undefined) throw damaged(`${name} is no artifact.`);
  return `sha256:${head}${rest}` as Digest;
}

async function writeRepository(data: DataFolder, entry: ArchiveEntry): Promise<void> {
  const draft = join(data.root, 'restoring.bundle');
  try {
    await writeFile(draft, entry.pieces, { mode: 0o600 });
    await unbundle(data.repository, draft);
  } finally {
    await rm(draft, { force: true });
  }
}

/** Beside, for people to compare: the project file that counts lies in their own clone. */
async function writeProject(data: DataFolder, entry: ArchiveEntry): Promise<void> {
  const folder = join(data.root, 'restored');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(join(folder, basename(entry.name)), entry.pieces, { mode: 0o600 });
}

const tablePath = /^database\/(?<table>[a-z]+)\/\d{6,}\.jsonl$/u;

/** Compared anew with what was verified: the file may have changed meanwhile. */
async function fillFrom(
  file: string,
  { entries }: Inspected,
  into: Parameters<Parameters<typeof fillDatabase>[2]>[0],
): Promise<void> {
  const known = new Map(entries.map((entry) => [entry.name, entry]));
  for await (const entry of readArchive(file)) {
    if (!entry.name.startsWith(`${names.database}/`)) continue;
    const table = keptTable(tablePath.exec(entry.name)?.groups?.['table'] ?? '');
    const text = await textOf(entry, pieceLimitBytes);
    if (table === undefined) throw damaged(`${entry.name} is no table.`);
    if (digestOf(text) !== known.get(entry.name)?.digest) throw damaged(`${entry.name} was changed.`);
    await into.rows(table, text.trimEnd().split('\n'));
  }
}
