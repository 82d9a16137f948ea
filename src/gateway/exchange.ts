import type { IncomingMessage, ServerResponse } from 'node:http';
import { PassThrough } from 'node:stream';
import type { Dispatcher } from 'undici';
import type { ServiceName } from '../domain/ids.ts';
import { answerPlainly, breakdownOf, chooseOrAnswer, hasBody, reportBreakdown } from './data-path.ts';
import type { DataPath } from './data-path.ts';
import { forwardedAnswer, forwardedRequest, forwardedTrailers } from './forwarding.ts';
import type { Forwarded } from './forwarding.ts';
import type { OpenExchange, Upstream } from './upstream.ts';

/** The client library found the request itself malformed: its sender's doing, not the version's. */
const neverSent = new Set(['UND_ERR_INVALID_ARG', 'UND_ERR_NOT_SUPPORTED']);

/** Passes one request to one instance, once: what fails is answered as failed and never tried again. */
export function exchange(
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
  if (upstream !== null) new Exchange(path, upstream, forwarded, request, response).start();
}

/**
 * A request counts once, when its answer ends; one that goes on for longer counts when the counters are read. When
 * such an answer breaks off after it was counted, it counts a second time, as an error, so that errors never
 * outnumber requests. A client that goes away before its answer begins is nobody's error and does not count.
 */
class Exchange implements OpenExchange, Dispatcher.DispatchHandler {
  readonly #path: DataPath;
  readonly #upstream: Upstream;
  readonly #forwarded: Forwarded;
  readonly #request: IncomingMessage;
  readonly #response: ServerResponse;
  readonly #startedMs: number;
  #controller: Dispatcher.DispatchController | null = null;
  #answer: { readonly status: number; readonly latencyMs: number; readonly isEventStream: boolean } | null =
    null;
  #counted = false;
  #wroteBody = false;
  /** Its client went away, or it was ended by us: what follows is no error of the instance. */
  #over = false;

  constructor(
    path: DataPath,
    upstream: Upstream,
    forwarded: Forwarded,
    request: IncomingMessage,
    response: ServerResponse,
  ) {
    this.#path = path;
    this.#upstream = upstream;
    this.#forwarded = forwarded;
    this.#request = request;
    this.#response = response;
    this.#startedMs = path.clock.monotonicMs();
  }

  start(): void {
    this.#upstream.enter(this);
    this.#response.on('close', () => this.#onClosed());
    const body = hasBody(this.#request) ? this.#request.pipe(new PassThrough()) : null;
    const method = this.#request.method ?? 'GET';
    const { path, headers } = this.#forwarded;
    this.#upstream.pool.dispatch({ path, method, headers, body }, this);
  }

  leave(): void {
    if (this.#answer?.isEventStream !== true) return;
    this.settle();
    this.#over = true;
    this.#controller?.abort(new Error('the version is drained'));
    this.#response.end();
  }

  cut(): void {
    this.#response.destroy();
  }

  settle(): void {
    if (this.#answer === null || this.#counted) return;
    this.#counted = true;
    const { status, latencyMs } = this.#answer;
    this.#upstream.counts.record({ status, latencyMs, refused: false, probe: false });
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#over) controller.abort(new Error('the client went away'));
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    parsed: unknown,
    statusText?: string,
  ): void {
    if (status < 200) return inform(this.#response, status, parsed);
    const { headers, isEventStream } = forwardedAnswer(
      rawOf(controller.rawHeaders),
      this.#forwarded.requestId,
      this.#mayHaveTrailers(status),
    );
    if (this.#path.isDraining()) headers.push('connection', 'close');
    this.#response.writeHead(status, statusText ?? '', headers);
    this.#answer = { status, latencyMs: this.#elapsedMs(), isEventStream };
    // A body that came along is written by then; a client waits for no body that has yet to begin.
    queueMicrotask(() => this.#flushHead());
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#wroteBody = true;
    if (this.#response.write(chunk)) return;
    controller.pause();
    this.#response.once('drain', () => controller.resume());
  }

  onResponseEnd(controller: Dispatcher.DispatchController): void {
    const trailers = forwardedTrailers(rawOf(controller.rawTrailers));
    if (trailers.length > 0 && this.#response.chunkedEncoding) this.#response.addTrailers(trailers);
    this.settle();
    this.#over = true;
    this.#response.end();
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    if (this.#over) return;
    this.#over = true;
    this.#counted = true;
    const breakdown = breakdownOf(error);
    if (neverSent.has(breakdown.code)) {
      this.#path.onUnrouted();
      return answerPlainly(this.#response, 400);
    }
    const latencyMs = this.#answer?.latencyMs ?? this.#elapsedMs();
    reportBreakdown(this.#path, this.#upstream, breakdown, latencyMs, false);
    if (this.#response.headersSent) this.#response.destroy();
    else answerPlainly(this.#response, breakdown.status);
  }

  #onClosed(): void {
    if (!this.#over) {
      this.#over = true;
      if (this.#answer === null) this.#upstream.counts.abandoned += 1;
      else this.settle();
      this.#controller?.abort(new Error('the client went away'));
    }
    this.#upstream.exit(this);
  }

  #flushHead(): void {
    if (this.#wroteBody || this.#over) return;
    this.#response.flushHeaders();
  }

  #mayHaveTrailers(status: number): boolean {
    const bodiless = this.#request.method === 'HEAD' || status === 204 || status === 304;
    return !bodiless && this.#request.httpVersion === '1.1';
  }

  #elapsedMs(): number {
    return this.#path.clock.monotonicMs() - this.#startedMs;
  }
}

/** 1xx answers pass. 100 never comes here: see continued-exchange.ts. */
export function inform(response: ServerResponse, status: number, parsed: unknown): void {
  if (status === 102) response.writeProcessing();
  if (status !== 103 || typeof parsed !== 'object' || parsed === null) return;
  const hints = Object.entries(parsed as Record<string, string | string[]>);
  const allowed = hints.filter(([name]) => name === 'link' || name.startsWith('x-'));
  if (allowed.some(([name]) => name === 'link')) response.writeEarlyHints(Object.fromEntries(allowed));
}

function rawOf(raw: Dispatcher.DispatchController['rawHeaders']): readonly (Buffer | string)[] {
  return Array.isArray(raw) ? raw : [];
}
