import { randomUUID } from 'node:crypto';
import type { AnswerHead } from './http1/answer-head.ts';
import { names } from './http1/fields.ts';
import type { Field } from './http1/fields.ts';
import type { RequestHead } from './http1/request-head.ts';

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
  /** The head as it is sent, with its empty line. */
  readonly text: string;
  readonly requestId: string;
}

/** null where the request cannot be passed on: its target is no path. */
export function forwardedRequest(head: RequestHead, client: string): Forwarded | null {
  const target = targetOf(head);
  if (target === null) return null;
  const requestId = requestIdOf(head.fields);
  const text = [
    `${head.method} ${target.path} HTTP/1.1\r\nhost: ${target.host}\r\n`,
    passing(head.fields, notToInstances, head.connection),
    hopToInstance(head),
    `x-request-id: ${requestId}\r\nvia: 1.1 rung\r\n`,
    forwardedFor(target.host, client),
    '\r\n',
  ].join('');
  return { text, requestId };
}

/** How an answer goes on to this client. */
export interface AnswerWay {
  readonly requestId: string;
  readonly isChunked: boolean;
  /** What it is told about its connection. */
  readonly connection: string;
  /** As a `Date` field has it, for an answer without one (RFC 9110, 6.6.1). */
  readonly date: string;
}

/** The head as it is sent, with its empty line. `requestId` is added where the instance sent none. */
export function forwardedAnswer(head: AnswerHead, way: AnswerWay): string {
  let text = `HTTP/1.1 ${head.status} ${head.reason}\r\n`;
  text += passing(head.fields, notToClients, head.connection);
  if (!has(head.fields, 'x-request-id')) text += `x-request-id: ${way.requestId}\r\n`;
  if (!has(head.fields, 'date')) text += `date: ${way.date}\r\n`;
  if (way.isChunked) text += `${announced(head.fields)}transfer-encoding: chunked\r\n`;
  return `${text}${way.connection}\r\n`;
}

/** Interim answers pass with what hints at the final one, and nothing else. */
export function forwardedHints(head: AnswerHead): string {
  const hints = head.fields.filter(({ lower }) => lower === 'link' || lower.startsWith('x-'));
  return `HTTP/1.1 ${head.status} ${head.reason}\r\n${hints.map(lineOf).join('')}\r\n`;
}

/** Trailers that may follow a body: none that would change how the message is read (RFC 9110, 6.5.1). */
export function forwardedTrailers(trailers: readonly Field[]): string {
  return trailers
    .filter(({ lower }) => !notToClients.has(lower) && !neverDroppedByName.has(lower))
    .map(lineOf)
    .join('');
}

const lineOf = ({ name, value }: Field): string => `${name}: ${value}\r\n`;

function passing(fields: readonly Field[], dropped: ReadonlySet<string>, connection: string): string {
  const named = namedIn(connection);
  let text = '';
  for (const { lower, name, value } of fields) {
    if (!dropped.has(lower) && named?.has(lower) !== true) text += `${name}: ${value}\r\n`;
  }
  return text;
}

function namedIn(connection: string): ReadonlySet<string> | null {
  if (connection === '' || /^(?:keep-alive|close)$/i.test(connection)) return null;
  const listed = connection.split(',').map((name) => name.trim().toLowerCase());
  return new Set(listed.filter((name) => !neverDroppedByName.has(name)));
}

function has(fields: readonly Field[], wanted: string): boolean {
  return fields.some(({ lower }) => lower === wanted);
}

function valueOf(fields: readonly Field[], wanted: string): string {
  return fields.find(({ lower }) => lower === wanted)?.value ?? '';
}

/** What is said to the instance alone, about this one connection. */
function hopToInstance(head: RequestHead): string {
  let text = '';
  if (head.body === 'chunked') text += 'transfer-encoding: chunked\r\n';
  if (head.expect === 'continue') text += 'expect: 100-continue\r\n';
  if (head.upgrade !== null) text += `connection: upgrade\r\nupgrade: ${head.upgrade}\r\n`;
  if (names(valueOf(head.fields, 'te'), 'trailers')) text += 'te: trailers\r\n';
  return text;
}

function announced(fields: readonly Field[]): string {
  const trailer = valueOf(fields, 'trailer');
  return trailer === '' ? '' : `trailer: ${trailer}\r\n`;
}

/** The path and the authority, where a client sent the target in absolute form (RFC 9112, 3.2.2), too. */
function targetOf({ target, host }: RequestHead): { path: string; host: string } | null {
  if (target.startsWith('/')) return { path: target, host };
  if (!/^https?:\/\//i.test(target) || !URL.canParse(target)) return null;
  const absolute = new URL(target);
  return { path: absolute.pathname + absolute.search, host: absolute.host };
}

function requestIdOf(fields: readonly Field[]): string {
  const given = valueOf(fields, 'x-request-id');
  return /^[\w.:+/=-]{1,128}$/.test(given) ? given : randomUUID();
}

function forwardedFor(host: string, client: string): string {
  const node = client.includes(':') ? `"[${client}]"` : client;
  const from = client === '' ? '' : `x-forwarded-for: ${client}\r\n`;
  const who = client === '' ? 'for=unknown' : `for=${node}`;
  if (!/^[\w.:[\]-]+$/.test(host)) {
    return `${from}x-forwarded-proto: http\r\nforwarded: ${who};proto=http\r\n`;
  }
  return `${from}x-forwarded-proto: http\r\nx-forwarded-host: ${host}\r\nforwarded: ${who};host="${host}";proto=http\r\n`;
}
