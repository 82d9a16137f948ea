import { largeFiles } from '../evidence/large-file.ts';
import { readLarge } from '../evidence/reading-large.ts';
import { row, sized, subject } from './row.ts';

const megabytes = sized(100, 2);
subject({ title: 'Evidence', about: 'How fast a report of 100 MB is read, and how much memory that takes.' });
for (const [name, file] of Object.entries(largeFiles)) {
  const { grewMb, mbPerSecond } = await readLarge(file, megabytes);
  row({
    what: name,
    figure: mbPerSecond,
    unit: 'MB/CPU s',
    note: `memory grew by ${grewMb.toFixed(0)} MB`,
  });
}
