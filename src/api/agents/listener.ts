import { chmod, rm } from 'node:fs/promises';
import { type Server, createServer } from 'node:http';
import { connect } from 'node:net';
import { Readable } from 'node:stream';
import fastify, {
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type RouteOptions,
} from 'fastify';
import { digestOf } from '../../domain/canonical.ts';
import { Failure, isFailure } from '../../domain/failure.ts';
import type { Digest, EnvironmentId } from '../../domain/ids.ts';
import type { Clock } from '../../engine/clock.ts';
import type { AgentCaller, AgentFace } from '../../lifecycle/agent-face.ts';
import type { Log } from '../../ports/provider.ts';
import { agentLimits } from '../../protocol/agent-limits.ts';
import type { AgentIdentity, ObservationRequest, PollRequest } from '../../protocol/messages.ts';
import { accessUnsaid } from '../access.ts';
import type { AgentCallAccess } from './access.ts';
import { createAuthentication, isRefusedToken } from './authenticate.ts';
import { createMessageCompiler } from './message-compiler.ts';
import { messageNotUnderstood, sendProblem, sendThrown } from './problem.ts';
import { createSocketDoor } from './socket-door.ts';
import { isDeeperThan } from '../security/json-depth.ts';
import { artifactSchema, observationSchema, pollSchema } from './schemas.ts';

export interface AgentListenerOptions {
  readonly face: AgentFace;
  readonly clock: Clock;
  readonly log: Log;
  /** Called after each answer; for figures. */
  readonly onAnswer?: (route: string, status: number, durationMs: number) => void;
}

export interface AgentListener {
  /** Listens on a Unix socket that only its owner may open. A stale socket file is replaced, a live one is a conflict. */
  listen(socketPath: string): Promise<AsyncDisposable>;
  /** Ends every poll that is held open, and all sockets. */
  close(): Promise<void>;
}

/** The agents' way into the control plane; apart from people's API. */
export async function createAgentListener(options: AgentListenerOptions): Promise<AgentListener> {
  const closing = new AbortController();
  const app = agentRoutes(options, closing.signal);
  await app.ready();
  const servers = new Set<Server>();
  return {
    listen: async (socketPath) => {
      refuseTooLong(socketPath);
      await clearStaleSocket(socketPath);
      const door = createSocketDoor(options.clock);
      const server = createServer(slowness, (request, response) => {
        if (door.admits(request, response)) app.routing(request, response);
      });
      server.maxConnections = agentLimits.connections;
      await bind(server, socketPath);
      servers.add(server);
      const end = async (): Promise<void> => {
        servers.delete(server);
        await closeServer(server);
      };
      return { [Symbol.asyncDispose]: end };
    },
    close: async () => {
      closing.abort();
      await Promise.all([...servers].map(closeServer));
      await app.close();
    },
  };
}

/**
 * A request that does not arrive is cut off. What is held open is an answer, and has its own time. There may be a thousand of these
 * servers, and each looks after its connections that often.
 */
const slowness = { headersTimeout: 10_000, requestTimeout: 60_000, connectionsCheckingInterval: 5_000 };

const ofNoBody = digestOf(new Uint8Array());
const refused = { foreign: 'environment-foreign' } as const;

