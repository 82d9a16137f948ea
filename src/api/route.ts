import type { FastifyReply, FastifyRequest, HTTPMethods } from 'fastify';
import { type Static, type TSchema, Type } from 'typebox';
import { Failure } from '../domain/failure.ts';
import type { Caller } from '../lifecycle/face.ts';
import type { ProjectAccess } from './access.ts';
import { type ApiContext, apiCallerOf, callerOf, projectOf, type ProjectRef } from './context.ts';
import { problem } from './schemas/problem.ts';
import { ref } from './schemas/shapes.ts';

export interface RouteSpec<P extends TSchema, Q extends TSchema, B extends TSchema, A extends TSchema> {
  readonly id: string;
  readonly tag: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below the project, for project routes. */
  readonly path: string;
  readonly summary: string;
  readonly access: ProjectAccess;
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  readonly answer: A;
  readonly status?: 200 | 201;
  /** Takes an Idempotency-Key. `secret`: the answer is given once only. */
  readonly idempotent?: true | 'secret';
  readonly bodyBytes?: number;
  run(ask: Ask<P, Q, B>): Promise<Static<A>>;
}

export interface Ask<P extends TSchema, Q extends TSchema, B extends TSchema> {
  readonly project: ProjectRef;
  readonly caller: Caller;
  readonly params: Static<P>;
  readonly query: Static<Q>;
  readonly body: Static<B>;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

const nothing = Type.Object({}, { additionalProperties: false });
type Nothing = typeof nothing;

/** A route below `/api/v1/projects/:project`: signed in, allowed, and with the project found, before the body is read. */
export function projectRoute<
  A extends TSchema,
  P extends TSchema = Nothing,
  Q extends TSchema = Nothing,
  B extends TSchema = Nothing,
>(context: ApiContext, spec: RouteSpec<P, Q, B, A>): void {
  const { app } = context;
  const { method, idempotent, bodyBytes } = spec;
  app.route({
    method: method satisfies HTTPMethods,
    url: `/api/v1/projects/:project${spec.path}`,
    config: { access: spec.access },
    schema: schemaOf(spec),
    ...(bodyBytes === undefined ? {} : { bodyLimit: bodyBytes }),
    handler: async (request, reply) => {
      const ask: Ask<P, Q, B> = {
        project: projectOf(request),
        caller: callerOf(request),
        params: request.params as Static<P>,
        query: request.query as Static<Q>,
        body: request.body as Static<B>,
        request,
        reply,
      };
      const answer = await (idempotent === undefined
        ? spec.run(ask)
        : once(context, request, idempotent === 'secret', () => spec.run(ask)));
      return reply.status(spec.status ?? 200).send(answer);
    },
  });
}

function once(
  context: ApiContext,
  request: FastifyRequest,
  isSecret: boolean,
  work: () => Promise<unknown>,
): Promise<unknown> {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return work();
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,200}$/.test(key))
    throw new Failure('invalid', 'idempotency-key-invalid', 'The Idempotency-Key is not usable.', {
      wayOut: 'Send 1 to 200 visible ASCII characters, for example a UUID.',
    });
  const { actor } = apiCallerOf(request).caller;
  return context.answers.answer(
    {
      key: JSON.stringify([
        actor,
        request.method,
        projectOf(request).id,
        request.routeOptions.url,
        request.params,
        key,
      ]),
      body: request.body,
      once: isSecret,
    },
    work,
  );
}

const projectParam = Type.String({ minLength: 1, maxLength: 100, description: "The project's name or id" });

function schemaOf<P extends TSchema, Q extends TSchema, B extends TSchema, A extends TSchema>(
  spec: RouteSpec<P, Q, B, A>,
): object {
  const params = (spec.params ?? nothing) as Nothing;
  return {
    operationId: spec.id,
    tags: [spec.tag],
    summary: spec.summary,
    params: Type.Object({ project: projectParam, ...params.properties }, { additionalProperties: false }),
    querystring: spec.query ?? nothing,
    ...(spec.body === undefined ? {} : { body: spec.body }),
    ...(spec.idempotent === undefined ? {} : { headers: idempotencyHeader }),
    response: { [spec.status ?? 200]: spec.answer, ...failures },
  };
}

const idempotencyHeader = Type.Object({
  'idempotency-key': Type.Optional(
    Type.String({
      description: 'The same key with the same body gives the same answer for 24 h, and is done once',
    }),
  ),
});

/** What every route may answer instead. */
export const failures = {
  default: {
    description: 'What went wrong, and what to do next',
    content: { 'application/problem+json': { schema: ref(problem) } },
  },
};
