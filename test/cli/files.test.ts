import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { writeWhole } from '../../src/cli/find/write-whole.ts';
import { temporaryFolder } from './terminal.ts';

/** UTF-16 with its mark, then what is no UTF-8, cut within a character. */
const sent = Buffer.from([0xff, 0xfe, 0x3c, 0x00, 0xef, 0xbb, 0xbf, 0xe2, 0x82]);

it('writes all of each piece, though the system takes a part at a time', async () => {
  const path = join(await temporaryFolder(), 'file');
  const probe = await open(path, 'w');
  const handles = Object.getPrototypeOf(probe) as { write: unknown };
  await probe.close();
  const { write } = handles;
  // As on a disk that has room for one byte more, and then for another.
  handles.write = async function (this: typeof probe, piece: Uint8Array) {
    return (write as (piece: Uint8Array) => Promise<unknown>).call(this, piece.subarray(0, 1));
  };
  try {
    const pieces = async function* () {
      yield sent;
    };
    await writeWhole(path, pieces());
  } finally {
    handles.write = write;
  }
  expect(await readFile(path)).toEqual(sent);
});
