import { Type } from 'typebox';
import { Failure } from '../../domain/failure.ts';
import { members } from '../access.ts';
import { type ApiContext, callerOf, projectOf } from '../context.ts';
import { withLimitedBody } from '../limited-body.ts';
import { failures } from '../route.ts';
import { count } from '../schemas/shapes.ts';

/** Artifacts stream through: nothing of them is held in memory, and no more than the limit is ever read. */
export function artifactRoutes(context: ApiContext): void {
  const { app, limits, options } = context;
  app.addContentTypeParser('application/octet-stream', (_request, payload, done) => done(null, payload));
  app.put('/api/v1/projects/:project/artifacts/:digest', {
    config: { access: members('build') },
    schema: artifactSchema,
    handler: (request, reply) =>
      withLimitedBody(request, reply, { bytes: limits.artifactBytes, tooLarge }, async (bytes) => {
        const { digest } = request.params as { readonly digest: string };
        const project = projectOf(request).id;
        const put = await options.controlPlane.putArtifact(project, digest, bytes, callerOf(request));
        return reply.status(put.stored ? 201 : 200).send(put);
      }),
  });
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
