import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { projectFilePage, validatorSource } from '../../../scripts/schema-products.ts';

const root = new URL('../../../', import.meta.url);
const text = (path: string): Promise<string> => readFile(new URL(path, root), 'utf8');

describe('what is made from the schema is current; if not, run `node scripts/generate-schema.ts`', () => {
  it.each([
    ['src/lifecycle/declare/validate.generated.ts', validatorSource],
    ['docs/reference/project-file.md', projectFilePage],
  ])('%s', async (path, make) => {
    const schema: unknown = JSON.parse(await text('schemas/rung.schema.json'));
    expect(await text(path)).toBe(make(schema));
  });
});
