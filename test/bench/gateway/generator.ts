/**
 * Puts load on a port over bare sockets, one request at a time on each, and never tries again: told what by a message,
 * it answers with one, after the time or when told that it is enough.
 */
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { systemClock } from '../../../src/engine/clock.ts';
import { quantile } from '../row.ts';
import { answerBytes } from './load.ts';
import type { Answered, Load } from './load.ts';

const request = 'GET /shop?item=1 HTTP/1.1\r\nhost: shop.example\r\naccept: */*\r\nuser-agent: bench\r\n\r\n';
const start = Buffer.from('HTTP/1.1 200 ');

/** Knows the end of an answer by its length, and asks again when told. */
class Client {
  readonly #socket: Socket;
  #askedMs = 0;
  #got = 0;
  #length = 0;
  #isDone = false;
  isIdle = true;

  constructor(port: number, onAnswer: (client: Client, tookMs: number) => void, onFailure: () => void) {
    this.#socket = connect({ port, host: '127.0.0.1', noDelay: true });
    this.#socket.on('data', (bytes) => {
      if (this.#got === 0) this.#length = lengthOf(bytes);
      this.#got += bytes.length;
      if (this.#length === 0) return void this.#socket.destroy();
      if (this.#got < this.#length) return;
      this.isIdle = true;
      onAnswer(this, systemClock.monotonicMs() - this.#askedMs);
    });
    this.#socket.on('error', () => undefined);
    this.#socket.on('close', () => {
      this.isIdle = false;
      if (!this.#isDone) onFailure();
    });
  }

  ask(): void {
    this.isIdle = false;
    this.#got = 0;
    this.#askedMs = systemClock.monotonicMs();
    this.#socket.write(request, 'latin1');
  }

  end(): void {
    this.#isDone = true;
    this.#socket.destroy();
  }
}

/** Of the whole answer; 0 where it is none that is wanted. */
function lengthOf(bytes: Buffer): number {
  if (bytes.compare(start, 0, start.length, 0, start.length) !== 0) return 0;
  const end = bytes.indexOf('\r\n\r\n');
  return end < 0 ? 0 : end + 4 + answerBytes;
}

async function put({ port, seconds, connections, perSecond }: Load, enough: AbortSignal): Promise<Answered> {
  const tookMs: number[] = [];
  let failed = 0;
  let pace: Pace | null = null;
  const onAnswer = (client: Client, ms: number): void => {
    tookMs.push(ms);
    if (perSecond === null) client.ask();
    else pace?.askDue();
  };
  const clients = Array.from({ length: connections }, () => new Client(port, onAnswer, () => (failed += 1)));
  if (perSecond === null) for (const client of clients) client.ask();
  else pace = new Pace(clients, perSecond);
  await systemClock.sleep(seconds * 1_000, enough).catch(() => undefined);
  pace?.[Symbol.dispose]();
  for (const client of clients) client.end();
  return { requests: tookMs.length, failed, p50Ms: quantile(tookMs, 0.5), p99Ms: quantile(tookMs, 0.99) };
}

/**
 * So many a second, on connections that wait for nothing; where there is none, what is due is left out. It looks every
 * millisecond and with every answer: by the millisecond alone, they would come in heaps that no crowd of clients makes.
 */
class Pace implements Disposable {
  readonly #clients: readonly Client[];
  readonly #perMs: number;
  readonly #looking: Disposable;
  #lastMs = systemClock.monotonicMs();
  #owed = 0;

  constructor(clients: readonly Client[], perSecond: number) {
    this.#clients = clients;
    this.#perMs = perSecond / 1_000;
    this.#looking = systemClock.every(1, () => this.askDue());
  }

  askDue(): void {
    const nowMs = systemClock.monotonicMs();
    this.#owed += (nowMs - this.#lastMs) * this.#perMs;
    this.#lastMs = nowMs;
    for (const client of this.#clients) {
      if (this.#owed < 1) return;
      if (!client.isIdle) continue;
      this.#owed -= 1;
      client.ask();
    }
    this.#owed = Math.min(this.#owed, 1);
  }

  [Symbol.dispose](): void {
    this.#looking[Symbol.dispose]();
  }
}

let enough = new AbortController();
process.on('message', (told: Load | 'enough') => {
  if (told === 'enough') return enough.abort();
  enough = new AbortController();
  void put(told, enough.signal).then((answered) => process.send?.(answered));
});
