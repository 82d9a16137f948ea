import type { FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import { Failure } from '../domain/failure.ts';
import type { TokenScope } from '../engine/records.ts';
import type { Caller } from '../lifecycle/face.ts';
import { type Access, accessUnsaid, type ProjectAccess } from './access.ts';
import type { ApiContext, ProjectRef } from './context.ts';
import { refuseUnknown } from './unknown-route.ts';
import { isLoopbackAddress } from './security/hosts.ts';
import { actingRefused, type ApiCaller } from './sessions/authenticate.ts';

/** A route and who may call it. */
export interface RouteAccess {
  readonly method: string;
  readonly path: string;
  /** Its operation in the description of the API; null where it is not in there. */
  readonly id: string | null;
  readonly access: Access;
}

/**
 * The one place where it is checked who may call a route, by what the route itself says, before anything of the
 * request is read. Gives the routes as they are registered; a route that says nothing keeps the API from starting.
 */
export function guardRoutes(context: ApiContext): readonly RouteAccess[] {
  const { app } = context;
  const seen: RouteOptions[] = [];
  const routes: RouteAccess[] = [];
  app.addHook('onRoute', (route) => void seen.push(route));
  app.addHook('onReady', async () => void routes.push(...seen.flatMap(accessOf)));
  app.addHook('onRequest', async (request, reply) => {
    // None where no route fits: that is for the page to answer, which holds nothing of a project.
    if (request.is404) refuseUnknown(routes, request, reply);
    const { access } = request.routeOptions.config;
    if (access !== undefined) await admit(context, access, request, reply);
  });
  return routes;
}

function accessOf({ method, url, schema, config }: RouteOptions): readonly RouteAccess[] {
  const access = config?.access;
  if (access === undefined) throw accessUnsaid(`${String(method)} ${url}`);
  const { operationId } = (schema ?? {}) as { readonly operationId?: string };
  // HEAD is what GET would say, without saying it.
  return [method]
    .flat()
    .filter((one) => one !== 'HEAD')
    .map((one) => ({ method: one, path: url, id: operationId ?? null, access }));
}

async function admit(
  context: ApiContext,
  access: Access,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  if (access.of === 'everybody' || access.of === 'question') return;
  if (access.of === 'this machine') return requireThisMachine(request);
  const found = await proved(context, request, reply);
  request.setDecorator('rungCaller', found);
  if (access.of === 'laptop token') requireLaptopToken(context, found);
  if (access.of === 'laptop session') requireLaptopSession(context, found);
  if (access.of === 'project') await admitToProject(context, access, found, request);
}

/** Who calls, and not more often than they may; whoever does not prove it is counted by where they call from. */
async function proved(context: ApiContext, request: FastifyRequest, reply: FastifyReply): Promise<ApiCaller> {
  const found = await context.authenticate(request, reply).catch((thrown: unknown) => {
    context.rates.unproved(request.ip);
    throw thrown;
  });
  context.rates.proved(found);
  return found;
}

async function admitToProject(
  context: ApiContext,
  { scope }: ProjectAccess,
  found: ApiCaller,
  request: FastifyRequest,
): Promise<void> {
  requireScope(found.caller, scope);
  const { project: name } = request.params as { readonly project: string };
  request.setDecorator('rungProject', await projectFor(context, found.project, name));
}

async function projectFor(
  { options: { controlPlane } }: ApiContext,
  only: string | null,
  name: string,
): Promise<ProjectRef> {
  if (only === null) return controlPlane.project(name);
  // A token learns nothing of other projects, not even that there are such.
  const project = await controlPlane.project(only);
  if (name === project.id || name === project.name) return project;
  throw new Failure('denied', 'token-foreign', `This token is for the project ${project.name} alone.`, {
    wayOut: 'Use a token that was made in the project you ask for.',
  });
}

function requireScope({ scopes }: Caller, needed: TokenScope | null): void {
  if (scopes === 'all' || (needed !== null && scopes.includes(needed))) return;
  throw needed === null
    ? new Failure('denied', 'person-needed', 'Only a person may do this, not a token.', {
        wayOut: 'Do it on the board, or in a terminal where you are signed in.',
      })
    : new Failure(
        'denied',
        'scope-missing',
        `The token's scopes do not allow this: it needs \`${needed}\`.`,
        {
          wayOut: `Make a token with \`rung token create --scope ${needed}\`.`,
        },
      );
}

function requireThisMachine({ ip }: FastifyRequest): void {
  if (isLoopbackAddress(ip)) return;
  throw new Failure('absent', 'route-unknown', 'There is nothing here.', {
    wayOut: 'Figures are given to programs on this machine alone.',
  });
}

function requireLaptopToken({ options: { laptop } }: ApiContext, { via }: ApiCaller): void {
  if (laptop === null || via !== 'laptop token') throw linksRefused();
}

function requireLaptopSession({ options: { laptop } }: ApiContext, { session }: ApiCaller): void {
  if (laptop === null || session === null) throw actingRefused();
}

/** Also thrown where there are no links at all. */
export const linksRefused = (): Failure =>
  new Failure('denied', 'sign-in-links-refused', 'Sign-in links are made on the laptop itself alone.', {
    wayOut: 'Type `rung open` in a terminal on the machine that Rung runs on.',
  });
