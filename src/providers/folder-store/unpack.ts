import { randomUUID } from 'node:crypto';
import { lstat, mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { extract } from 'tar';
import { Failure, isDiskFull, isFailure } from '../../domain/failure.ts';
import type { Digest } from '../../domain/ids.ts';
import { differences } from './differences.ts';
import { type ArchiveLimits, archiveLimits, changedArchive, type Listed, listArchive } from './listing.ts';
import { writeVerified } from './store.ts';

/**
 * How it is known that what runs is what was released: the archive stays beside its folder. Before each start its
 * digest is taken again, in the same pass every file in it is hashed, and the folder must hold exactly these files.
 * What differs is put back from the archive, one file at a time, so that instances that run from the folder go on.
 */
export type Unpacked =
  | { readonly state: 'intact' }
  | { readonly state: 'absent' }
  /** Paths below the folder that differ, are missing, or do not belong there. */
  | { readonly state: 'changed'; readonly paths: readonly string[] };

const archiveOf = (folder: string): string => `${folder}.tar`;

/**
 * Takes an artifact in, verifies it, and unpacks it: the folder is there whole, or not at all. Succeeds on what is
 * there already. Throws invalid `artifact-digest-mismatch`, `artifact-malformed`, `artifact-unsafe`; limited `artifact-too-large`;
 * unavailable `disk-full`.
 */
export async function unpackArtifact(
  bytes: AsyncIterable<Uint8Array>,
  digest: Digest,
  folder: string,
  limits: ArchiveLimits = archiveLimits,
): Promise<void> {
  await mkdir(dirname(folder), { recursive: true, mode: 0o700 });
  await writeVerified(archiveOf(folder), digest, bytes, limits.bytes);
  await repair(digest, folder, await listArchive(archiveOf(folder), digest, limits));
}

/** Looks, and changes nothing. Throws invalid `artifact-changed` or absent `artifact-missing` of the archive itself. */
export async function verifyUnpacked(digest: Digest, folder: string): Promise<Unpacked> {
  if (!(await exists(folder))) return { state: 'absent' };
  const paths = await differences(folder, await listArchive(archiveOf(folder), digest));
  return paths.length === 0 ? { state: 'intact' } : { state: 'changed', paths };
}

/**
 * To be called before each start: afterwards the folder holds exactly the artifact. Fetches only when the archive is
 * not there or not what it was. `repaired` names what had been changed; it is empty when all was well or new.
 */
export async function ensureUnpacked(
  digest: Digest,
  folder: string,
  fetch: () => Promise<AsyncIterable<Uint8Array>>,
): Promise<{ readonly repaired: readonly string[] }> {
  const listed = await listKept(digest, folder);
  if (listed !== null) return { repaired: await repair(digest, folder, listed) };
  await unpackArtifact(await fetch(), digest, folder);
  return { repaired: [] };
}

async function listKept(digest: Digest, folder: string): Promise<readonly Listed[] | null> {
  try {
    return await listArchive(archiveOf(folder), digest);
  } catch (error) {
    const gone = isFailure(error) && (error.kind === 'absent' || error.kind === 'invalid');
    if (gone) return null;
    throw error;
  }
}

async function repair(digest: Digest, folder: string, listed: readonly Listed[]): Promise<readonly string[]> {
  if (!(await exists(folder))) {
    await extractWhole(folder, listed);
    return [];
  }
  const paths = await differences(folder, listed);
  if (paths.length === 0) return [];
  await putBack(folder, paths);
  if ((await differences(folder, listed)).length > 0) throw changedArchive(digest);
  return paths;
}

async function extractWhole(folder: string, listed: readonly Listed[]): Promise<void> {
  const draft = `${folder}.${randomUUID()}.draft`;
  try {
    await mkdir(draft, { mode: 0o755 });
    await extract({ file: archiveOf(folder), cwd: draft, ...extraction });
    // A disk takes what it still has room for, and says nothing; whoever extracts does not look.
    if ((await differences(draft, listed)).length > 0) throw diskFull();
    await rename(draft, folder);
  } catch (error) {
    throw isDiskFull(error) ? diskFull(error) : error;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function putBack(folder: string, paths: readonly string[]): Promise<void> {
  for (const path of paths) await rm(join(folder, path), { recursive: true, force: true });
  const wanted = (path: string): boolean =>
    paths.some((one) => one === path || path.startsWith(`${one}/`) || one.startsWith(`${path}/`));
  await extract({
    file: archiveOf(folder),
    cwd: folder,
    filter: (path) => wanted(path.replace(/\/$/, '')),
    ...extraction,
  });
}

/** Owners and times are nobody's; modes are those in the archive whatever the process's umask is. */
const extraction = {
  strict: true,
  preserveOwner: false,
  noMtime: true,
  chmod: true,
  processUmask: 0o022,
} as const;

const diskFull = (cause?: unknown): Failure =>
  new Failure('unavailable', 'disk-full', 'The disk has no room to unpack the artifact.', {
    wayOut: 'Free some space; it is unpacked again by itself.',
    cause,
  });

async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}
