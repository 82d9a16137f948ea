import type { Socket } from 'node:net';
import type { ServiceName } from '../domain/ids.ts';
import { plainAnswer } from './data-path.ts';
import type { DataPath, PlainStatus } from './data-path.ts';
import type { Timed } from './deadlines.ts';
import { listenTo } from './ears.ts';
import { Exchange } from './exchange.ts';
import { forwardedRequest } from './forwarding.ts';
import { MessageReader } from './http1/message-reader.ts';
import { parseRequestHead } from './http1/request-head.ts';
import type { RequestHead } from './http1/request-head.ts';
import { Outbox } from './outbox.ts';

/** What a connection belongs to. */
export interface ClientHost {
  readonly path: DataPath;
  readonly service: ServiceName;
  /** Takes no connections any more: those that are there end with what is under way. */
  readonly isClosed: boolean;
  onGone(connection: ClientConnection): void;
}

/** One connection of a client: reads one request after the other, and never the next before the last is answered. */
export class ClientConnection implements Timed {
  readonly outbox: Outbox;
  deadlineMs: number;
  readonly #host: ClientHost;
  readonly #socket: Socket;
  readonly #address: string;
  readonly #listening: Disposable;
  readonly #reader: MessageReader<RequestHead>;
  /** Until its answer is over; its request may go on being read for longer. */
  #exchange: Exchange | null = null;
  /** Nothing more is heard on it. */
  #isEnding = false;
  #isWorking = false;
  #onRoom: (() => void) | null = null;

