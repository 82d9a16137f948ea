import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { everybody } from '../access.ts';
import type { ApiContext } from '../context.ts';

const yearMs = 365 * 86_400_000;

/** The page, for every address that is nothing else: it reads the address itself. */
export async function pageRoutes({ app, options }: ApiContext): Promise<void> {
  const { webFolder } = options;
  const index = webFolder === null ? null : await readIndex(webFolder);
  if (webFolder !== null && index !== null)
    await app.register((files: FastifyInstance) => pageFiles(files, webFolder));
  // What is not for the page was refused at the door.
  app.setNotFoundHandler((_request, reply) => sendPage(reply, index));
}

async function pageFiles(app: FastifyInstance, webFolder: string): Promise<void> {
  app.addHook('onRoute', (route) => {
    route.config = { ...route.config, access: everybody };
  });
  await app.register(fastifyStatic, {
    root: webFolder,
    // Looked for at each start: a file that is not there is the page's to answer.
    wildcard: false,
    index: false,
    cacheControl: false,
    setHeaders: (reply, path) =>
      void reply.header(
        'cache-control',
        path.startsWith(join(webFolder, 'assets'))
          ? `public, max-age=${yearMs / 1000}, immutable`
          : 'no-cache',
      ),
  });
}

const readIndex = (folder: string): Promise<string | null> =>
  readFile(join(folder, 'index.html'), 'utf8').catch(() => null);

const sendPage = (reply: FastifyReply, index: string | null): FastifyReply =>
  index === null
    ? reply
        .type('text/plain; charset=utf-8')
        .send(
          'Rung is running. Its page has not been built: run `npm run build`. The API is under /api/v1.\n',
        )
    : reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(index);
