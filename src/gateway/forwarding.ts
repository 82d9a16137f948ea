import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/**
 * Which headers pass. Hop-by-hop headers end here (RFC 9110, 7.6.1). What a client says about who it is for whom
 * (X-Forwarded-…, Forwarded) is replaced, for this gateway is the edge; `rung-probe` is ours alone.
 */
const hopByHop = [
  'connection',
  'keep-alive',
  'proxy-connection',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'transfer-encoding',
  'upgrade',
];
const notToInstances = new Set([
  ...hopByHop,
  'host',
  'expect',
  'trailer',
  'forwarded',
  'rung-probe',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-port',
  'x-forwarded-proto',
  'x-forwarded-server',
  'x-real-ip',
  'x-request-id',
]);
const notToClients = new Set([...hopByHop, 'trailer']);

/** A client cannot have these taken away by naming them in Connection: they decide where and how long a body is. */
const neverDroppedByName = new Set(['content-length', 'content-type', 'host']);

/** What a request goes on with. */
export interface Forwarded {
  readonly path: string;
  /** Names and values in turn, as they came. */
  readonly headers: string[];
  readonly requestId: string;
}

/** null where the request cannot be passed on: a second Host, or a target that is no path. */
export function forwardedRequest(request: IncomingMessage): Forwarded | null {
  const target = targetOf(request);
  if (target === null) return null;
  const requestId = requestIdOf(request.headers['x-request-id']);
  const headers = ['host', target.host];
  copy(request.rawHeaders, notToInstances, namedInConnection(request.headers.connection), headers);
  if (wantsTrailers(request)) headers.push('te', 'trailers');
  headers.push('x-request-id', requestId, 'via', '1.1 rung');
  addForwarded(headers, target.host, addressOf(request.socket.remoteAddress));
  return { path: target.path, headers, requestId };
}

/** Names and values in turn. `requestId` is added where the instance sent none. */
export function forwardedAnswer(
  raw: readonly (Buffer | string)[],
  requestId: string,
  mayHaveTrailers: boolean,
): { readonly headers: string[]; readonly isEventStream: boolean } {
  const source = raw.map((item) => (typeof item === 'string' ? item : item.toString('latin1')));
  const headers: string[] = [];
  const found = { connection: '', trailer: '', type: '', hasId: false, hasLength: false };
  for (let at = 0; at < source.length; at += 2) {
    const name = (source[at] ?? '').toLowerCase();
    const value = source[at + 1] ?? '';
    if (name === 'connection') found.connection += `,${value}`;
    else if (name === 'trailer') found.trailer = value;
    else if (name === 'content-type') found.type = value;
    else if (name === 'x-request-id') found.hasId = true;
    else if (name === 'content-length') found.hasLength = true;
  }
  copy(source, notToClients, namedInConnection(found.connection), headers);
  if (!found.hasId) headers.push('x-request-id', requestId);
  if (found.trailer !== '' && mayHaveTrailers && !found.hasLength) headers.push('trailer', found.trailer);
  return { headers, isEventStream: /^text\/event-stream\b/i.test(found.type) };
}

/** Trailers that may follow a body: none that would change how the message is read (RFC 9110, 6.5.1). */
export function forwardedTrailers(raw: readonly (Buffer | string)[]): [string, string][] {
  const trailers: [string, string][] = [];
  for (let at = 0; at < raw.length; at += 2) {
    const name = String(raw[at]);
    const lower = name.toLowerCase();
    if (!notToClients.has(lower) && !neverDroppedByName.has(lower))
      trailers.push([name, String(raw[at + 1])]);
  }
  return trailers;
}

/** The path and the authority, where a client sent the target in absolute form (RFC 9112, 3.2.2), too. */
function targetOf(request: IncomingMessage): { path: string; host: string } | null {
  const url = request.url ?? '';
  const host = request.headers.host ?? '';
  if (countOf(request.rawHeaders, 'host') > 1 || /[^\x21-\xff]/.test(url)) return null;
  if (url.startsWith('/')) return { path: url, host };
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) return null;
  const absolute = new URL(url);
  return { path: absolute.pathname + absolute.search, host: absolute.host };
}

function countOf(raw: readonly string[], wanted: string): number {
  let count = 0;
  for (let at = 0; at < raw.length; at += 2) if (raw[at]?.toLowerCase() === wanted) count += 1;
  return count;
}

function copy(
  raw: readonly string[],
  dropped: ReadonlySet<string>,
  named: ReadonlySet<string> | null,
  into: string[],
): void {
  for (let at = 0; at < raw.length; at += 2) {
    const name = raw[at] ?? '';
    const lower = name.toLowerCase();
    if (dropped.has(lower) || named?.has(lower) === true) continue;
    into.push(name, raw[at + 1] ?? '');
  }
}

function namedInConnection(connection: string | undefined): ReadonlySet<string> | null {
  if (connection === undefined || connection === '' || /^,?(keep-alive|close)$/i.test(connection))
    return null;
  const names = connection.split(',').map((name) => name.trim().toLowerCase());
  return new Set(names.filter((name) => !neverDroppedByName.has(name)));
}

function wantsTrailers(request: IncomingMessage): boolean {
  return /(?:^|,)\s*trailers\s*(?:,|$)/i.test(String(request.headers.te ?? ''));
}

function requestIdOf(given: string | string[] | undefined): string {
  return typeof given === 'string' && /^[\w.:+/=-]{1,128}$/.test(given) ? given : randomUUID();
}

function addressOf(remote: string | undefined): string {
  return (remote ?? '').replace(/^::ffff:/, '');
}

function addForwarded(headers: string[], host: string, client: string): void {
  const node = client.includes(':') ? `"[${client}]"` : client;
  const parts = node === '' ? ['for=unknown'] : [`for=${node}`];
  if (client !== '') headers.push('x-forwarded-for', client);
  headers.push('x-forwarded-proto', 'http');
  if (/^[\w.:[\]-]+$/.test(host)) {
    headers.push('x-forwarded-host', host);
    parts.push(`host="${host}"`);
  }
  headers.push('forwarded', [...parts, 'proto=http'].join(';'));
}
