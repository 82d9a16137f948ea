import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cliReference, listedCommandsFile } from '../src/cli/reference.ts';

/** Writes docs/reference/cli.md and the list that `rung --help` prints, from the commands themselves. Tests say when they are not current. */
const root = join(import.meta.dirname, '..');
await writeFile(join(root, 'docs', 'reference', 'cli.md'), cliReference());
await writeFile(join(root, 'src', 'cli', 'listed-commands.ts'), listedCommandsFile());
