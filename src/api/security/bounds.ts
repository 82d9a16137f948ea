import type { FastifyRequest } from 'fastify';
import type { ApiContext } from '../context.ts';
import { Failure } from '../../domain/failure.ts';
import type { ApiLimits } from '../limits.ts';
import { answerFailure } from '../problem.ts';

/** Bounds what a request may be and how many are worked on, before anybody looks at who sends it. */
export function boundRequests({ app, limits, options: { clock, log } }: ApiContext): void {
  let underWay = 0;
  app.addHook('onRequest', async (request, reply) => {
    requireBounded(request, limits);
    if (isWatcher(request)) return;
    if (underWay >= limits.underWay) throw busy();
    underWay += 1;
    reply.raw.once('close', () => {
      underWay -= 1;
    });
  });
  app.addHook('onRequest', async (request, reply) => {
    if (!bringsBody(request)) return;
    const timer = clock.after(limits.bodyMs, () => {
      // What is streamed in is read by its route, and has the time that the whole request has.
      if (request.raw.complete || request.body !== undefined || reply.sent) return;
      answerFailure(tooSlow(), request, reply.header('connection', 'close'), log);
    });
    reply.raw.once('close', () => timer[Symbol.dispose]());
  });
}

/** Two programs on the way might not agree on which of two counts. */
const once = ['host', 'authorization', 'content-type', 'origin', 'rung-act-as', 'idempotency-key'];

function requireBounded(
  { url, raw, headers: { 'content-encoding': coding } }: FastifyRequest,
  { addressCharacters, headers }: ApiLimits,
): void {
  if (url.length > addressCharacters) throw addressTooLong();
  if (raw.rawHeaders.length / 2 > headers) throw headersTooLarge();
  const names = raw.rawHeaders.filter((_one, at) => at % 2 === 0).map((name) => name.toLowerCase());
  const doubled = once.find((name) => names.indexOf(name) !== names.lastIndexOf(name));
  if (doubled !== undefined) throw unreadable(`The header ${doubled} stands twice in the request.`);
  if ((coding ?? 'identity') !== 'identity') throw packed();
}

/** Streams of events have a limit of their own; whoever asks for our health must hear of it when we are busy. */
const isWatcher = ({ routeOptions: { url } }: FastifyRequest): boolean =>
  url === '/healthz' || url === '/readyz' || url === '/metrics' || url?.endsWith('/events') === true;

const bringsBody = ({ headers }: FastifyRequest): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

const busy = (): Failure =>
  new Failure('unavailable', 'busy', 'Rung works on as many requests as it can.', {
    wayOut: 'Try again in a second.',
    facts: { retryAfterMs: 1000 },
  });

/** What is small on the way could be of any size here. */
const packed = (): Failure =>
  new Failure('invalid', 'media-type-unknown', 'Bodies are not taken compressed.', {
    wayOut: 'Send the body as it is, without `content-encoding`.',
  });

export const addressTooLong = (): Failure =>
  new Failure('invalid', 'address-too-long', 'The address of the request is too long.', {
    wayOut: 'Ask for less at once, or send it in the body.',
  });

export const headersTooLarge = (): Failure =>
  new Failure('invalid', 'headers-too-large', 'The headers of the request are too many or too large.', {
    wayOut: 'Send fewer, or shorter ones. In a browser, delete the cookies of this address.',
  });

export const unreadable = (message: string): Failure =>
  new Failure('invalid', 'request-unreadable', message, {
    wayOut: 'Speak HTTP/1.1 here, with one length for each body and no line that is folded, cut or doubled.',
  });

export const tooSlow = (): Failure =>
  new Failure('invalid', 'request-too-slow', 'The request did not arrive in time.', {
    wayOut: 'Send it again, without a pause in the middle.',
  });
