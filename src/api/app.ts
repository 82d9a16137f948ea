import cookies from '@fastify/cookie';
import Fastify, { type FastifyInstance } from 'fastify';
import type { ApiContext } from './context.ts';
import { createCallerRates } from './caller-rates.ts';
import { describeRoutes } from './describe.ts';
import { guardRoutes, type RouteAccess } from './door.ts';
import { createAnswerMemory } from './idempotency.ts';
import { type ApiLimits, defaultLimits } from './limits.ts';
import type { ApiOptions } from './options.ts';
import { answerFailure } from './problem.ts';
import { alarmRoutes } from './routes/alarms.ts';
import { agentKeyRoutes } from './routes/agent-keys.ts';
import { artifactRoutes } from './routes/artifacts.ts';
import { auditRoutes } from './routes/audit.ts';
import { boardRoutes } from './routes/board.ts';
import { buildRoutes } from './routes/builds.ts';
import { changeRequestRoutes } from './routes/change-requests.ts';
import { calendarRoutes } from './routes/calendar.ts';
import { descriptionRoutes } from './routes/description.ts';
import { environmentRoutes } from './routes/environments.ts';
import { evidenceRoutes } from './routes/evidence.ts';
import { eventRoutes } from './routes/events.ts';
import { healthRoutes } from './routes/health.ts';
import { logRoutes } from './routes/log.ts';
import { meRoutes } from './routes/me.ts';
import { pageRoutes } from './routes/page.ts';
import { projectRoutes } from './routes/projects.ts';
import { delegationRoutes } from './routes/delegations.ts';
import { promotionRoutes } from './routes/promotions.ts';
import { questionRoutes } from './routes/questions.ts';
import { releaseRoutes } from './routes/releases.ts';
import { rolloutRoutes } from './routes/rollouts.ts';
import { rulesRoutes } from './routes/rules.ts';
import { signInPage } from './routes/sign-in-page.ts';
import { signInRoutes } from './routes/sign-in.ts';
import { tokenRoutes } from './routes/tokens.ts';
import { type ListeningAt, type Origins, originsOf } from './security/hosts.ts';
import { boundRequests } from './security/bounds.ts';
import { secureHeaders } from './security/headers.ts';
import { bodyTooDeep, isDeeperThan } from './security/json-depth.ts';
import { answerBadAddress, answerUnreadable } from './security/unreadable.ts';
import { createAuthenticate } from './sessions/authenticate.ts';
import { createSessionCookie } from './sessions/cookies.ts';
import { createSessions } from './sessions/sessions.ts';
import { measureRequests } from './traffic-figures.ts';
import { createRequestCompiler } from './validation.ts';

export interface MadeApp {
  readonly context: ApiContext;
  readonly routes: readonly RouteAccess[];
}

/** Everything but the listening. `at` is where it will be reached. */
export async function createApp(
  options: ApiOptions,
  at: ListeningAt,
  closing: AbortSignal,
): Promise<MadeApp> {
  const limits = { ...defaultLimits, ...options.limits };
  const app = bare(options, limits);
  const context = contextOf(app, options, limits, at, closing);
  guard(app, context.origins);
  boundRequests(context);
  await app.register(cookies);
  const routes = guardRoutes(context);
  await describeRoutes(app);
  if (options.metrics !== undefined) measureRequests(app, options.metrics);
  await addRoutes(context);
  await app.ready();
  return { context, routes };
}

function bare(options: ApiOptions, limits: ApiLimits): FastifyInstance {
  const app = Fastify({
    logger: false,
    bodyLimit: limits.bodyBytes,
    requestTimeout: limits.streamedBodyMs,
    forceCloseConnections: true,
    // How long a part may be is for the route to say, which tells what is wrong with it.
    routerOptions: { maxParamLength: limits.addressCharacters },
    http: {
      maxHeaderSize: limits.headerBytes,
      headersTimeout: limits.headersMs,
      connectionsCheckingInterval: Math.min(1000, limits.headersMs),
    },
    clientErrorHandler: answerUnreadable,
    frameworkErrors: (error, request, reply) => answerBadAddress(error, request, reply, options.log),
  });
  app.server.maxConnections = limits.connections;
  app.setValidatorCompiler(createRequestCompiler());
  // The views are typed by the very schemas, so what is sent needs no second shaping.
  app.setSerializerCompiler(() => (answer: unknown) => JSON.stringify(answer));
  app.setErrorHandler((thrown, request, reply) => answerFailure(thrown, request, reply, options.log));
  readJson(app, limits.jsonDepth);
  app.decorateRequest('rungCaller', null);
  app.decorateRequest('rungProject', null);
  return app;
}

/** JSON and nothing else, unless a route says so; an empty body is no body. `__proto__` in it is refused. */
function readJson(app: FastifyInstance, depth: number): void {
  app.removeAllContentTypeParsers();
  const parse = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, undefined);
    else if (isDeeperThan(body as string, depth)) done(bodyTooDeep(depth));
    else void parse(request, body as string, done);
  });
}

function contextOf(
  app: FastifyInstance,
  options: ApiOptions,
  limits: ApiLimits,
  at: ListeningAt,
  closing: AbortSignal,
): ApiContext {
  const { clock, controlPlane, laptop } = options;
  const origins = originsOf(at, options.publicOrigin);
  const sessions = createSessions({
    key: options.sessionKey,
    clock,
    memory: options.signInMemory,
    limits: limits.session,
  });
  const cookie = createSessionCookie(sessions, origins.isSecure, at);
  const authenticate = createAuthenticate({ controlPlane, sessions, cookie, origins, laptop });
  const answers = createAnswerMemory(clock);
  const rates = createCallerRates(clock, limits);
  return { app, options, limits, origins, sessions, cookie, authenticate, answers, rates, closing };
}

function guard(app: FastifyInstance, origins: Origins): void {
  app.addHook('onRequest', async (request, reply) => {
    secureHeaders(reply, request.url, origins.isSecure);
    // What watches us asks by whatever address it knows, and is told nothing of a project.
    if (request.url !== '/healthz' && request.url !== '/readyz') origins.check(request.headers.host);
  });
}

async function addRoutes(context: ApiContext): Promise<void> {
  healthRoutes(context);
  descriptionRoutes(context);
  signInPage(context);
  signInRoutes(context);
  meRoutes(context);
  projectRoutes(context);
  boardRoutes(context);
  environmentRoutes(context);
  releaseRoutes(context);
  promotionRoutes(context);
  delegationRoutes(context);
  rolloutRoutes(context);
  calendarRoutes(context);
  buildRoutes(context);
  artifactRoutes(context);
  logRoutes(context);
  evidenceRoutes(context);
  alarmRoutes(context);
  changeRequestRoutes(context);
  questionRoutes(context);
  rulesRoutes(context);
  eventRoutes(context);
  auditRoutes(context);
  tokenRoutes(context);
  agentKeyRoutes(context);
  await pageRoutes(context);
}
