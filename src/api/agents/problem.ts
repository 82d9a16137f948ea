import type { FastifyReply } from 'fastify';
import { Failure, httpStatusOf, isFailure } from '../../domain/failure.ts';
import type { Log } from '../../ports/provider.ts';

/** Answers as problem+json (RFC 9457), with the code that stays and what to do about it. */
export function sendProblem(reply: FastifyReply, status: number, failure: Failure): FastifyReply {
  return reply.status(status).type('application/problem+json').send(problemOf(status, failure));
}

/** A failure as the body of an answer. */
export const problemOf = (status: number, failure: Failure): object => ({
  type: `urn:rung:failure:${failure.code}`,
  title: failure.message,
  status,
  code: failure.code,
  ...(failure.wayOut === undefined ? {} : { wayOut: failure.wayOut }),
});

/** What was thrown, as an answer. Of what we did not foresee nothing is told but that it happened. */
export function sendThrown(reply: FastifyReply, thrown: unknown, log: Log): FastifyReply {
  const failure = isFailure(thrown) ? thrown : (refusedInput(thrown) ?? defect(thrown, log));
  return sendProblem(reply, httpStatusOf(failure.kind), failure);
}

function refusedInput(thrown: unknown): Failure | null {
  const { statusCode, message } = thrown as { statusCode?: unknown; message?: unknown };
  const isOfCaller = typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500;
  return isOfCaller ? messageNotUnderstood(String(message)) : null;
}

export const messageNotUnderstood = (why: string): Failure =>
  new Failure('invalid', 'message-invalid', `The message was not understood: ${why}.`, {
    wayOut: 'Use an agent of the same version as the control plane.',
  });

function defect(thrown: unknown, log: Log): Failure {
  log.error({ err: thrown }, 'An agent’s call failed in a way nobody foresaw');
  return new Failure('defect', 'defect', 'The control plane failed in a way nobody foresaw.', {
    wayOut: 'Its log says more.',
  });
}
