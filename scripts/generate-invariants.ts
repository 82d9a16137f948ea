import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { invariantsPage } from './invariants-page.ts';

/** Writes docs/invariants.md anew. A test says when it is not current. */
await writeFile(join(import.meta.dirname, '..', 'docs', 'invariants.md'), await invariantsPage());
