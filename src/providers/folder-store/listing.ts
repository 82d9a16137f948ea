import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { Parser, type ReadEntry } from 'tar';
import { Failure } from '../../domain/failure.ts';
import type { Digest } from '../../domain/ids.ts';
import { hexOf, missing } from './digest.ts';

/** One thing in an archive, as it has to be on disk. */
export type Listed =
  | { readonly kind: 'folder'; readonly path: string }
  | { readonly kind: 'link'; readonly path: string; readonly to: string }
  | {
      readonly kind: 'file';
      readonly path: string;
      readonly executable: boolean;
      readonly size: number;
      readonly sha256: string;
    };

export interface ArchiveLimits {
  readonly entries: number;
  readonly bytes: number;
}
export const archiveLimits: ArchiveLimits = { entries: 100_000, bytes: 2 ** 30 };

/**
 * Everything in an archive, read in one pass that verifies the archive's digest too. Throws invalid
 * `artifact-changed`, `artifact-malformed`, `artifact-unsafe`; limited `artifact-too-large`; absent `artifact-missing`.
 */
export async function listArchive(
  archive: string,
  digest: Digest,
  limits: ArchiveLimits = archiveLimits,
): Promise<readonly Listed[]> {
  const hash = createHash('sha256');
  const reading = new Reading(limits);
  try {
    for await (const chunk of createReadStream(archive) as AsyncIterable<Buffer>) {
      hash.update(chunk);
      await reading.take(chunk);
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw missing(digest);
    throw error;
  }
  if (hash.digest('hex') !== hexOf(digest)) throw changedArchive(digest);
  return reading.end();
}

class Reading {
  readonly #limits: ArchiveLimits;
  readonly #parser: Parser;
  readonly #listed: (() => Listed)[] = [];
  readonly #seen = new Set<string>();
  #bytes = 0;
  #started = false;
  #failed: Error | null = null;

  constructor(limits: ArchiveLimits) {
    this.#limits = limits;
    this.#parser = new Parser({ strict: true, onReadEntry: (entry) => this.#entry(entry) });
    this.#parser.on('error', (error: Error) => {
      this.#failed ??= malformed(error);
    });
  }

  async take(chunk: Buffer): Promise<void> {
    if (!this.#started) this.#start(chunk);
    if (!this.#parser.write(chunk) && this.#failed === null) await this.#until('drain');
    if (this.#failed !== null) throw this.#failed;
  }

  async end(): Promise<readonly Listed[]> {
    const ended = this.#until('end');
    this.#parser.end();
    if (this.#failed === null) await ended;
    if (this.#failed !== null) throw this.#failed;
    return this.#listed.map((finish) => finish());
  }

  /** Or an error, which is remembered apart. */
  #until(event: 'drain' | 'end'): Promise<void> {
    return new Promise((resolve) => {
      this.#parser.once(event, () => resolve());
      this.#parser.once('error', () => resolve());
    });
  }

  /** The parser would unpack compressed archives as well; ours never are, and so none can swell. */
  #start(chunk: Buffer): void {
    if (chunk.subarray(257, 262).toString('latin1') !== 'ustar') throw malformed();
    this.#started = true;
  }

  #entry(entry: ReadEntry): void {
    const path = entry.path.replace(/\/$/, '');
    const finish = this.#accept(entry, path);
    if (finish === null) this.#failed ??= unsafe(path);
    else this.#listed.push(finish);
    this.#bytes += entry.size;
    if (this.#listed.length > this.#limits.entries || this.#bytes > this.#limits.bytes) {
      this.#failed ??= tooMuch(this.#limits);
    }
    entry.resume();
  }

  #accept(entry: ReadEntry, path: string): (() => Listed) | null {
    if (!isInside(path) || this.#seen.has(path)) return null;
    this.#seen.add(path);
    if (entry.type === 'Directory') return () => ({ kind: 'folder', path });
    if (entry.type === 'SymbolicLink') {
      const to = entry.linkpath ?? '';
      return linkStaysInside(path, to) ? () => ({ kind: 'link', path, to }) : null;
    }
    return entry.type === 'File' ? fileOf(entry, path) : null;
  }
}

function fileOf(entry: ReadEntry, path: string): () => Listed {
  const hash: Hash = createHash('sha256');
  entry.on('data', (chunk: Buffer) => void hash.update(chunk));
  const executable = ((entry.mode ?? 0) & 0o100) !== 0;
  return () => ({ kind: 'file', path, executable, size: entry.size, sha256: hash.digest('hex') });
}

/** Whether a relative path with forward slashes names something below its folder, and nothing else. */
export const isInside = (path: string): boolean =>
  path !== '' &&
  !path.includes('\\') &&
  !path.includes('\0') &&
  path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');

/** Whether a symbolic link at `path` leads to something below the same folder, read by its text alone. */
export function linkStaysInside(path: string, to: string): boolean {
  if (to === '' || to.startsWith('/') || to.includes('\\') || to.includes('\0')) return false;
  let depth = path.split('/').length - 1;
  for (const part of to.split('/')) {
    if (part === '..') depth -= 1;
    else if (part !== '' && part !== '.') depth += 1;
    if (depth < 0) return false;
  }
  return true;
}

export const changedArchive = (digest: Digest): Failure =>
  new Failure('invalid', 'artifact-changed', `The artifact ${digest} was changed after it was released.`, {
    wayOut:
      'It is fetched again where that is possible; else build the release again, and find out who wrote there.',
  });

const malformed = (cause?: Error): Failure =>
  new Failure('invalid', 'artifact-malformed', 'The artifact is not an archive as the builder writes them.', {
    wayOut: 'Build the release again with the builder.',
    ...(cause !== undefined && { cause }),
  });

const unsafe = (path: string): Failure =>
  new Failure(
    'invalid',
    'artifact-unsafe',
    `The artifact holds "${path.slice(0, 100)}", which may lead out of its folder.`,
    {
      wayOut: 'An artifact has files, folders and links among them. Remove what is anything else.',
    },
  );

const tooMuch = (limits: ArchiveLimits): Failure =>
  new Failure(
    'limited',
    'artifact-too-large',
    `An artifact has ${limits.entries} files and ${limits.bytes} bytes at most.`,
    { wayOut: 'Leave out of the service’s folder what it does not need to run.' },
  );
