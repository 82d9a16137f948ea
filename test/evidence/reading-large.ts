import { execFile } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import type { Reading } from '../../src/ports/evidence-reader.ts';
import { bytesOf, type LargeFile } from './large-file.ts';

export interface LargeReading {
  /** What was in use while it was read, at most, above what was before; only where that is looked at. */
  readonly usedMb: number;
  /** Memory of the process above what it had before, at most. */
  readonly grewMb: number;
  /** By its processor time, so that other programs on the machine do not matter. */
  readonly mbPerSecond: number;
  readonly reading: Reading;
}

/** V8 lets what was just made grow to 64 MB before it looks which of it is still in use, however little that is. */
const youngGeneration = '--max-semi-space-size=8';

/** Writes the file, has a process of its own read it, and takes it away again. */
export async function readLarge(
  file: LargeFile,
  megabytes: number,
  isUseLookedAt = false,
): Promise<LargeReading> {
  const folder = await mkdtemp(join(tmpdir(), 'rung-evidence-'));
  try {
    const path = join(folder, 'report');
    await pipeline(
      Readable.from(bytesOf(file, megabytes * 2 ** 20)),
      createWriteStream(path, { mode: 0o600 }),
    );
    const program = join(import.meta.dirname, 'read-large.ts');
    const { stdout } = await promisify(execFile)(process.execPath, [
      isUseLookedAt ? '--expose-gc' : youngGeneration,
      program,
      file.format,
      path,
    ]);
    return JSON.parse(stdout) as LargeReading;
  } finally {
    await rm(folder, { recursive: true });
  }
}
