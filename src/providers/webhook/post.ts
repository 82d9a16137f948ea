import { lookup, type LookupAddress } from 'node:dns';
import { request as plainRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import { request as secureRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import type { Clock } from '../../engine/clock.ts';

export const mostReplyBytes = 64 * 1024;

export interface Post {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly replyWithinMs: number;
  readonly clock: Pick<Clock, 'after'>;
}

export type Posted =
  | { readonly kind: 'reply'; readonly status: number; readonly mediaType: string; readonly body: string }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'too-slow'; readonly afterMs: number }
  | { readonly kind: 'no-connection'; readonly why: string }
  | { readonly kind: 'address-refused' };

/** One exchange, with a limit on time and size, over a connection of its own. Rejects only with the signal's reason. */
export async function post(ask: Post, signal: AbortSignal): Promise<Posted> {
  signal.throwIfAborted();
  const { url, replyWithinMs, clock } = ask;
  const plain = url.protocol === 'http:';
  if (plain ? isForeignAddress(url.hostname) : url.protocol !== 'https:') return { kind: 'address-refused' };
  const sent = (plain ? plainRequest : secureRequest)(url, {
    method: 'POST',
    agent: false,
    maxHeaderSize: 16 * 1024,
    headers: { ...ask.headers, 'content-length': Buffer.byteLength(ask.body) },
    ...(plain && { lookup: loopbackOnly }),
  });
  const slow: Posted = { kind: 'too-slow', afterMs: replyWithinMs };
  let isLate = false;
  using _limit = clock.after(replyWithinMs, () => {
    isLate = true;
    sent.destroy();
  });
  const abort = (): void => void sent.destroy();
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await exchange(sent, ask.body);
  } catch (error) {
    signal.throwIfAborted();
    if (isLate) return slow;
    return notLoopback === error
      ? { kind: 'address-refused' }
      : { kind: 'no-connection', why: reasonOf(error) };
  } finally {
    signal.removeEventListener('abort', abort);
    sent.destroy();
  }
}

async function exchange(sent: ClientRequest, body: string): Promise<Posted> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    sent
      .on('response', resolve)
      .on('error', reject)
      .on('close', () => reject(new Error('the connection was closed')));
    sent.end(body);
  });
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > mostReplyBytes) return { kind: 'too-large' };
    chunks.push(chunk);
  }
  const mediaType = (response.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  return {
    kind: 'reply',
    status: response.statusCode ?? 0,
    mediaType,
    body: Buffer.concat(chunks).toString('utf8'),
  };
}

/** An address that is written as numbers is not looked up. */
const isForeignAddress = (host: string): boolean =>
  (/^[\d.]+$/.test(host) || host.startsWith('[')) && !isLoopback(host.replaceAll(/[[\]]/g, ''));

const isLoopback = (address: string): boolean => address === '::1' || address.startsWith('127.');

const notLoopback = new Error('a name that leads to another machine');

/** A name of this machine may be made to lead elsewhere. */
const loopbackOnly: LookupFunction = (host, options, done) => {
  lookup(host, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
    const own = error === null ? addresses.filter(({ address }) => isLoopback(address)) : [];
    const [first] = own;
    if (error !== null) done(error, '');
    else if (first === undefined) done(notLoopback, '');
    else if (options.all === true) done(null, own);
    else done(null, first.address, first.family);
  });
};

const words: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nobody listens there',
  ENOTFOUND: 'its name is not known',
  EAI_AGAIN: 'its name could not be looked up',
  ECONNRESET: 'the connection was cut',
  ETIMEDOUT: 'nobody took the connection',
};

function reasonOf(error: unknown): string {
  const { code = '', message } = error as NodeJS.ErrnoException;
  return words[code] ?? (code === '' ? message : code);
}
