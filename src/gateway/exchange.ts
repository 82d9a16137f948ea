import type { Socket } from 'node:net';
import type { ClientConnection } from './client-connection.ts';
import { reportBreakdown } from './data-path.ts';
import type { DataPath } from './data-path.ts';
import { forwardedAnswer, forwardedHints, forwardedTrailers } from './forwarding.ts';
import type { Forwarded } from './forwarding.ts';
import { isBodiless } from './http1/answer-head.ts';
import type { AnswerHead } from './http1/answer-head.ts';
import type { Field } from './http1/fields.ts';
import type { RequestHead } from './http1/request-head.ts';
import type { Asker, InstanceConnection } from './instance-connection.ts';
import { nowhere } from './open-exchanges.ts';
import type { OpenExchange } from './open-exchanges.ts';
import { Tunnel } from './tunnel.ts';
import type { Upstream } from './upstream.ts';

/** How the end of an answer is shown to its client. */
type Way = 'as it came' | 'chunked' | 'close';

/**
 * Passes one request to one instance, once: what fails is answered as failed and never tried again.
 *
 * A request counts once, when its answer ends; one that goes on for longer counts when the counters are read. When
 * such an answer breaks off after it was counted, it counts a second time, as an error, so that errors never
 * outnumber requests. A client that goes away before its answer begins is nobody's error and does not count.
 */
export class Exchange implements OpenExchange, Asker {
  place = nowhere;
  readonly isHead: boolean;
  readonly #path: DataPath;
  readonly #upstream: Upstream;
  readonly #client: ClientConnection;
  readonly #head: RequestHead;
  readonly #forwarded: Forwarded;
  readonly #startedMs: number;
  readonly #link: InstanceConnection;
  #isAsked: boolean;
  #answer: { readonly status: number; readonly latencyMs: number; readonly isEventStream: boolean } | null =
    null;
  #way: Way = 'as it came';
  #keepsAlive = false;
  #counted = false;
  /** Answered, or its client went away, or it was ended by us: what follows is no error of the instance. */
  #over = false;

  constructor(
    path: DataPath,
    upstream: Upstream,
    client: ClientConnection,
    head: RequestHead,
    forwarded: Forwarded,
  ) {
    this.#path = path;
    this.#upstream = upstream;
    this.#client = client;
    this.#head = head;
    this.#forwarded = forwarded;
    this.#startedMs = path.clock.monotonicMs();
    this.isHead = head.method === 'HEAD';
    this.#isAsked = head.body === 0;
    this.#link = head.upgrade === null ? upstream.pool.take(this.#startedMs) : upstream.pool.fresh();
  }

  /** Its client was told something of the answer. */
  get hasBegun(): boolean {
    return this.#answer !== null;
  }

