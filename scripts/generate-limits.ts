import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { limitsPage, limitsText } from './limits-page.ts';

/** Writes the page of the API's limits anew. A test says when it is not current. */
await writeFile(join(import.meta.dirname, '..', limitsPage), limitsText());
