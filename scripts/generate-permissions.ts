import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { permissionsPage, permissionsText } from './permissions-page.ts';

/** Writes the page of who may do what anew. A test says when it is not current. */
await writeFile(join(import.meta.dirname, '..', permissionsPage), await permissionsText());
