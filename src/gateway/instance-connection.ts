import { connect } from 'node:net';
import type { Socket } from 'node:net';
import type { Deadlines, Timed } from './deadlines.ts';
import { listenTo } from './ears.ts';
import { parseAnswerHead } from './http1/answer-head.ts';
import type { AnswerHead } from './http1/answer-head.ts';
import type { Field } from './http1/fields.ts';
import { MessageReader } from './http1/message-reader.ts';
import type { Limits } from './limits.ts';
import { Outbox } from './outbox.ts';

/** Who asked an instance and hears its answer. After `onEnd`, `onSwitched` and `onBreakdown` nothing more is heard. */
export interface Asker {
  readonly isHead: boolean;
  /** 1xx, except 101. */
  onInterim(head: AnswerHead): void;
  onHead(head: AnswerHead): void;
  onContent(content: Buffer): void;
  onEnd(trailers: readonly Field[]): void;
  /** What was heard in this turn is heard; what was gathered for it can be sent on. */
  onTurnEnd(): void;
  /** The instance agrees to another protocol: the bare connection is the asker's now. `early` came along with the answer. */
  onSwitched(head: AnswerHead, socket: Socket, early: Buffer): void;
  onBreakdown(code: string): void;
}

/** Instances close idle connections when they like. Unless one says how long it waits, no connection is trusted longer. */
const trustedIdleMs = 4_000;
/** A word that the instance keeps connections for so long is believed less this much. */
const marginMs = 1_000;

/** What the connection reports to the pool that it belongs to. */
export interface ConnectionOwner {
  onIdle(connection: InstanceConnection): void;
  onClosed(connection: InstanceConnection): void;
}

/** One connection to an instance, and the one question under way on it. */
export class InstanceConnection implements Timed {
  readonly outbox: Outbox;
  deadlineMs: number;
  readonly #socket: Socket;
  readonly #owner: ConnectionOwner;
  readonly #deadlines: Deadlines;
  readonly #limits: Limits;
  readonly #listening: Disposable;
  #asker: Asker | null = null;
  #upgrades = false;
  /** Set once the question is wholly sent: only then can another one follow. */
  #isAsked = true;
  /** Whoever asks sends the body only once the instance says that it wants it. */
  #isInviteAwaited = false;
  readonly #reader: MessageReader<AnswerHead>;
  #errorCode: string | null = null;
  #onRoom: (() => void) | null = null;