function agentRoutes(
  { face, clock, log, onAnswer }: AgentListenerOptions,
  closing: AbortSignal,
  onRoute: (access: AgentCallAccess) => void = () => undefined,
): FastifyInstance {
  const app = fastify({ bodyLimit: agentLimits.bodyBytes, logger: false });
  app.setValidatorCompiler(createMessageCompiler());
  app.addHook('onRoute', (route) => onRoute(accessOf(route)));
  const { authenticate, addNonce } = createAuthentication(face, clock);
  // Of what a body was: a small one keeps alive the large buffer that it is a piece of, and a poll is held for minutes.
  const digests = new WeakMap<FastifyRequest, Digest>();
  const callers = new WeakMap<FastifyRequest, AgentCaller>();
  const callerOf = (request: FastifyRequest): AgentCaller => {
    const caller = callers.get(request);
    if (!caller) throw new Failure('defect', 'not-authenticated', 'The call was not authenticated.');
    return caller;
  };

  // Refuses `__proto__` wherever it stands: what is read is keyed by names that agents choose.
  const parse = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    digests.set(request, digestOf(body));
    const text = body.toString('utf8');
    if (isDeeperThan(text, agentLimits.jsonDepth)) done(messageNotUnderstood('it lies too deep in itself'));
    else
      void parse(request, text, (error, message) =>
        done(error && messageNotUnderstood('it is not JSON'), message),
      );
  });
  app.addHook('onRequest', async (_request, reply) => addNonce(reply));
  app.addHook('preValidation', async (request) => {
    callers.set(request, await authenticate(request, digests.get(request) ?? ofNoBody));
  });
  app.addHook('onResponse', async (request, reply) => {
    onAnswer?.(request.routeOptions.url ?? 'unknown', reply.statusCode, reply.elapsedTime);
  });
  app.setErrorHandler((thrown, _request, reply) =>
    isFailure(thrown) && isRefusedToken(thrown)
      ? sendProblem(reply, 401, thrown)
      : sendThrown(reply, thrown, log),
  );
  app.setNotFoundHandler((_request, reply) =>
    sendProblem(reply, 404, new Failure('absent', 'route-unknown', 'There is nothing at this path.')),
  );

  const poll = { schema: { body: pollSchema }, config: { foreign: 'left out' } } as const;
  app.post('/agent/v1/poll', poll, async (request, reply) => {
    using held = holdOpen(reply, clock, closing);
    // Awaited here: what holds it open is let go at the end of this block.
    return await face.poll(callerOf(request), request.body as PollRequest, held.signal);
  });
  const observe = { schema: { body: observationSchema }, config: refused };
  app.post('/agent/v1/observations', observe, async (request, reply) => {
    const identity = callerOf(request);
    const message = request.body as ObservationRequest;
    refuseForeign(identity, message);
    await face.observe(identity, message);
    return reply.status(204).send();
  });
  const artifact = { schema: { params: artifactSchema }, config: refused };
  app.get('/agent/v1/artifacts/:digest', artifact, async (request, reply) => {
    const { digest } = request.params as { digest: Digest };
    const bytes = await face.artifact(callerOf(request), digest);
    return reply.type('application/octet-stream').send(Readable.from(bytes));
  });
  return app;
}

function accessOf({ method, url, config }: RouteOptions): AgentCallAccess {
  if (config?.foreign !== undefined) return { method: String(method), path: url, foreign: config.foreign };
  throw accessUnsaid(`${String(method)} ${url}`);
}

/** Every call that agents have, with what it comes to for an environment that is not theirs; for the page of permissions. */
export function describeAgentCalls(options: AgentListenerOptions): readonly AgentCallAccess[] {
  const calls: AgentCallAccess[] = [];
  agentRoutes(options, new AbortController().signal, (access) => void calls.push(access));
  return calls.filter(({ method }) => method !== 'HEAD');
}

/** The control plane checks this too; here nothing of a foreign environment gets as far as that. */
function refuseForeign(identity: AgentIdentity, message: ObservationRequest): void {
  const own = new Set<EnvironmentId>(identity.environments);
  const foreign = message.observations.find((one) => !own.has(one.environment));
  if (foreign)
    throw new Failure('denied', 'environment-foreign', 'The agent does not look after this environment.', {
      facts: { environment: foreign.environment },
    });
}

interface HeldOpen extends Disposable {
  readonly signal: AbortSignal;
}

/**
 * Aborted when the time of a poll is over, when the agent went away, or when the control plane ends. Until then the agent is told
 * every now and then that somebody is there (102 Processing): a process that stands still says nothing.
 */
function holdOpen(reply: FastifyReply, clock: Clock, closing: AbortSignal): HeldOpen {
  const ended = new AbortController();
  const end = (): void => ended.abort();
  const timers = new DisposableStack();
  timers.use(clock.after(agentLimits.pollMs, end));
  timers.use(clock.every(agentLimits.stillThereMs, () => reply.raw.writeProcessing()));
  reply.raw.once('close', end);
  // It may have gone away while it was looked at who it is.
  if (reply.raw.closed) end();
  return {
    signal: AbortSignal.any([ended.signal, closing]),
    [Symbol.dispose]: () => {
      timers.dispose();
      reply.raw.removeListener('close', end);
    },
  };
}

/** Of sun_path, less the closing zero: 104 bytes on macOS and BSD, 108 on Linux. */
const longestSocketPath = 103;

function refuseTooLong(socketPath: string): void {
  if (Buffer.byteLength(socketPath) <= longestSocketPath) return;
  throw new Failure('invalid', 'data-folder-too-deep', `The path of a socket is too long: ${socketPath}`, {
    wayOut: 'Choose a data folder with a shorter path (--data).',
  });
}

async function bind(server: Server, socketPath: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(socketPath, resolve);
  });
  await chmod(socketPath, 0o600);
}

async function clearStaleSocket(socketPath: string): Promise<void> {
  if (await isAnswered(socketPath))
    throw new Failure('conflict', 'socket-taken', `Another program listens on ${socketPath}.`, {
      wayOut: 'End the other control plane first, or give this one a data folder of its own.',
    });
  await rm(socketPath, { force: true });
}

const isAnswered = (socketPath: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(socketPath, () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });

const closeServer = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
