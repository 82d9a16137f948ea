import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ServiceName } from '../domain/ids.ts';
import { answerPlainly, chooseOrAnswer } from './data-path.ts';
import type { DataPath } from './data-path.ts';
import { inform } from './exchange.ts';
import { forwardedRequest } from './forwarding.ts';
import { relayAnswer } from './relayed-answer.ts';
import { ask } from './upgrade.ts';

/**
 * A request with `Expect: 100-continue`: whether the body is wanted is the instance's word, so the expectation is
 * passed on, and its 100 or its refusal comes back before the client sends a byte of it (RFC 9110, 10.1.1).
 */
export function continuedExchange(
  path: DataPath,
  service: ServiceName,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const forwarded = forwardedRequest(request);
  if (forwarded === null) {
    path.onUnrouted();
    answerPlainly(response, 400);
    return;
  }
  const upstream = chooseOrAnswer(path, service, response);
  if (upstream === null) return;
  const framing = request.headers['transfer-encoding'] === undefined ? [] : ['transfer-encoding', 'chunked'];
  const headers = [...forwarded.headers, ...framing, 'expect', '100-continue', 'connection', 'close'];
  const sent = ask(path, upstream, request, forwarded.path, headers);
  response.shouldKeepAlive = false;
  sent.on('continue', () => response.writeContinue());
  sent.on('information', (info) => inform(response, info.statusCode, info.headers));
  relayAnswer(path, upstream, sent, response, forwarded.requestId, path.clock.monotonicMs());
  sent.flushHeaders();
  // A client that loses patience sends its body without having heard a word; it goes on just the same.
  request.pipe(sent);
}