  constructor(address: string, owner: ConnectionOwner, deadlines: Deadlines, limits: Limits) {
    const [host = '', port = ''] = address.split(':');
    this.#owner = owner;
    this.#deadlines = deadlines;
    this.#limits = limits;
    const parse = (text: string): AnswerHead | null => parseAnswerHead(text, this.#asker?.isHead === true);
    this.#reader = new MessageReader(parse, limits.maxHeaderBytes, 'nothing');
    this.#socket = connect({ host, port: Number(port), noDelay: true, allowHalfOpen: true });
    this.outbox = new Outbox(this.#socket);
    this.deadlineMs = deadlines.after(limits.connectWithinMs);
    deadlines.watch(this);
    this.#listening = listenTo(this.#socket, {
      data: (bytes) => this.#onData(bytes),
      drain: () => this.#onDrained(),
      end: () => this.#onFinished(),
      error: (error) => (this.#errorCode ??= error.code ?? error.name),
      close: () => this.#onClosed(),
    });
  }

  /**
   * Sends the head of a question, and says when it is over to whoever asks. `isWhole`: no body follows. `expects`: none
   * follows before the instance has said that it wants it.
   * @param nowMs monotonic
   */
  ask(
    asker: Asker,
    head: string,
    nowMs: number,
    how: { isWhole: boolean; upgrades: boolean; expects?: boolean },
  ): void {
    this.#asker = asker;
    this.#upgrades = how.upgrades;
    this.#isAsked = how.isWhole;
    this.#isInviteAwaited = how.expects === true;
    this.outbox.say(head);
    if (!this.#socket.connecting) return this.waitAnew(nowMs);
    this.#socket.once('connect', () => this.waitAnew());
    this.deadlineMs = nowMs + this.#limits.connectWithinMs;
  }

  /** The body comes, asked for or not. */
  onInvited(): void {
    if (!this.#isInviteAwaited) return;
    this.#isInviteAwaited = false;
    this.waitAnew();
  }

  /** The body of the question was sent to its end. */
  endAsking(): void {
    this.#isAsked = true;
  }

  /**
   * Something moved: the instance has its full time again. While the question is not whole, and the instance takes what
   * there is of it, nobody waits for the instance: a client that is slow to ask is not its fault.
   * @param nowMs monotonic
   */
  waitAnew(nowMs = this.#deadlines.after(0)): void {
    if (this.#reader.head !== null || this.#socket.connecting) return;
    const isAsked = this.#isAsked || this.#isInviteAwaited || this.outbox.isFull;
    this.deadlineMs = isAsked ? nowMs + this.#limits.answerWithinMs : Number.POSITIVE_INFINITY;
  }

  /** Called when the connection takes more again. */
  onRoom(call: () => void): void {
    this.#onRoom = call;
  }

  pause(): void {
    this.deadlineMs = Number.POSITIVE_INFINITY;
    this.#socket.pause();
  }

  resume(): void {
    this.#refresh();
    this.#socket.resume();
  }

  get isOpen(): boolean {
    return !this.#socket.destroyed;
  }

  /** Closes it; its asker hears nothing more. */
  destroy(): void {
    this.#asker = null;
    this.#socket.destroy();
  }

  onDeadline(): void {
    if (this.#asker !== null) this.#errorCode ??= 'ETIMEDOUT';
    this.#socket.destroy();
  }

  #onDrained(): void {
    if (this.#asker !== null) this.waitAnew();
    this.#onRoom?.();
  }

  #refresh(): void {
    this.deadlineMs = this.#deadlines.after(this.#limits.silentMs);
  }

  #onData(bytes: Buffer): void {
    const asker = this.#asker;
    // Nothing was asked: whatever this is, the next answer could be taken for it.
    if (asker === null) return void this.#socket.destroy();
    this.#read(asker, bytes);
    asker.onTurnEnd();
  }

  #read(asker: Asker, bytes: Buffer): void {
    if (this.#reader.head !== null) this.#refresh();
    this.#reader.push(bytes);
    while (this.#asker === asker) if (!this.#step(asker)) break;
  }

  /** Whether there may be more to read in what has come. */
  #step(asker: Asker): boolean {
    const before = this.#reader.head;
    switch (this.#reader.read((content) => asker.onContent(content))) {
      case 'head':
        if (this.#reader.head !== null) this.#onHead(asker, this.#reader.head);
        return true;
      case 'content':
        return true;
      case 'ended':
        if (before !== null && before.status >= 200) this.#end(asker, before);
        else if (before?.status === 100) this.onInvited();
        return true;
      case 'needs more':
        return false;
      case 'too large':
        this.#breakDown('answer-head-large');
        return false;
      case 'malformed':
        this.#breakDown('answer-malformed');
        return false;
    }
  }

  #onHead(asker: Asker, head: AnswerHead): void {
    if (head.status === 101) return this.#switch(asker, head);
    if (head.status < 200) return asker.onInterim(head);
    this.#refresh();
    asker.onHead(head);
  }

  #end(asker: Asker, head: AnswerHead): void {
    this.#asker = null;
    this.#onRoom = null;
    asker.onEnd(this.#reader.trailers);
    const saidMs = head.keepsIdleMs === null ? trustedIdleMs : head.keepsIdleMs - marginMs;
    const idleMs = Math.min(saidMs, this.#limits.idleConnectionMs);
    const isReady = head.keepAlive && this.#isAsked && this.#reader.rest.length === 0 && idleMs > 0;
    if (!isReady) return void this.#socket.destroy();
    this.deadlineMs = this.#deadlines.aboutNowMs + idleMs;
    this.#owner.onIdle(this);
  }

  #switch(asker: Asker, head: AnswerHead): void {
    if (!this.#upgrades) return void this.#breakDown('answer-malformed');
    this.#asker = null;
    this.#deadlines.forget(this);
    this.#owner.onClosed(this);
    this.#listening[Symbol.dispose]();
    asker.onSwitched(head, this.#socket, this.#reader.rest);
  }

  #onFinished(): void {
    const [asker, head] = [this.#asker, this.#reader.head];
    if (asker === null || head?.body !== 'until close') return void this.#socket.destroy();
    this.#end(asker, { ...head, keepAlive: false });
    asker.onTurnEnd();
  }

  #onClosed(): void {
    this.#deadlines.forget(this);
    this.#owner.onClosed(this);
    this.#breakDown(this.#errorCode ?? 'ECONNRESET');
  }

  #breakDown(code: string): null {
    const asker = this.#asker;
    this.#asker = null;
    this.#socket.destroy();
    asker?.onBreakdown(code);
    return null;
  }
}
