import type { Readable } from 'node:stream';
import { Type } from 'typebox';
import { Failure } from '../../domain/failure.ts';
import { type ApiContext, callerOf, projectOf } from '../context.ts';
import { failures, projectGuard } from '../route.ts';
import { count } from '../schemas/shapes.ts';

/** Artifacts stream through: nothing of them is held in memory, and no more than the limit is ever read. */
export function artifactRoutes(context: ApiContext): void {
  const { app, limits, options } = context;
  app.addContentTypeParser('application/octet-stream', (_request, payload, done) => done(null, payload));
  app.put('/api/v1/projects/:project/artifacts/:digest', {
    onRequest: projectGuard(context, 'build'),
    schema: artifactSchema,
    handler: async (request, reply) => {
      const { digest } = request.params as { readonly digest: string };
      const length = Number(request.headers['content-length'] ?? 0);
      if (length > limits.artifactBytes) throw tooLarge(limits.artifactBytes);
      const bytes = limited(request.body as Readable, limits.artifactBytes);
      try {
        const stored = await options.controlPlane.putArtifact(
          projectOf(request).id,
          digest,
          bytes,
          callerOf(request),
        );
        return await reply.status(stored.stored ? 201 : 200).send(stored);
      } finally {
        // What was not read would be taken for the next request of this connection.
        if (!request.raw.complete) void reply.header('connection', 'close');
      }
    },
  });
}

async function* limited(payload: Readable, limitBytes: number): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const chunk of payload as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > limitBytes) throw tooLarge(limitBytes);
    yield chunk;
  }
}

const tooLarge = (limitBytes: number): Failure =>
  new Failure('invalid', 'artifact-too-large', `The artifact is larger than ${limitBytes} bytes.`, {
    wayOut: 'Leave out of the service’s folder what it does not need to run.',
    facts: { limitBytes },
  });

const stored = Type.Object({ stored: Type.Boolean(), size: count });
const artifactSchema = {
  operationId: 'putArtifact',
  tags: ['builds'],
  summary: 'Put the bytes of an artifact; `stored` is false where they were there already',
  consumes: ['application/octet-stream'],
  params: Type.Object(
    {
      project: Type.String({ minLength: 1, maxLength: 100 }),
      digest: Type.String({ pattern: '^sha256:[0-9a-f]{64}$' }),
    },
    { additionalProperties: false },
  ),
  response: { 200: stored, 201: stored, ...failures },
};
