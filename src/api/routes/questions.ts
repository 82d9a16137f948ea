import type { FastifyRequest } from 'fastify';
import { type Static, Type } from 'typebox';
import { Failure, isFailure } from '../../domain/failure.ts';
import { members, questionToken, signedIn } from '../access.ts';
import type { ApiContext } from '../context.ts';
import { routeBodyBytes } from '../limits.ts';
import { after, limit, linked, pageOf } from '../paging.ts';
import { failures, projectRoute } from '../route.ts';
import { askAgain, callbackAnswer } from '../schemas/ask-evidence.ts';
import { why } from '../schemas/promotion.ts';
import { question, questionPhase } from '../schemas/question.ts';
import { ref } from '../schemas/shapes.ts';

const name = Type.String({ minLength: 1, maxLength: 100 });
const closed = { additionalProperties: false } as const;

const query = Type.Object(
  {
    after,
    limit,
    release: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
    environment: Type.Optional(Type.String({ minLength: 1, maxLength: 40 })),
    state: Type.Optional(questionPhase),
  },
  closed,
);

/** Programs of a team's own that are asked whether a gate is open. */
export function questionRoutes(context: ApiContext): void {
  projectRoute(context, {
    id: 'listQuestions',
    tag: 'evidence',
    method: 'GET',
    path: '/questions',
    summary: 'What the programs behind webhook gates were asked, newest first',
    access: signedIn('read'),
    query,
    answer: pageOf(ref(question)),
    run: async ({ project, query: asked, request, reply }) =>
      linked(await context.options.controlPlane.questions(project.id, asked), request, reply),
  });
  projectRoute(context, {
    id: 'askGate',
    tag: 'evidence',
    method: 'POST',
    path: '/releases/:release/questions',
    summary: 'Ask the program behind a webhook gate again',
    access: members('promote'),
    params: Type.Object({
      release: Type.String({ minLength: 1, maxLength: 100, description: 'A version or a release id' }),
    }),
    body: askAgain,
    answer: ref(why),
    status: 201,
    idempotent: true,
    run: ({ project: { id }, params: { release }, body, caller }) =>
      context.options.controlPlane.askGate(id, { ...body, release }, caller),
  });
  callback(context);
}

/** Whoever was asked has no account here: the token that came with the question is all it has. */
function callback({ app, options }: ApiContext): void {
  app.post('/api/v1/projects/:project/questions/:question/answer', {
    config: { access: questionToken },
    bodyLimit: routeBodyBytes.callback,
    schema: {
      operationId: 'answerQuestion',
      tags: ['evidence'],
      summary: 'Answer a question of a webhook gate later, with the token that came with it',
      params: Type.Object({ project: name, question: name }, closed),
      body: callbackAnswer,
      response: { 204: Type.Null({ description: 'The answer counts' }), ...failures },
    },
    handler: async (request, reply) => {
      const { project, question } = request.params as Readonly<Record<'project' | 'question', string>>;
      const { verdict, reason = '', url = '' } = request.body as Static<typeof callbackAnswer>;
      const answer = { token: tokenOf(request), verdict, reason, url };
      const { id } = await options.controlPlane.project(project).catch((thrown: unknown) => {
        // Whoever has no account here learns nothing of what there is.
        throw isFailure(thrown) && thrown.kind === 'absent' ? callbackRefused() : thrown;
      });
      await options.controlPlane.answerQuestion(id, question, answer);
      return reply.status(204).send();
    },
  });
}

function tokenOf({ headers: { authorization } }: FastifyRequest): string {
  const [, token] = /^Bearer ([\w-]{1,200})$/i.exec(authorization ?? '') ?? [];
  if (token !== undefined) return token;
  throw callbackRefused();
}

const callbackRefused = (): Failure =>
  new Failure('denied', 'callback-refused', 'The answer comes without the token of its question.', {
    wayOut: 'Send it as `Authorization: Bearer TOKEN`, as it stood under `callback` in the request.',
  });
