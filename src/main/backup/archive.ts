import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { Header } from 'tar';
import type { Digest } from '../../domain/ids.ts';
import { damaged, type IndexedEntry } from './format.ts';

const blockBytes = 512;
const pieceBytes = 256 * 1024;

/** Writes a tar file, entry by entry; it remembers names, sizes and digests, and nothing else. */
export class ArchiveWriter {
  readonly #file: FileHandle;
  readonly #entries: IndexedEntry[] = [];

  constructor(file: FileHandle) {
    this.#file = file;
  }

  get entries(): readonly IndexedEntry[] {
    return this.#entries;
  }

  /** Throws when there come more or fewer bytes than were announced. */
  async add(name: string, bytes: number, pieces: AsyncIterable<Uint8Array>): Promise<void> {
    const hash = createHash('sha256');
    let written = 0;
    await this.#file.writeFile(headerOf(name, bytes));
    for await (const piece of pieces) {
      written += piece.byteLength;
      hash.update(piece);
      await this.#file.writeFile(piece);
    }
    if (written !== bytes) throw damaged(`${name} changed while it was read.`);
    await this.#file.writeFile(padding(bytes));
    this.#entries.push({ name, bytes, digest: `sha256:${hash.digest('hex')}` as Digest });
  }

  async addText(name: string, text: string): Promise<void> {
    await this.addBytes(name, Buffer.from(text));
  }

  async addBytes(name: string, bytes: Uint8Array): Promise<void> {
    await this.add(name, bytes.byteLength, one(bytes));
  }

  async end(): Promise<void> {
    await this.#file.writeFile(new Uint8Array(2 * blockBytes));
  }
}

async function* one(piece: Uint8Array): AsyncGenerator<Uint8Array> {
  yield piece;
}

function headerOf(name: string, bytes: number): Uint8Array {
  const header = new Header({ path: name, type: 'File', mode: 0o600, size: bytes, mtime: new Date(0) });
  if (header.encode() || header.block === undefined) throw damaged(`the name ${name} is too long.`);
  return header.block;
}

const padding = (bytes: number): Uint8Array =>
  new Uint8Array((blockBytes - (bytes % blockBytes)) % blockBytes);

export interface ArchiveEntry {
  readonly name: string;
  readonly bytes: number;
  /** To be read at most once, before the next entry is asked for; what is not read is passed over. */
  readonly pieces: AsyncIterable<Uint8Array>;
}

/** The entries of a tar file as `ArchiveWriter` makes it, one after the other. Throws invalid `backup-damaged`. */
export async function* readArchive(path: string): AsyncGenerator<ArchiveEntry> {
  await using file = await open(path, 'r');
  const { size } = await file.stat();
  for (let at = 0; ; ) {
    const header = await headerAt(file, at);
    if (header === null) {
      if (at + 2 * blockBytes !== size) throw damaged('something follows its end.');
      return;
    }
    const { name, bytes } = header;
    const from = at + blockBytes;
    at = from + bytes + padding(bytes).byteLength;
    if (at > size) throw damaged('it is cut off.');
    yield { name, bytes, pieces: piecesOf(file, from, bytes) };
  }
}

/** null: the block of zeros at the end. */
async function headerAt(
  file: FileHandle,
  at: number,
): Promise<{ readonly name: string; readonly bytes: number } | null> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(blockBytes), 0, blockBytes, at);
  if (bytesRead < blockBytes) throw damaged('it is cut off.');
  const header = new Header(buffer);
  if (header.nullBlock) return null;
  const { path, size, type, cksumValid } = header;
  if (!cksumValid || path === undefined || size === undefined || type !== 'File')
    throw damaged(`there is no entry at byte ${at}.`);
  return { name: path, bytes: size };
}

async function* piecesOf(file: FileHandle, from: number, bytes: number): AsyncGenerator<Uint8Array> {
  for (let done = 0; done < bytes; ) {
    const wanted = Math.min(pieceBytes, bytes - done);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(wanted), 0, wanted, from + done);
    if (bytesRead === 0) throw damaged('it is cut off.');
    done += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

/** The whole of a small entry. Throws invalid `backup-damaged` where it is larger than it may be. */
export async function textOf(entry: ArchiveEntry, limitBytes: number): Promise<string> {
  if (entry.bytes > limitBytes) throw damaged(`${entry.name} is too large.`);
  const pieces: Uint8Array[] = [];
  for await (const piece of entry.pieces) pieces.push(piece);
  return Buffer.concat(pieces).toString('utf8');
}
