import { isClean, names, parseFields } from './fields.ts';
import type { Field } from './fields.ts';
import { lengthSaid } from './framing.ts';
import type { Framing } from './framing.ts';

/** The head of an instance's answer. */
export interface AnswerHead {
  readonly status: number;
  readonly reason: string;
  readonly fields: readonly Field[];
  readonly connection: string;
  readonly body: Framing;
  readonly keepAlive: boolean;
  /** How long the instance says it keeps an idle connection; null where it does not say. */
  readonly keepsIdleMs: number | null;
  readonly isEventStream: boolean;
}

const line = /^HTTP\/1\.([01]) ([1-9]\d\d)(?: ([\t\x20-\x7e\x80-\xff]*))?\r\n/;

/** @param text the head up to and with its empty line. null where it is malformed, or could be read in two ways. */
export function parseAnswerHead(text: string, isToHead: boolean): AnswerHead | null {
  const match = line.exec(text);
  if (match === null || !isClean(text)) return null;
  const [start, minor, code, reason = ''] = match;
  const status = Number(code);
  const fields = parseFields(text.slice(0, -2), start.length);
  const said = fields === null ? 'two things' : lengthSaid(fields);
  if (fields === null || said === 'two things') return null;
  const { connection, keepAlive, type } = notable(fields);
  return {
    status,
    reason,
    fields,
    connection,
    body: isBodiless(status, isToHead) ? 0 : said === 'nothing' ? 'until close' : said,
    keepAlive: minor === '1' ? !names(connection, 'close') : names(connection, 'keep-alive'),
    keepsIdleMs: idleMsOf(keepAlive),
    isEventStream: /^text\/event-stream\b/i.test(type),
  };
}

/** Such an answer never has a body, whatever its fields say (RFC 9112, 6.3). */
export function isBodiless(status: number, isToHead: boolean): boolean {
  return isToHead || status < 200 || status === 204 || status === 304;
}

function notable(fields: readonly Field[]): { connection: string; keepAlive: string; type: string } {
  const found = { connection: '', keepAlive: '', type: '' };
  for (const { lower, value } of fields) {
    if (lower === 'connection') found.connection += found.connection === '' ? value : `,${value}`;
    else if (lower === 'keep-alive') found.keepAlive = value;
    else if (lower === 'content-type') found.type = value;
  }
  return found;
}

function idleMsOf(keepAlive: string): number | null {
  const seconds = /(?:^|[,\s])timeout=(\d{1,6})(?:$|[,\s;])/i.exec(keepAlive)?.[1];
  return seconds === undefined ? null : Number(seconds) * 1_000;
}
