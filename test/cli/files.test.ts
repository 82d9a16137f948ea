import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { writeWhole } from '../../src/cli/find/write-whole.ts';
import { sampleClient } from './sample-client.ts';
import { temporaryFolder, typed } from './terminal.ts';

/** UTF-16 with its mark, then what is no UTF-8, cut within a character. */
const sent = Buffer.from([0xff, 0xfe, 0x3c, 0x00, 0xef, 0xbb, 0xbf, 0xe2, 0x82]);

const client = sampleClient({
  evidenceFile: async function* () {
    yield sent.subarray(0, 5);
    yield sent.subarray(5);
  },
});

it('gives a program the very bytes of a file of evidence', async () => {
  const { exitCode, bytes } = await typed(['evidence', 'get', 'id'], { client });
  expect([exitCode, bytes]).toEqual([0, sent]);
});

it('obeys nothing that stands in one on a terminal', async () => {
  const hostile = sampleClient({
    evidenceFile: async function* () {
      yield new TextEncoder().encode('<a>\u001B[2J</a>');
    },
  });
  const { stdout } = await typed(['evidence', 'get', 'id'], { client: hostile, tty: true });
  expect(stdout).not.toContain('\u001B');
});

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
