import fastifySwagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import type { Access } from './access.ts';
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
          question: {
            type: 'http',
            scheme: 'bearer',
            description: 'The token that went out with a question of a webhook gate',
          },
          session: { type: 'apiKey', in: 'cookie', name: '__Host-rung', description: 'The page’s session' },
        },
      },
      security: [{ token: [] }, { session: [] }],
    },
    // Who may call stands with the route; the description says it in the words of OpenAPI.
    transform: ({ schema, url, route }) => ({
      url,
      schema: schema === undefined ? schema : { ...schema, ...securityOf(route.config?.access) },
    }),
    refResolver: {
      buildLocalReference: (json, _base, _fragment, number) =>
        typeof json.$id === 'string' ? json.$id : `Schema${number}`,
    },
  });
}

type Security = readonly Readonly<Record<string, readonly string[]>>[];

const securityBy: Readonly<Partial<Record<Access['of'], Security>>> = {
  everybody: [],
  'this machine': [],
  'laptop token': [{ token: [] }],
  'laptop session': [{ session: [] }],
  question: [{ question: [] }],
};

const securityOf = (access: Access | undefined): object => {
  const security = access === undefined ? undefined : securityBy[access.of];
  return security === undefined ? {} : { security };
};
