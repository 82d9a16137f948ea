import { readFile, writeFile } from 'node:fs/promises';
import { projectFilePage, validatorSource } from './schema-products.ts';

/** Writes what is made from schemas/rung.schema.json: run it after every change of the schema. */
const root = new URL('../', import.meta.url);
const schema: unknown = JSON.parse(await readFile(new URL('schemas/rung.schema.json', root), 'utf8'));
await writeFile(new URL('src/lifecycle/declare/validate.generated.ts', root), validatorSource(schema));
await writeFile(new URL('docs/reference/project-file.md', root), projectFilePage(schema));
