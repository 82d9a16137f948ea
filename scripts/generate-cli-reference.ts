import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cliReference } from '../src/cli/reference.ts';

/** Writes docs/reference/cli.md from the commands themselves. A test says when it is not current. */
const path = join(import.meta.dirname, '..', 'docs', 'reference', 'cli.md');
await writeFile(path, cliReference());
