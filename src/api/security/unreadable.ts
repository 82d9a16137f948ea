import type { Socket } from 'node:net';
import { STATUS_CODES } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Failure } from '../../domain/failure.ts';
import type { Log } from '../../domain/log.ts';
import { answerFailure, problemOf, statusOf } from '../problem.ts';
import { addressTooLong, headersTooLarge, tooSlow, unreadable } from './bounds.ts';
import { secureHeaders } from './headers.ts';

/** Answers what came in on a connection and is no request, and ends the connection. */
export function answerUnreadable(error: Error & { readonly code?: string }, socket: Socket): void {
  if (!socket.writable || error.code === 'ECONNRESET' || isAnswering(socket)) {
    socket.destroy();
    return;
  }
  const failure = failureBy(error.code);
  const body = JSON.stringify(problemOf(failure));
  const status = statusOf(failure);
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    'content-type: application/problem+json',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  // Not left to the other end: it may never close its half.
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
}

/** In the middle of an answer, another one would be taken for a part of it. */
const isAnswering = (socket: Socket & { _httpMessage?: { headersSent?: boolean } | null }): boolean =>
  socket._httpMessage?.headersSent === true;

function failureBy(code: string | undefined): Failure {
  if (code === 'HPE_HEADER_OVERFLOW') return headersTooLarge();
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return tooSlow();
  return unreadable('What came in is no HTTP request.');
}

/** Answers an address that no route can be found for, because it cannot be read; no hook has run by then. */
export function answerBadAddress(
  error: Error & { readonly code: string },
  request: FastifyRequest,
  reply: FastifyReply,
  log: Log,
): void {
  secureHeaders(reply, request.url, false);
  const failure =
    error.code === 'FST_ERR_MAX_PARAM_LENGTH'
      ? addressTooLong()
      : new Failure('invalid', 'address-unreadable', 'The address of the request cannot be read.', {
          wayOut: 'Write `%` as `%25` in it, and other characters in UTF-8.',
        });
  answerFailure(failure, request, reply, log);
}
