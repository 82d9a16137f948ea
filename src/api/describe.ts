import fastifySwagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import { catalogue } from './schemas/catalogue.ts';

/** Makes the description of the API (OpenAPI 3.1) out of the routes' own schemas. */
export async function describeRoutes(app: FastifyInstance): Promise<void> {
  for (const schema of catalogue) app.addSchema(schema);
  await app.register(fastifySwagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Rung',
        version: '1',
        description:
          'Promotes releases up a ladder of environments. Times are milliseconds since the epoch, ratios 0 to 1. Failures are problem+json with a stable `code` and a `wayOut`.',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      components: {
        securitySchemes: {
          token: {
            type: 'http',
            scheme: 'bearer',
            description: 'A token for CI, or the token file of a laptop',
          },
          session: { type: 'apiKey', in: 'cookie', name: '__Host-rung', description: 'The page’s session' },
        },
      },
      security: [{ token: [] }, { session: [] }],
    },
    refResolver: {
      buildLocalReference: (json, _base, _fragment, number) =>
        typeof json.$id === 'string' ? json.$id : `Schema${number}`,
    },
  });
}
