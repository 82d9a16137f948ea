/**
 * Reads a file of evidence in a process of its own, and tells how much memory and processor time that took:
 * `node read-large.ts FORMAT FILE`. With `--expose-gc` also how much of it was in use.
 */
import { createReadStream } from 'node:fs';
import { evidenceReaders } from '../../src/providers/evidence/index.ts';

const megabyte = 2 ** 20;
const [, , format = '', file = ''] = process.argv;
const reader = evidenceReaders.get(format);
if (reader === undefined) throw new Error(`there is no reader ${format}`);

const usedNow = (): number => {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};

let mostRss = 0;
let mostUsed = 0;
let bytes = 0;
let lookedAt = 0;
function look(): void {
  mostRss = Math.max(mostRss, process.memoryUsage.rss());
  if (globalThis.gc === undefined || bytes - lookedAt < 4 * megabyte) return;
  lookedAt = bytes;
  mostUsed = Math.max(mostUsed, usedNow());
}

async function* watched(end: number): AsyncGenerator<Uint8Array> {
  for await (const chunk of createReadStream(file, { end }) as AsyncIterable<Uint8Array>) {
    look();
    bytes += chunk.byteLength;
    yield chunk;
  }
}
const read = (end: number) =>
  reader.read({ name: format, bytes: watched(end) }, new AbortController().signal);

// Once a little, so that what is measured is the file and not the program.
await read(2 * megabyte);
bytes = 0;
lookedAt = 0;
mostRss = 0;
const startUsed = usedNow();
mostUsed = startUsed;
const startRss = process.memoryUsage.rss();
const startCpu = process.cpuUsage();
const reading = await read(Number.POSITIVE_INFINITY);
const { user, system } = process.cpuUsage(startCpu);
process.stdout.write(
  JSON.stringify({
    usedMb: (mostUsed - startUsed) / megabyte,
    grewMb: (mostRss - startRss) / megabyte,
    mbPerSecond: bytes / megabyte / ((user + system) / 1e6),
    reading,
  }),
);
