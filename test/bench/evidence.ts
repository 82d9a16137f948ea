/** Prints how fast 100 MB of evidence are read, and how much memory that takes: `node test/bench/evidence.ts`. Figures, not a test. */
import { largeFiles } from '../evidence/large-file.ts';
import { readLarge } from '../evidence/reading-large.ts';

const megabytes = 100;
for (const [name, file] of Object.entries(largeFiles)) {
  const { grewMb, mbPerSecond } = await readLarge(file, megabytes);
  process.stdout.write(
    `${name}: ${megabytes} MB at ${mbPerSecond.toFixed(0)} MB a processor second, memory grew by ${grewMb.toFixed(0)} MB\n`,
  );
}
