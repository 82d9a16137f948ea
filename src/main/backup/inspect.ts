import { createHash } from 'node:crypto';
import { linkOf, genesisLink, factsDigestOf, payloadDigestOf } from '../../domain/audit/index.ts';
import type { EventContent } from '../../domain/audit/chain.ts';
import type { Digest, ProjectId } from '../../domain/ids.ts';
import type { NewEvent } from '../../domain/event.ts';
import { lastMigration } from '../../store/postgres/fill.ts';
import { type ArchiveEntry, readArchive, textOf } from './archive.ts';
import {
  type BackupIndex,
  type BackupManifest,
  damaged,
  type IndexedEntry,
  names,
  parsed,
  parseManifest,
} from './format.ts';

const smallBytes = 16 * 1024 * 1024;
/** A row may be as large as an event or a project file; a piece of a table ends with the row that fills it. */
export const pieceLimitBytes = 256 * 1024 * 1024;
const indexLimitBytes = 512 * 1024 * 1024;

/** A backup that was read from end to end and is what was written. */
export interface Inspected {
  readonly manifest: BackupManifest;
  /** Without the index itself. */
  readonly entries: readonly IndexedEntry[];
  readonly sealed: Uint8Array | null;
}

/**
 * Reads all of it: every digest, every link of every log. Writes nothing, in memory that does not grow with what is
 * in it. Throws invalid `backup-damaged`, conflict `backup-newer`.
 */
export async function inspectBackup(path: string): Promise<Inspected> {
  const entries: IndexedEntry[] = [];
  let manifest: BackupManifest | null = null;
  let sealed: Uint8Array | null = null;
  let index: BackupIndex | null = null;
  const chains = new Chains();
  for await (const entry of readArchive(path)) {
    if (index !== null) throw damaged(`${entry.name} follows the index.`);
    if (manifest === null) {
      if (entry.name !== names.manifest) throw damaged('it does not begin as a backup of Rung does.');
      const text = await textOf(entry, smallBytes);
      manifest = parseManifest(text);
      lastMigration(manifest.migrations);
      entries.push(noted(entry, text));
    } else if (entry.name === names.index) {
      index = parsed(await textOf(entry, indexLimitBytes), names.index) as BackupIndex;
    } else if (entry.name.startsWith(`${names.database}/`)) {
      const text = await textOf(entry, pieceLimitBytes);
      if (entry.name.startsWith(`${names.database}/events/`)) chains.follow(text);
      entries.push(noted(entry, text));
    } else if (entry.name === names.keys) {
      sealed = await bytesOf(entry);
      entries.push(noted(entry, sealed));
    } else entries.push(await hashed(entry));
  }
  if (manifest === null || index === null) throw damaged('it is cut off.');
  compare(entries, index);
  chains.compare(manifest);
  return { manifest, entries, sealed };
}

const noted = ({ name, bytes }: ArchiveEntry, content: string | Uint8Array): IndexedEntry => ({
  name,
  bytes,
  digest: `sha256:${createHash('sha256').update(content).digest('hex')}` as Digest,
});

async function hashed({ name, bytes, pieces }: ArchiveEntry): Promise<IndexedEntry> {
  const hash = createHash('sha256');
  for await (const piece of pieces) hash.update(piece);
  return { name, bytes, digest: `sha256:${hash.digest('hex')}` as Digest };
}

async function bytesOf(entry: ArchiveEntry): Promise<Uint8Array> {
  if (entry.bytes > smallBytes) throw damaged(`${entry.name} is too large.`);
  const all: Uint8Array[] = [];
  for await (const piece of entry.pieces) all.push(piece);
  return Buffer.concat(all);
}

function compare(found: readonly IndexedEntry[], { entries }: BackupIndex): void {
  for (const [at, one] of found.entries()) {
    const said = entries[at];
    if (said?.name !== one.name) throw damaged(`${one.name} does not belong at its place.`);
    if (said.bytes !== one.bytes || said.digest !== one.digest) throw damaged(`${one.name} was changed.`);
  }
  const missing = entries[found.length];
  if (missing !== undefined) throw damaged(`${missing.name} is missing.`);
}

interface EventRow {
  readonly project_id: ProjectId;
  readonly position: number | null;
  readonly link: Digest | null;
  readonly payload_digest: Digest;
  readonly facts_digest: Digest;
  readonly content: string;
  readonly payload: string | null;
}

/** Follows the logs of all projects, one event after the other. */
class Chains {
  readonly #heads = new Map<ProjectId, { readonly position: number; readonly link: Digest }>();
  readonly #unchained = new Map<ProjectId, number>();

  follow(lines: string): void {
    for (const line of lines.trimEnd().split('\n')) this.#take(parsed(line, names.database) as EventRow);
  }

  #take(row: EventRow): void {
    const { project_id: project, position, link } = row;
    if (!isContentTrue(row))
      throw damaged(`an event at position ${String(position)} does not match its digest.`);
    if (position === null) {
      this.#unchained.set(project, (this.#unchained.get(project) ?? 0) + 1);
      return;
    }
    const before = this.#heads.get(project) ?? { position: 0, link: genesisLink(project) };
    const payloadDigest = row.payload_digest;
    const expected = linkOf({ project, position, previous: before.link, payloadDigest });
    if (position !== before.position + 1 || link !== expected)
      throw damaged(`the log breaks at position ${position}.`);
    this.#heads.set(project, { position, link });
  }

  compare({ chains }: BackupManifest): void {
    for (const { project, name, position, link, unchained } of chains) {
      const head = this.#heads.get(project as ProjectId);
      const isSame = (head?.position ?? 0) === position && (head?.link ?? null) === link;
      if (!isSame || (this.#unchained.get(project as ProjectId) ?? 0) !== unchained)
        throw damaged(`the log of ${name} does not end where the backup says.`);
    }
  }
}

function isContentTrue({ content, payload, facts_digest: facts, payload_digest: digest }: EventRow): boolean {
  const said = parsed(content, names.database) as EventContent;
  if (payloadDigestOf(said, facts) !== digest) return false;
  return payload === null || factsDigestOf(parsed(payload, names.database) as NewEvent['payload']) === facts;
}
