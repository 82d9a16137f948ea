import { Readable } from 'node:stream';
import { Type } from 'typebox';
import { Failure } from '../../domain/failure.ts';
import { evidenceKinds } from '../../domain/evidence/evidence.ts';
import type { AddEvidence } from '../../lifecycle/face.ts';
import { members, named, signedIn } from '../access.ts';
import { type ApiContext, callerOf, projectOf } from '../context.ts';
import { withLimitedBody } from '../limited-body.ts';
import { after, limit, linked, pageOf } from '../paging.ts';
import { failures, projectRoute } from '../route.ts';
import { askEvidenceFile, askPlanRead, askSaying, askWaiver } from '../schemas/ask-evidence.ts';
import { evidence, waiver } from '../schemas/evidence.ts';
import { why } from '../schemas/promotion.ts';
import { listOf, oneOf, ref } from '../schemas/shapes.ts';

const params = Type.Object({
  release: Type.String({ minLength: 1, maxLength: 100, description: 'A version or a release id' }),
});
const closed = { additionalProperties: false } as const;
const project = Type.String({ minLength: 1, maxLength: 100 });

export function evidenceRoutes(context: ApiContext): void {
  fileIn(context);
  fileOut(context);
  wordRoutes(context);
}

/** Streams in: nothing of the file is held in memory. */
function fileIn(context: ApiContext): void {
  const { app, limits, options } = context;
  app.put('/api/v1/projects/:project/evidence/file', {
    config: { access: members('evidence') },
    schema: {
      operationId: 'addEvidence',
      tags: ['evidence'],
      summary: 'Hand over a file as evidence: JUnit, lcov, Cobertura, SARIF',
      consumes: ['application/octet-stream'],
      params: Type.Object({ project }, closed),
      querystring: askEvidenceFile,
      response: { 201: ref(evidence), ...failures },
    },
    handler: (request, reply) =>
      withLimitedBody(request, reply, { bytes: limits.evidenceBytes, tooLarge }, async (bytes) => {
        const ask = request.query as AddEvidence;
        const { id } = projectOf(request);
        const added = await options.controlPlane.addEvidence(id, ask, bytes, callerOf(request));
        return reply.status(201).send(added);
      }),
  });
}

const tooLarge = (limitBytes: number): Failure =>
  new Failure('invalid', 'evidence-too-large', `The file is larger than ${limitBytes} bytes.`, {
    wayOut: 'Hand over one file a suite, without what the tests printed.',
    facts: { limitBytes },
  });

/** As it came, and always as a file to keep: what others wrote is never shown as a page of ours. */
function fileOut(context: ApiContext): void {
  const { controlPlane } = context.options;
  context.app.get('/api/v1/projects/:project/evidence/:id/file', {
    config: { access: signedIn('read') },
    schema: {
      operationId: 'getEvidenceFile',
      tags: ['evidence'],
      summary: 'The file that evidence was read from, as it came',
      produces: ['application/octet-stream'],
      params: Type.Object({ project, id: Type.String({ minLength: 1, maxLength: 100 }) }, closed),
      response: {
        200: {
          description: 'The bytes',
          content: { 'application/octet-stream': { schema: Type.String({ format: 'binary' }) } },
        },
        ...failures,
      },
    },
    handler: async (request, reply) => {
      const { id } = request.params as { readonly id: string };
      const { file, bytes } = await controlPlane.evidenceFile(projectOf(request).id, id);
      return reply
        .type('application/octet-stream')
        .header('content-length', file.bytes)
        .header('content-disposition', `attachment; filename="${file.name.replaceAll(/[^\w.-]/g, '-')}"`)
        .send(Readable.from(bytes, { objectMode: false }));
    },
  });
}

function wordRoutes(context: ApiContext): void {
  const { controlPlane } = context.options;
  projectRoute(context, {
    id: 'listEvidence',
    tag: 'evidence',
    method: 'GET',
    path: '/releases/:release/evidence',
    summary: 'What was found out about a release, newest first',
    access: signedIn('read'),
    params,
    query: Type.Object({ after, limit, kind: Type.Optional(oneOf(evidenceKinds)) }, closed),
    answer: pageOf(ref(evidence)),
    run: async ({ project: { id }, params: { release }, query, request, reply }) =>
      linked(await controlPlane.evidence(id, release, query), request, reply),
  });
  projectRoute(context, {
    id: 'sayEvidence',
    tag: 'evidence',
    method: 'POST',
    path: '/evidence',
    summary: 'Say something about a release: a review, a count of bugs, a sign-off, a plan, a checklist',
    access: members('evidence'),
    body: askSaying,
    answer: ref(evidence),
    status: 201,
    idempotent: true,
    run: ({ project: { id }, body, caller }) => controlPlane.sayEvidence(id, body, caller),
  });
  projectRoute(context, {
    id: 'readRollbackPlan',
    tag: 'evidence',
    method: 'POST',
    path: '/releases/:release/rollback-plan/read',
    summary: 'Say in your own name that you read the rollback plan; never its writer',
    access: members(null),
    params,
    body: askPlanRead,
    answer: ref(evidence),
    status: 201,
    idempotent: true,
    run: ({ project: { id }, params: { release }, body, caller }) =>
      controlPlane.readRollbackPlan(id, { ...body, release }, caller),
  });
  projectRoute(context, {
    id: 'listWaivers',
    tag: 'evidence',
    method: 'GET',
    path: '/releases/:release/waivers',
    summary: 'Every gate that was ever waived for a release, newest first',
    access: signedIn('read'),
    params,
    answer: Type.Object({ items: listOf(ref(waiver)) }),
    run: async ({ project: { id }, params: { release } }) => ({
      items: await controlPlane.waivers(id, release),
    }),
  });
  projectRoute(context, {
    id: 'waiveGate',
    tag: 'evidence',
    method: 'POST',
    path: '/releases/:release/waivers',
    summary: 'Let one gate pass for a release into an environment, with a reason that is shown for ever',
    access: named('waiver-role-missing'),
    params,
    body: askWaiver,
    answer: ref(why),
    status: 201,
    idempotent: true,
    run: ({ project: { id }, params: { release }, body, caller }) =>
      controlPlane.waive(id, { ...body, release }, caller),
  });
}
