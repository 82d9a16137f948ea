import { randomUUID } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Failure, httpStatusOf, isFailure } from '../domain/failure.ts';
import type { Log } from '../domain/log.ts';

/** Failures that are of the transport, before any use case was reached, have a status of their own in HTTP. */
const statusByCode: Readonly<Record<string, number>> = {
  'signed-out': 401,
  'token-unknown': 401,
  'callback-refused': 401,
  'sign-in-refused': 401,
  'host-foreign': 421,
  'body-unreadable': 400,
  'request-unreadable': 400,
  'body-too-deep': 400,
  'address-unreadable': 400,
  'method-unknown': 405,
  'request-too-slow': 408,
  'address-too-long': 414,
  'headers-too-large': 431,
  'body-too-large': 413,
  'artifact-too-large': 413,
  'evidence-too-large': 413,
  'media-type-unknown': 415,
};

/** The status that an answer has in HTTP. */
export const statusOf = (failure: Failure): number =>
  statusByCode[failure.code] ?? httpStatusOf(failure.kind);

const titles: Readonly<Record<Failure['kind'], string>> = {
  invalid: 'The request is not valid',
  denied: 'This is not allowed',
  absent: 'There is no such thing',
  conflict: 'This does not fit with how things are now',
  limited: 'Too much at once',
  unavailable: 'Not available just now',
  interrupted: 'Interrupted',
  defect: 'Something in Rung went wrong',
};

/** A failure as the body of an answer (RFC 9457). */
export const problemOf = (failure: Failure): object => ({
  type: `urn:rung:failure:${failure.code}`,
  title: titles[failure.kind],
  status: statusOf(failure),
  detail: failure.message,
  kind: failure.kind,
  code: failure.code,
  ...(failure.wayOut === undefined ? {} : { wayOut: failure.wayOut }),
  ...(failure.problems.length === 0 ? {} : { problems: failure.problems }),
  ...(Object.keys(failure.facts).length === 0 ? {} : { facts: failure.facts }),
});

/** Answers with what was thrown. Of what nobody foresaw the caller learns only an id that the log has, too. */
export function answerFailure(thrown: unknown, request: FastifyRequest, reply: FastifyReply, log: Log): void {
  const failure = failureOf(thrown, request, log);
  const status = statusOf(failure);
  if (status === 401) void reply.header('www-authenticate', 'Bearer realm="rung"');
  const { retryAfterMs } = failure.facts;
  if (typeof retryAfterMs === 'number')
    void reply.header('retry-after', String(Math.ceil(retryAfterMs / 1000)));
  void reply
    .status(status)
    .type('application/problem+json')
    .send(JSON.stringify(problemOf(failure)));
}

function failureOf(thrown: unknown, request: FastifyRequest, log: Log): Failure {
  const failure = isFailure(thrown) ? thrown : (refusedByTransport(thrown) ?? gone(thrown, request));
  if (failure !== null && failure.kind !== 'defect') return failure;
  const id = randomUUID();
  log.error({ defect: id, err: thrown, method: request.method, route: request.routeOptions.url }, 'defect');
  return new Failure('defect', 'defect', 'Something in Rung itself went wrong; it is not your request.', {
    wayOut: `Look for ${id} in the log of the control plane, and report it with what you find there.`,
    facts: { defect: id },
  });
}

/** Whoever asked went away in the middle of asking: nobody's fault, and nobody to tell. */
function gone(thrown: unknown, { raw }: FastifyRequest): Failure | null {
  const isCut = thrown instanceof Error && 'code' in thrown && thrown.code === 'ECONNRESET';
  if (!isCut || raw.complete || !raw.destroyed) return null;
  return new Failure('interrupted', 'caller-gone', 'Whoever asked has gone before all of it had come.', {
    wayOut: 'Ask again; nothing of it was done.',
  });
}

function refusedByTransport(thrown: unknown): Failure | null {
  if (!(thrown instanceof Error) || !('code' in thrown)) return null;
  switch (thrown.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return new Failure('invalid', 'body-too-large', 'The body is larger than this route takes.', {
        wayOut: 'Send less, or raise the limit where the control plane is configured.',
      });
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return new Failure('invalid', 'media-type-unknown', 'This route does not take this content type.', {
        wayOut: 'Send JSON with `content-type: application/json`; artifacts with `application/octet-stream`.',
      });
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return new Failure('invalid', 'body-unreadable', 'The body is not JSON.', {
        wayOut: 'Send one JSON document, in UTF-8.',
      });
    default:
      return null;
  }
}
