import { readFile, writeFile } from 'node:fs/promises';
import { referencePage, schemas, validatorSource } from './schema-products.ts';

/** Writes what is made from the schemas: run it after every change of one. */
const root = new URL('../', import.meta.url);
for (const { schema: from, validator, page, title } of schemas) {
  const schema: unknown = JSON.parse(await readFile(new URL(from, root), 'utf8'));
  await writeFile(new URL(validator, root), validatorSource(schema, from));
  await writeFile(new URL(page, root), referencePage(schema, from, title));
}
