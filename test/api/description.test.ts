import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, it } from 'vitest';
import { describeApi } from '../../src/api/description.ts';
import { digestOf } from '../../src/domain/canonical.ts';
import { systemClock } from '../../src/engine/clock.ts';
import { call, stage } from './stage.ts';

const root = join(import.meta.dirname, '../..');
const committed = (): Promise<string> => readFile(join(root, 'docs/reference/openapi.json'), 'utf8');

interface Description {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
}
interface Operation {
  readonly operationId?: string;
  readonly summary?: string;
  readonly responses: Readonly<Record<string, unknown>>;
}

const operations = ({ paths }: Description): readonly Operation[] =>
  Object.values(paths).flatMap((methods) => Object.values(methods));

it('is written down as it is served: run `node scripts/generate-client.ts` when this fails', async () => {
  expect(JSON.parse(await committed())).toEqual(await describeApi(systemClock));
});

it('has given the client its types: run `node scripts/generate-client.ts` when this fails', async () => {
  const types = await readFile(join(root, 'src/client/schema.generated.d.ts'), 'utf8');
  expect(types.split('\n')[0]).toContain(digestOf(await committed()));
});

it('is served to whoever asks', async () => {
  const { api } = await stage();
  const { body } = await call(api, 'GET', '/api/openapi.json');
  expect(body.openapi).toBe('3.1.0');
});

it('names every operation once, says what it does, and what it answers when it fails', async () => {
  const all = operations((await describeApi(systemClock)) as Description);
  const names = all.map(({ operationId }) => operationId);
  expect(new Set(names).size).toBe(names.length);
  for (const { operationId, summary, responses } of all) {
    expect(summary, operationId).toBeTruthy();
    expect(responses, operationId).toHaveProperty('default');
  }
});

it('holds schemas that JSON Schema 2020-12 can read, with no reference into nothing', async () => {
  const description = (await describeApi(systemClock)) as Description;
  const ajv = new Ajv2020({ strict: false });
  ajv.addSchema(description, 'openapi.json');
  for (const name of Object.keys(description.components.schemas))
    expect(() => ajv.compile({ $ref: `openapi.json#/components/schemas/${name}` }), name).not.toThrow();
});
