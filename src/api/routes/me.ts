import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Static } from 'typebox';
import type { ActorId } from '../../domain/ids.ts';
import { anyCaller, laptopSession } from '../access.ts';
import { type ApiContext, apiCallerOf } from '../context.ts';
import { failures } from '../route.ts';
import { askActAs } from '../schemas/asks.ts';
import { me } from '../schemas/session.ts';
import { ref } from '../schemas/shapes.ts';
import type { ApiCaller } from '../sessions/authenticate.ts';
import { membersOfAll, requireMember } from '../sessions/members.ts';
import { openedEverywhere } from './sign-in.ts';

export function meRoutes(context: ApiContext): void {
  const { app, options } = context;
  app.get('/api/v1/me', {
    config: { access: anyCaller },
    schema: {
      operationId: 'getMe',
      tags: ['sign-in'],
      summary: 'Who you are to Rung',
      response: { 200: ref(me), ...failures },
    },
    handler: async (request) => describe(context, apiCallerOf(request)),
  });
  app.post('/api/v1/me/act-as', {
    config: { access: laptopSession },
    schema: {
      operationId: 'actAs',
      tags: ['sign-in'],
      summary: 'On a laptop: be taken for a member that the project file names, or for yourself again',
      body: askActAs,
      response: { 200: ref(me), ...failures },
    },
    handler: async (request, reply) => {
      const found = apiCallerOf(request);
      const { member } = request.body as Static<typeof askActAs>;
      const actingAs = member === null ? null : await requireMember(options.controlPlane, member);
      await actAs(context, found, actingAs, reply);
      return describe(context, found, actingAs);
    },
  });
  app.post('/api/v1/sign-out', {
    config: { access: anyCaller },
    schema: {
      operationId: 'signOut',
      tags: ['sign-in'],
      summary: 'End this session, everywhere its cookie may have been copied to',
      response: { 200: signedOut, ...failures },
    },
    handler: (request, reply) => signOut(context, request, reply),
  });
}

const signedOut = {
  type: 'object',
  required: ['signedIn'],
  properties: { signedIn: { type: 'boolean', const: false } },
};

async function actAs(
  { cookie, options }: ApiContext,
  { session }: ApiCaller,
  actingAs: ActorId | null,
  reply: FastifyReply,
): Promise<void> {
  if (session === null) return;
  const next = { ...session, actingAs, seenAt: options.clock.now() };
  await openedEverywhere(options.controlPlane, session.person, actingAs ?? session.person);
  cookie.write(reply, next);
}

async function signOut(
  { cookie, sessions }: ApiContext,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<{ readonly signedIn: false }> {
  const { session } = apiCallerOf(request);
  if (session !== null) await sessions.end(session);
  cookie.clear(reply);
  return { signedIn: false };
}

async function describe(
  { options: { controlPlane, laptop } }: ApiContext,
  { caller, via, session, expiresAt }: ApiCaller,
  actingAs?: ActorId | null,
): Promise<Static<typeof me>> {
  const { actor } = caller;
  const members = caller.person === null ? [] : await membersOfAll(controlPlane);
  const real = realPerson(actor);
  const acted = actingAs === undefined ? (session?.actingAs ?? headerActor(actor)) : actingAs;
  return {
    id: real,
    roles: members.find(({ id }) => id === (acted ?? real))?.roles ?? [],
    actingAs: acted,
    mayActAs: laptop === null ? [] : members,
    via,
    expiresAt,
  };
}

type CallerActor = ApiCaller['caller']['actor'];

const realPerson = (actor: CallerActor): ActorId => {
  if (actor.kind === 'person') return actor.actingFrom ?? actor.id;
  return actor.kind === 'token' ? actor.id : ('' as ActorId);
};

/** Whom the command line acts as, which has no session. */
const headerActor = (actor: CallerActor): ActorId | null =>
  actor.kind === 'person' && actor.actingFrom !== undefined ? actor.id : null;
