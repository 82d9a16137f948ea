import '@fastify/swagger';
import type { ApiContext } from '../context.ts';

/** The description of the API (OpenAPI 3.1). For everybody: it holds nothing that is not in the source. */
export function descriptionRoutes({ app }: ApiContext): void {
  app.get('/api/openapi.json', { schema: { hide: true } }, async () => app.swagger());
}
