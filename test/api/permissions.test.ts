import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import Fastify from 'fastify';
import { expect, it } from 'vitest';
import { limitsPage, limitsText } from '../../scripts/limits-page.ts';
import { permissionsPage, permissionsText } from '../../scripts/permissions-page.ts';
import { type Access, everybody } from '../../src/api/access.ts';
import type { ApiContext } from '../../src/api/context.ts';
import { guardRoutes } from '../../src/api/door.ts';

const root = join(import.meta.dirname, '../..');

it('has a page of who may do what: run `node scripts/generate-permissions.ts` when this fails (OPS-7)', async () => {
  expect(await readFile(join(root, permissionsPage), 'utf8')).toBe(await permissionsText());
});

it('has a page of limits: run `node scripts/generate-limits.ts` when this fails', async () => {
  expect(await readFile(join(root, limitsPage), 'utf8')).toBe(limitsText());
});

async function appWith(access: Access | undefined): Promise<ReturnType<typeof guardRoutes>> {
  const app = Fastify();
  const routes = guardRoutes({ app } as unknown as ApiContext);
  app.get('/side-door', access === undefined ? {} : { config: { access } }, async () => 'in');
  await app.ready();
  return routes;
}

it('serves no route that does not say who may call it', async () => {
  await expect(appWith(undefined)).rejects.toMatchObject({ code: 'access-unsaid' });
  expect(await appWith(everybody)).toMatchObject([{ method: 'GET', path: '/side-door', access: everybody }]);
});