  constructor(host: ClientHost, socket: Socket) {
    this.#host = host;
    this.#socket = socket;
    this.#address = (socket.remoteAddress ?? '').replace(/^::ffff:/, '');
    this.outbox = new Outbox(socket);
    this.#reader = new MessageReader(parseRequestHead, host.path.limits.maxHeaderBytes, 'empty lines');
    this.deadlineMs = host.path.deadlines.after(host.path.limits.headersWithinMs);
    host.path.deadlines.watch(this);
    this.#listening = listenTo(socket, {
      data: (bytes) => this.#guard(() => this.#onData(bytes)),
      drain: () => this.#onRoom?.(),
      end: () => this.#onHalfClosed(),
      error: () => undefined,
      close: () => this.#onClosed(),
    });
  }

  /** Called when the connection takes more again. */
  onRoom(call: () => void): void {
    this.#onRoom = call;
  }

  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  destroy(): void {
    this.#socket.destroy();
  }

  /** Something moves: it may be silent for its full time again. */
  refresh(): void {
    this.#within(this.#host.path.limits.silentMs);
  }

  /** What an answer says about this connection. */
  connectionFields(keepsAlive: boolean): string {
    if (!keepsAlive) return 'connection: close\r\n';
    const seconds = Math.floor(this.#host.path.limits.idleConnectionMs / 1_000);
    return `connection: keep-alive\r\nkeep-alive: timeout=${seconds}\r\n`;
  }

  /** What is under way is the last on it. */
  get isLast(): boolean {
    return this.#host.isClosed || this.#host.path.isDraining();
  }

  /** Calls once all that was said is out of our hands, or the connection is gone. */
  whenSent(call: () => void): void {
    this.outbox.flush();
    if (this.#socket.writableLength === 0) call();
    else this.#socket.write('', call);
  }

  onAnswered(keepsAlive: boolean): void {
    this.#exchange = null;
    this.#onRoom = null;
    this.outbox.flush();
    if (!keepsAlive) return this.#end();
    this.#socket.resume();
    if (this.#reader.head === null) this.#awaitRequest();
    if (this.#reader.isAmidMessage && !this.#isWorking) this.#guard(() => this.#work());
  }

  answerPlainly(status: PlainStatus, keepsAlive: boolean, isToHead = this.#exchange?.isHead ?? false): void {
    const { date } = this.#host.path.deadlines;
    this.outbox.say(plainAnswer(status, date, this.connectionFields(keepsAlive), isToHead));
    this.onAnswered(keepsAlive);
  }

  /** The bare connection, with what was read too far, for a tunnel. Nothing is done with it here any more. */
  handOver(): { readonly socket: Socket; readonly early: Buffer } {
    this.outbox.flush();
    this.#forget();
    this.#listening[Symbol.dispose]();
    this.#isEnding = true;
    this.#exchange = null;
    this.#socket.resume();
    return { socket: this.#socket, early: this.#reader.rest };
  }

  /** Ends it where no request is under way; else with the answer. */
  endIdle(): void {
    if (this.#exchange === null && !this.#isEnding) this.#end();
  }

  onDeadline(): void {
    const isHeadAwaited = this.#exchange === null && this.#reader.head === null && !this.#isEnding;
    const isIdle = !this.#reader.isAmidMessage && this.#socket.bytesWritten > 0;
    if (isHeadAwaited && !isIdle) this.answerPlainly(408, false);
    else this.#socket.destroy();
  }

  #onData(bytes: Buffer): void {
    if (this.#isEnding) return;
    if (this.#exchange === null && !this.#reader.isAmidMessage) {
      this.#within(this.#host.path.limits.headersWithinMs);
    }
    this.#reader.push(bytes);
    this.#work();
  }

  /** Goes on with what was read, as far as it can: a request that comes before the last is answered waits. */
  #work(): void {
    this.#isWorking = true;
    while (!this.#isEnding && (this.#exchange === null || this.#reader.head !== null)) {
      if (!this.#step()) break;
    }
    this.#isWorking = false;
    const exchange = this.#exchange;
    if (exchange === null) return;
    exchange.flush();
    if (this.#reader.head === null && this.#reader.rest.length > 0) this.#socket.pause();
  }

  /** Whether there may be more to read in what has come. */
  #step(): boolean {
    switch (this.#reader.read((content) => this.#exchange?.send(content))) {
      case 'head':
        if (this.#reader.head !== null) this.#serve(this.#reader.head);
        return true;
      case 'content':
        this.refresh();
        return true;
      case 'ended':
        this.#exchange?.endSending();
        if (this.#exchange === null) this.#awaitRequest();
        return true;
      case 'needs more':
        return false;
      case 'too large':
        this.#refuse(431);
        return false;
      case 'malformed':
        if (this.#reader.head === null) this.#refuse(400);
        else this.#refuseBody();
        return false;
    }
  }

  #serve(head: RequestHead): void {
    const { path, service } = this.#host;
    const forwarded = forwardedRequest(head, this.#address);
    if (head.expect === 'something else') return this.#refuse(417);
    if (forwarded === null) return this.#refuse(400);
    const choice = path.router.choose(service);
    if (choice.to !== 'instance') {
      if (choice.to === 'nobody') {
        choice.counts.record({ status: null, latencyMs: 0, refused: false, probe: false });
      } else path.onUnrouted();
      const keepsAlive = head.keepAlive && head.upgrade === null && head.expect === 'nothing';
      return this.answerPlainly(503, keepsAlive && !this.isLast, head.method === 'HEAD');
    }
    this.#exchange = new Exchange(path, choice.upstream, this, head, forwarded);
    this.refresh();
    this.#exchange.start();
  }

  #awaitRequest(): void {
    const { idleConnectionMs, headersWithinMs } = this.#host.path.limits;
    this.#within(this.#reader.rest.length > 0 ? headersWithinMs : idleConnectionMs);
  }

  /** Nobody can tell what was said, or what comes next: one answer, if none has begun, and the connection closes. */
  #refuse(status: PlainStatus): void {
    this.#host.path.onUnrouted();
    this.answerPlainly(status, false);
  }

  /** The request was passed on already, and its body turned out to be none: it is taken back where that is possible. */
  #refuseBody(): void {
    const exchange = this.#exchange;
    exchange?.onClientGone();
    if (exchange === null || exchange.hasBegun) this.#socket.destroy();
    else this.answerPlainly(400, false);
  }

  /** What was said goes out, what still comes is not listened to, and after a moment the connection is gone. */
  #end(): void {
    this.#isEnding = true;
    this.outbox.flush();
    this.#socket.end();
    this.#socket.resume();
    this.#within(this.#host.path.limits.silentMs);
    this.#socket.once('finish', () => this.#within(this.#host.path.limits.closeWithinMs));
  }

  #within(ms: number): void {
    this.deadlineMs = this.#host.path.deadlines.after(ms);
  }

  /** A client that says nothing more before it was answered has gone: most that go say it in no other way. */
  #onHalfClosed(): void {
    if (this.#isEnding) return;
    if (this.#exchange === null && !this.#reader.isAmidMessage) this.#end();
    else this.#socket.destroy();
  }

  #onClosed(): void {
    this.#forget();
    this.#isEnding = true;
    this.#exchange?.onClientGone();
  }

  #forget(): void {
    this.#host.path.deadlines.forget(this);
    this.#host.onGone(this);
  }

  /** A defect met while serving one connection ends that connection and no other. */
  #guard(serve: () => void): void {
    try {
      serve();
    } catch (thrown) {
      this.#host.path.noteDefect(thrown);
      this.#socket.destroy();
    }
  }
}
