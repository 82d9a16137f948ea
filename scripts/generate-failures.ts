import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { failurePages, failuresFolder } from './failure-pages.ts';

/** Writes docs/reference/failures anew from the catalogue. A test says when it is not current. */
const folder = join(import.meta.dirname, '..', failuresFolder);
await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
for (const { name, text } of failurePages()) await writeFile(join(folder, name), text);
