import '@fastify/swagger';
import { Failure } from '../../domain/failure.ts';
import { everybody, thisMachine } from '../access.ts';
import type { ApiContext } from '../context.ts';

/** What watches us asks these; none of them says anything of a project. */
export function healthRoutes({ app, options }: ApiContext): void {
  app.get('/healthz', { schema: { hide: true }, config: { access: everybody } }, async () => ({
    status: 'alive',
  }));
  app.get('/readyz', { schema: { hide: true }, config: { access: everybody } }, async () => {
    try {
      await options.ready?.();
    } catch (thrown) {
      throw new Failure('unavailable', 'not-ready', 'The control plane is not ready to take work.', {
        wayOut: 'Wait; if it lasts, its log says what it waits for.',
        cause: thrown,
      });
    }
    return { status: 'ready' };
  });
  app.get(
    '/metrics',
    { schema: { hide: true }, config: { access: thisMachine } },
    async (_request, reply) => {
      if (options.metrics === undefined) throw hidden();
      return reply.type(options.metrics.contentType).send(await options.metrics.metrics());
    },
  );
}

const hidden = (): Failure =>
  new Failure('absent', 'route-unknown', 'There is nothing here.', {
    wayOut: 'No figures are kept here.',
  });
