import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { referencePage, schemas, validatorSource } from '../../../scripts/schema-products.ts';

const root = new URL('../../../', import.meta.url);
const text = (path: string): Promise<string> => readFile(new URL(path, root), 'utf8');

describe('what is made from the schemas is current; if not, run `node scripts/generate-schema.ts`', () => {
  it.each(schemas)('$schema', async ({ schema: from, validator, page, title }) => {
    const schema: unknown = JSON.parse(await text(from));
    expect(await text(validator)).toBe(validatorSource(schema, from));
    expect(await text(page)).toBe(referencePage(schema, from, title));
  });
});
