import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import type { BackedUp, BackupAsk } from '../../cli/programs.ts';
import { Failure, isDiskFull } from '../../domain/failure.ts';
import { systemClock } from '../../engine/clock.ts';
import { bundleInto } from '../../providers/git/bundle.ts';
import { keptTables } from '../../store/postgres/kept-tables.ts';
import { type Snapshot, withSnapshot } from '../../store/postgres/snapshot.ts';
import { isAlive } from '../../supervisor/postgres-process.ts';
import { dataFolder, type DataFolder } from '../data-folder.ts';
import { readOptions } from '../options.ts';
import { ownVersion } from '../own-package.ts';
import { pinnedKeysFile } from '../pinned-keys.ts';
import { ArchiveWriter } from './archive.ts';
import { backupFormat, type BackupIndex, type BackupManifest, names } from './format.ts';
import { keysToSeal } from './key-files.ts';
import { LineBuffer } from './line-buffer.ts';
import { keptBackupKey, sealFiles } from './sealing.ts';
import { sparingly } from './sparingly.ts';
import { withDatabase } from './with-database.ts';

/**
 * Everything the control plane needs to go on elsewhere, in one file, while it runs: the database as it was at one
 * moment, the repository, the artifacts and the keys. The file is there whole, or not at all.
 */
export async function backUp(ask: BackupAsk): Promise<BackedUp> {
  const data = dataFolder(ask.dataFolder);
  await readOptions(data);
  await refuseTaken(ask.file);
  const key = ask.keyFile === null ? null : await keptBackupKey(ask.keyFile);
  const unfinished = `${ask.file}.unfinished-${process.pid}`;
  await mkdir(dirname(ask.file), { recursive: true });
  await removeLeft(ask.file);
  try {
    const manifest = await sparingly(() =>
      withDatabase(data, (url) =>
        withSnapshot(url, (snapshot) => writeBackup(unfinished, data, snapshot, key?.key ?? null)),
      ),
    );
    await rename(unfinished, ask.file);
    const { size } = await stat(ask.file);
    const { chains, takenAt } = manifest;
    return {
      file: ask.file,
      bytes: size,
      takenAt,
      chains,
      keyFile: ask.keyFile,
      isNewKey: key?.isNew === true,
    };
  } catch (thrown) {
    await rm(unfinished, { force: true });
    throw namedFile(thrown, ask.file);
  }
}

/** What a backup to this file left that was killed in the middle of it. */
async function removeLeft(file: string): Promise<void> {
  const left = `${basename(file)}.unfinished-`;
  const names = (await readdir(dirname(file))).filter((name) => name.startsWith(left));
  for (const name of names) {
    const pid = Number.parseInt(name.slice(left.length), 10);
    if (pid === process.pid || !(pid > 0 && isAlive(pid)))
      await rm(join(dirname(file), name), { force: true });
  }
}

async function refuseTaken(file: string): Promise<void> {
  const isThere = await stat(file).then(
    () => true,
    () => false,
  );
  if (isThere)
    throw new Failure('conflict', 'backup-file-taken', `${file} is there already.`, {
      wayOut: 'Name another file: a backup is never written over.',
    });
}

function namedFile(thrown: unknown, file: string): unknown {
  if (!isDiskFull(thrown)) return thrown;
  return new Failure('unavailable', 'disk-full', `The disk with ${file} is full.`, {
    wayOut: 'Free some space there, or write the backup to another disk. Nothing of it was left.',
    cause: thrown,
  });
}

async function writeBackup(
  path: string,
  data: DataFolder,
  snapshot: Snapshot,
  key: Uint8Array | null,
): Promise<BackupManifest> {
  await using file = await open(path, 'wx', 0o600);
  const archive = new ArchiveWriter(file);
  const manifest: BackupManifest = {
    rungBackup: backupFormat,
    madeBy: ownVersion(),
    takenAt: new Date(systemClock.now()).toISOString(),
    migrations: snapshot.migrations,
    chains: snapshot.chains,
    keys: key === null ? 'left out' : 'sealed',
  };
  await archive.addText(names.manifest, `${JSON.stringify(manifest, null, 2)}\n`);
  await addDatabase(archive, snapshot);
  // After the database: what that names was there before it.
  await addArtifacts(archive, data);
  await addRepository(archive, data, `${path}.bundle`);
  await addProject(archive, (await readOptions(data)).file);
  if (key !== null) await addKeys(archive, data, key);
  const index: BackupIndex = { entries: [...archive.entries] };
  await archive.addText(names.index, `${JSON.stringify(index)}\n`);
  await archive.end();
  await file.sync();
  return manifest;
}

const pieceBytes = 1024 * 1024;

/** A table in pieces, because a tar file says the size of each entry before it. */
async function addDatabase(archive: ArchiveWriter, snapshot: Snapshot): Promise<void> {
  const lines = new LineBuffer(pieceBytes);
  for (const table of keptTables) {
    let piece = 0;
    const flush = (): Promise<void> => {
      piece += 1;
      const name = `${names.database}/${table.name}/${String(piece).padStart(6, '0')}.jsonl`;
      return archive.addBytes(name, lines.empty());
    };
    for await (const some of snapshot.rows(table)) {
      for (const line of some) {
        if (lines.add(line)) continue;
        await flush();
        lines.add(line);
      }
    }
    if (!lines.isEmpty) await flush();
  }
}

const drafts = /\.draft$/u;

async function addArtifacts(archive: ArchiveWriter, { artifacts }: DataFolder): Promise<void> {
  const found = await readdir(artifacts, { recursive: true, withFileTypes: true });
  const paths = found
    .filter((entry) => entry.isFile() && !drafts.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
  for (const path of paths) {
    const name = `${names.artifacts}/${relative(artifacts, path).replaceAll('\\', '/')}`;
    await addFile(archive, name, path);
  }
}

async function addFile(archive: ArchiveWriter, name: string, path: string): Promise<void> {
  const { size } = await stat(path);
  await archive.add(name, size, createReadStream(path) as AsyncIterable<Buffer>);
}

async function addRepository(
  archive: ArchiveWriter,
  { repository }: DataFolder,
  draft: string,
): Promise<void> {
  try {
    // A repository that nobody pushed to has nothing that could be bundled.
    if (await bundleInto(repository, draft)) await addFile(archive, names.repository, draft);
  } finally {
    await rm(draft, { force: true });
  }
}

/** For people: the rules in force are in the database. */
async function addProject(archive: ArchiveWriter, file: string): Promise<void> {
  for (const path of [file, pinnedKeysFile(file)]) {
    const isThere = await stat(path).then(
      (found) => found.isFile(),
      () => false,
    );
    if (isThere) await addFile(archive, `${names.project}/${basename(path)}`, path);
  }
}

async function addKeys(archive: ArchiveWriter, data: DataFolder, key: Uint8Array): Promise<void> {
  const sealed = sealFiles(await keysToSeal(data), key, archive.entries);
  await archive.addBytes(names.keys, sealed);
}
