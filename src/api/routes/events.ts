import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { isFailure } from '../../domain/failure.ts';
import type { ProjectId } from '../../domain/ids.ts';
import type { ControlPlane } from '../../lifecycle/face.ts';
import { signedIn } from '../access.ts';
import { type ApiContext, apiCallerOf, projectOf } from '../context.ts';
import { nameOf } from '../caller-rates.ts';
import { failures } from '../route.ts';
import { createOpenStreams } from '../stream/open-streams.ts';
import { feed } from '../stream/feed.ts';
import { createSender } from '../stream/sender.ts';
import { createSharedReading, type SharedReading } from '../stream/shared-reading.ts';

/** What happens, as it happens. A reader that was cut off says how far it came and misses nothing. */
export function eventRoutes(context: ApiContext): void {
  const open = createOpenStreams(context.limits);
  const shared = createSharedReading(context.options.controlPlane);
  context.app.get('/api/v1/projects/:project/events', {
    config: { access: signedIn('read') },
    schema,
    handler: async (request, reply) => {
      using _open = open.take(nameOf(apiCallerOf(request)));
      const { id } = projectOf(request);
      const after = await startOf(context.options.controlPlane, id, request);
      // Who went away meanwhile is not told of a second time: the stream would stay open until something happens.
      if (!reply.raw.destroyed) await stream({ context, shared, project: id, after }, request, reply);
      return reply;
    },
  });
}

interface Followed {
  readonly context: ApiContext;
  readonly shared: SharedReading;
  readonly project: ProjectId;
  readonly after: number;
}

async function stream(
  { context, shared, project, after }: Followed,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const { options, limits } = context;
  const { raw } = reply;
  const gone = new AbortController();
  raw.once('close', () => gone.abort());
  reply.hijack();
  raw.writeHead(200, { ...headersOf(reply), 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' });
  raw.flushHeaders();

  const sender = createSender(raw, options.clock, limits.stalledMs);
  const signal = AbortSignal.any([gone.signal, context.closing]);
  using _heart = options.clock.every(limits.heartbeatMs, async () => {
    sender.beat();
    // Who was signed out meanwhile, or whose token was revoked, hears no more.
    await context.authenticate(request, reply).catch(() => gone.abort());
  });
  try {
    await feed({ shared, project, after, sender }, signal);
  } catch (thrown) {
    if (!isFailure(thrown) || thrown.code !== 'stream-closed')
      options.log.error({ err: thrown, project }, 'a stream of events ended with an error');
  } finally {
    sender.end();
  }
}

const headersOf = (reply: FastifyReply): Record<string, string> =>
  Object.fromEntries(Object.entries(reply.getHeaders()).map(([name, value]) => [name, String(value)]));

/** Never beyond the newest event, of whatever kind: a position of another database would wait for ever. */
async function startOf(
  controlPlane: ControlPlane,
  project: ProjectId,
  request: FastifyRequest,
): Promise<number> {
  const newest = (await controlPlane.log(project, { limit: 1, all: true })).items[0]?.position ?? 0;
  const header = request.headers['last-event-id'];
  const { after } = request.query as { readonly after?: number };
  const asked = typeof header === 'string' && /^\d{1,15}$/.test(header) ? Number(header) : after;
  return Math.min(asked ?? newest, newest);
}

const schema = {
  operationId: 'followEvents',
  tags: ['log'],
  summary: 'Server-sent events: `event` for each entry of the log, `figures` for live rollouts',
  description:
    'The id of an `event` is its position. Give the last one back in `Last-Event-ID` (or `after`) to go on from there.',
  params: Type.Object({ project: Type.String({ minLength: 1, maxLength: 100 }) }),
  querystring: Type.Object(
    {
      after: Type.Optional(
        Type.Integer({
          minimum: 0,
          maximum: Number.MAX_SAFE_INTEGER,
          description: 'Start after this position; else from now on',
        }),
      ),
    },
    { additionalProperties: false },
  ),
  response: {
    200: { description: 'Server-sent events', content: { 'text/event-stream': { schema: Type.String() } } },
    ...failures,
  },
};
