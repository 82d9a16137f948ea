import '@fastify/swagger';
import { everybody } from '../access.ts';
import type { ApiContext } from '../context.ts';

/** The description of the API (OpenAPI 3.1). For everybody: it holds nothing that is not in the source. */
export function descriptionRoutes({ app }: ApiContext): void {
  app.get('/api/openapi.json', { schema: { hide: true }, config: { access: everybody } }, async () =>
    app.swagger(),
  );
}