  start(): void {
    this.#upstream.enter(this);
    const { upgrade, expect } = this.#head;
    const how = { isWhole: this.#isAsked, upgrades: upgrade !== null, expects: expect === 'continue' };
    this.#link.ask(this, this.#forwarded.text, this.#startedMs, how);
  }

  /** A piece of the request's body. Goes nowhere once the answer is over. */
  send(content: Buffer): void {
    if (this.#over) return;
    this.#link.onInvited();
    if (this.#head.body === 'chunked') this.#link.outbox.passChunk(content);
    else this.#link.outbox.pass(content);
  }

  endSending(): void {
    this.#isAsked = true;
    if (this.#over) return;
    if (this.#head.body === 'chunked') this.#link.outbox.say('0\r\n\r\n');
    this.#link.endAsking();
  }

  /** What was gathered goes out. The client waits while the instance cannot take more. */
  flush(): void {
    if (this.#over) return;
    this.#link.outbox.flush();
    if (this.#head.body === 0) return;
    this.#link.waitAnew();
    if (!this.#link.outbox.isFull) return;
    this.#client.pause();
    this.#link.onRoom(() => this.#client.resume());
  }

  onClientGone(): void {
    if (this.#over) return;
    if (this.#answer === null) this.#upstream.counts.abandoned += 1;
    else this.settle();
    this.#finish();
    this.#link.destroy();
  }

  leave(): void {
    if (this.#over || this.#answer?.isEventStream !== true) return;
    this.settle();
    this.#link.destroy();
    if (this.#way === 'as it came') this.cut();
    else this.#endAnswer('');
  }

  cut(): void {
    this.#client.destroy();
  }

  settle(): void {
    if (this.#answer === null || this.#counted) return;
    this.#counted = true;
    const { status, latencyMs } = this.#answer;
    this.#upstream.counts.record({ status, latencyMs, refused: false, probe: false });
  }

  onInterim(head: AnswerHead): void {
    const { outbox } = this.#client;
    if (this.#head.minor === 0) return;
    if (head.status === 100 && this.#head.expect === 'continue') outbox.say('HTTP/1.1 100 Continue\r\n\r\n');
    if (head.status === 102 || head.status === 103) outbox.say(forwardedHints(head));
  }

  onHead(head: AnswerHead): void {
    this.#answer = {
      status: head.status,
      latencyMs: this.#elapsedMs(),
      isEventStream: head.isEventStream,
    };
    this.#way = this.#wayOf(head);
    this.#keepsAlive = this.#way !== 'close' && this.#mayKeepAlive();
    const text = forwardedAnswer(head, {
      requestId: this.#forwarded.requestId,
      isChunked: this.#way === 'chunked',
      connection: this.#client.connectionFields(this.#keepsAlive),
      date: this.#path.deadlines.date,
    });
    this.#client.outbox.say(text);
  }

  onContent(content: Buffer): void {
    if (this.#way === 'chunked') this.#client.outbox.passChunk(content);
    else this.#client.outbox.pass(content);
  }

  onTurnEnd(): void {
    if (this.#over) return;
    this.#client.outbox.flush();
    this.#client.refresh();
    if (this.#upstream.isLeft) this.leave();
    if (this.#over) return;
    if (!this.#client.outbox.isFull) return;
    this.#link.pause();
    this.#client.onRoom(() => this.#link.resume());
  }

  onEnd(trailers: readonly Field[]): void {
    this.settle();
    this.#endAnswer(forwardedTrailers(trailers));
  }

  onSwitched(head: AnswerHead, instance: Socket, early: Buffer): void {
    const latencyMs = this.#elapsedMs();
    this.#upstream.counts.record({ status: head.status, latencyMs, refused: false, probe: false });
    const protocol = this.#head.upgrade ?? '';
    const client = this.#client.handOver();
    const answer = forwardedAnswer(head, {
      requestId: this.#forwarded.requestId,
      isChunked: false,
      connection: `connection: Upgrade\r\nupgrade: ${upgradeOf(head) ?? protocol}\r\n`,
      date: this.#path.deadlines.date,
    });
    client.socket.write(answer, 'latin1');
    const isWebSocket = protocol.toLowerCase() === 'websocket';
    const tunnel = new Tunnel(this.#path, this.#upstream, client.socket, instance, { isWebSocket });
    tunnel.start(client.early, early);
    this.#finish();
  }

  onBreakdown(code: string): void {
    if (this.#over) return;
    this.#counted = true;
    const latencyMs = this.#answer?.latencyMs ?? this.#elapsedMs();
    reportBreakdown(this.#path, this.#upstream, code, latencyMs, false);
    this.#finish();
    if (this.#answer !== null) this.#client.destroy();
    else this.#client.answerPlainly(code === 'ETIMEDOUT' ? 504 : 502, this.#mayKeepAlive());
  }

  #wayOf(head: AnswerHead): Way {
    if (isBodiless(head.status, this.isHead) || typeof head.body === 'number') return 'as it came';
    return this.#head.minor === 0 ? 'close' : 'chunked';
  }

  /** Not where nobody can tell whether what comes next is a body that was not wanted, another protocol, or a request. */
  #mayKeepAlive(): boolean {
    const isUndecided = this.#head.upgrade !== null || (this.#head.expect === 'continue' && !this.#isAsked);
    return this.#head.keepAlive && !isUndecided && !this.#client.isLast;
  }

  #endAnswer(trailers: string): void {
    if (this.#way === 'chunked') this.#client.outbox.say(`0\r\n${trailers}\r\n`);
    this.#finish();
    this.#client.onAnswered(this.#keepsAlive);
  }

  /** It is open until its client has got all of it: a gateway that closes waits for that. */
  #finish(): void {
    this.#over = true;
    this.#client.whenSent(() => this.#upstream.exit(this));
  }

  #elapsedMs(): number {
    return this.#path.clock.monotonicMs() - this.#startedMs;
  }
}

function upgradeOf(head: AnswerHead): string | undefined {
  return head.fields.find(({ lower }) => lower === 'upgrade')?.value;
}
