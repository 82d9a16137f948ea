import { open, rename, rm } from 'node:fs/promises';
import { fileFailure } from './files.ts';

/** Writes a file that only its owner reads, all of it or nothing. Returns how many bytes. */
export async function writeWhole(path: string, pieces: AsyncIterable<Uint8Array>): Promise<number> {
  const unfinished = `${path}.unfinished-${String(process.pid)}`;
  try {
    let bytes = 0;
    {
      await using file = await open(unfinished, 'wx', 0o600);
      for await (const piece of pieces) {
        // `write` alone may take a part of it, as on a disk that has just so much left.
        await file.writeFile(piece);
        bytes += piece.byteLength;
      }
      await file.sync();
    }
    await rename(unfinished, path);
    return bytes;
  } catch (thrown) {
    await rm(unfinished, { force: true });
    throw fileFailure(path, thrown);
  }
}
