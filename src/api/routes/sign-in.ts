import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Static } from 'typebox';
import type { ActorId, Instant } from '../../domain/ids.ts';
import type { ControlPlane } from '../../lifecycle/face.ts';
import { everybody, laptopToken } from '../access.ts';
import type { ApiContext } from '../context.ts';
import { linksRefused } from '../door.ts';
import { pageOf, whole } from '../paging.ts';
import { failures } from '../route.ts';
import { askSignIn } from '../schemas/asks.ts';
import { signInLink, signInMethod } from '../schemas/session.ts';
import { ref } from '../schemas/shapes.ts';
import { requireSameOrigin } from '../security/same-origin.ts';
import { createTries } from '../security/tries.ts';

const tags = ['sign-in'];

export function signInRoutes(context: ApiContext): void {
  const { app, options } = context;
  const tries = createTries(options.clock);
  app.get('/api/v1/sign-in/methods', {
    config: { access: everybody },
    schema: {
      operationId: 'listSignInMethods',
      tags,
      summary: 'How one signs in here',
      response: { 200: pageOf(ref(signInMethod)), ...failures },
    },
    handler: async () => whole(options.identity.methods),
  });
  app.post('/api/v1/sign-in', {
    config: { access: everybody },
    onRequest: async (request) => {
      requireSameOrigin(request.headers, context.origins.of(request.host));
      tries.take(request.ip);
    },
    schema: {
      operationId: 'signIn',
      tags,
      summary: 'Start a session: answers with its cookie',
      body: askSignIn,
      response: { 200: signedIn, ...failures },
    },
    handler: (request, reply) => signIn(context, request, reply),
  });
  app.post('/api/v1/sign-in/links', {
    config: { access: laptopToken },
    schema: {
      operationId: 'createSignInLink',
      tags,
      summary: "On a laptop, with its token: a link that signs the laptop's owner in, once",
      response: { 201: ref(signInLink), ...failures },
    },
    handler: async (_request, reply) => {
      if (options.laptop === null) throw linksRefused();
      const link = await signInLinkFor(context, options.laptop.owner);
      return reply.status(201).send(link);
    },
  });
}

/** A link that signs the person in, once. The secret is in the fragment, which a browser sends to nobody. */
export async function signInLinkFor(
  { options: { laptop }, origins }: ApiContext,
  person: ActorId,
): Promise<{ readonly url: string; readonly expiresAt: Instant }> {
  if (laptop === null) throw linksRefused();
  const { code, expiresAt } = await laptop.links.issue(person);
  return { url: `${origins.preferred}/sign-in#${code}`, expiresAt };
}

async function signIn(
  { options, sessions, cookie }: ApiContext,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<{ readonly signedIn: true }> {
  const { method, parameters } = request.body as Static<typeof askSignIn>;
  const person = await options.identity.finish({ method, parameters, state: null });
  await openedEverywhere(options.controlPlane, person, null);
  cookie.write(reply, sessions.open(person));
  return { signedIn: true };
}

/** The log of every project says who signed in, because a session is for all of them. */
export async function openedEverywhere(
  controlPlane: ControlPlane,
  person: ActorId,
  actingAs: ActorId | null,
): Promise<void> {
  const projects = await controlPlane.projects();
  await Promise.all(projects.map(({ id }) => controlPlane.sessionOpened(id, person, actingAs)));
}

const signedIn = {
  type: 'object',
  required: ['signedIn'],
  properties: { signedIn: { type: 'boolean', const: true } },
};
