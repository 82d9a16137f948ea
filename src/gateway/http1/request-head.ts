import { METHODS } from 'node:http';
import { isClean, names, parseFields } from './fields.ts';
import type { Field } from './fields.ts';
import { lengthSaid } from './framing.ts';

/** The head of a request that can be read in one way only. */
export interface RequestHead {
  readonly method: string;
  /** As it was sent: a path, or an absolute form. */
  readonly target: string;
  /** 0 for HTTP/1.0. */
  readonly minor: number;
  readonly host: string;
  readonly fields: readonly Field[];
  /** All `Connection` fields in one list. */
  readonly connection: string;
  readonly body: number | 'chunked';
  readonly keepAlive: boolean;
  readonly expect: 'nothing' | 'continue' | 'something else';
  /** The protocol it asks for instead; null where it asks for none, or for one it cannot have. */
  readonly upgrade: string | null;
}

const known = new Set(METHODS);
const line =
  /^([A-Z-]{3,16}) (\/[\x21-\x7e]*|[hH][tT]{2}[pP][sS]?:\/\/[\w.:[\]-]+(?:[/?][\x21-\x7e]*)?) HTTP\/1\.([01])\r\n/;

/** @param text the head up to and with its empty line. null where it is malformed, or could be read in two ways. */
export function parseRequestHead(text: string): RequestHead | null {
  const match = line.exec(text);
  const [start = '', method = '', target = '', version = ''] = match ?? [];
  if (match === null || !known.has(method) || !isClean(text)) return null;
  const fields = parseFields(text.slice(0, -2), start.length);
  return fields === null ? null : headOf(method, target, Number(version), fields);
}

function headOf(method: string, target: string, minor: number, fields: readonly Field[]): RequestHead | null {
  const said = lengthSaid(fields);
  if (said === 'two things' || (said === 'chunked' && minor === 0)) return null;
  const { connection, expect, hosts, host, upgrade } = notable(fields);
  if (hosts > 1 || (hosts === 0 && minor === 1)) return null;
  const body = said === 'nothing' ? 0 : said;
  const upgrades = minor === 1 && body === 0 && mayUpgrade(upgrade) && names(connection, 'upgrade');
  return {
    method,
    target,
    minor,
    host,
    fields,
    connection,
    body,
    keepAlive: minor === 1 ? !names(connection, 'close') : names(connection, 'keep-alive'),
    expect: minor === 0 ? 'nothing' : expectation(expect),
    upgrade: upgrades ? upgrade : null,
  };
}

/** What else the gateway has to know, found in one walk. */
function notable(fields: readonly Field[]): {
  connection: string;
  expect: string;
  hosts: number;
  host: string;
  upgrade: string;
} {
  const found = { connection: '', expect: '', hosts: 0, host: '', upgrade: '' };
  for (const { lower, value } of fields) {
    if (lower === 'connection') found.connection += found.connection === '' ? value : `,${value}`;
    else if (lower === 'expect') found.expect += value;
    else if (lower === 'upgrade') found.upgrade += found.upgrade === '' ? value : `, ${value}`;
    else if (lower === 'host') {
      found.hosts += 1;
      found.host = value;
    }
  }
  return found;
}

function expectation(value: string): RequestHead['expect'] {
  if (value === '') return 'nothing';
  return value.toLowerCase() === '100-continue' ? 'continue' : 'something else';
}

/** HTTP/2 is not spoken here: an offer of it is passed over, and the request goes on as the HTTP/1.1 that it is. */
function mayUpgrade(protocol: string): boolean {
  return protocol !== '' && !/\bh2c?\b/i.test(protocol);
}
