import { request as httpRequest, ServerResponse } from 'node:http';
import type { ClientRequest, IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { ServiceName } from '../domain/ids.ts';
import { answerPlainly, chooseOrAnswer, hasBody } from './data-path.ts';
import type { DataPath } from './data-path.ts';
import { forwardedAnswer, forwardedRequest } from './forwarding.ts';
import { relayAnswer } from './relayed-answer.ts';
import { Tunnel } from './tunnel.ts';
import type { Upstream } from './upstream.ts';

/**
 * Which requests are upgraded: those that ask for it with one protocol and bring no body. HTTP/2 is not spoken here,
 * so an offer of `h2c` is passed over, and the request goes on as the HTTP/1.1 that it is.
 */
export function isUpgrade(request: IncomingMessage): boolean {
  const protocol = request.headers.upgrade;
  return protocol !== undefined && !/\bh2c?\b/i.test(protocol) && !hasBody(request);
}

/** Passes an upgrade to an instance; when it agrees, the two ends are joined. It counts once, by the answer's status. */
export function upgrade(
  path: DataPath,
  service: ServiceName,
  request: IncomingMessage,
  socket: Duplex,
  early: Buffer,
): void {
  const response = answerOver(request, socket);
  const forwarded = forwardedRequest(request);
  if (forwarded === null) {
    path.onUnrouted();
    answerPlainly(response, 400);
    return;
  }
  const upstream = chooseOrAnswer(path, service, response);
  if (upstream === null) return;
  const startedMs = path.clock.monotonicMs();
  const protocol = request.headers.upgrade ?? '';
  const sent = ask(path, upstream, request, forwarded.path, [
    ...forwarded.headers,
    'connection',
    'upgrade',
    'upgrade',
    protocol,
  ]);
  sent.on('upgrade', (answer, instance, late) => {
    const latencyMs = path.clock.monotonicMs() - startedMs;
    upstream.counts.record({
      status: answer.statusCode ?? null,
      latencyMs,
      refused: false,
      probe: false,
    });
    response.detachSocket(socket as never);
    socket.write(switching(answer, protocol, forwarded.requestId));
    const isWebSocket = protocol.toLowerCase() === 'websocket';
    new Tunnel(path, upstream, socket, instance, { isWebSocket }).start(early, late);
  });
  relayAnswer(path, upstream, sent, response, forwarded.requestId, startedMs);
  sent.end();
}

/** A request of its own connection: upgrades and awaited continues, which the pool does not do. */
export function ask(
  path: DataPath,
  upstream: Upstream,
  request: IncomingMessage,
  target: string,
  headers: readonly string[],
): ClientRequest {
  const [host, port] = upstream.address.split(':');
  return httpRequest({
    host,
    port: Number(port),
    path: target,
    method: request.method,
    headers,
    agent: false,
    maxHeaderSize: path.limits.maxHeaderBytes,
    setDefaultHeaders: false,
  });
}

function answerOver(request: IncomingMessage, socket: Duplex): ServerResponse {
  const response = new ServerResponse(request);
  response.shouldKeepAlive = false;
  response.assignSocket(socket as never);
  socket.on('error', () => socket.destroy());
  response.on('finish', () => socket.end());
  return response;
}

function switching(answer: IncomingMessage, protocol: string, requestId: string): string {
  const { headers } = forwardedAnswer(answer.rawHeaders, requestId, false);
  const lines = [`HTTP/1.1 101 Switching Protocols`, 'connection: Upgrade'];
  lines.push(`upgrade: ${answer.headers.upgrade ?? protocol}`);
  for (let at = 0; at < headers.length; at += 2) lines.push(`${headers[at]}: ${headers[at + 1]}`);
  return `${lines.join('\r\n')}\r\n\r\n`;
}
