import type { Field } from './fields.ts';

/** Where a body ends: so many bytes, with the last chunk, or with the connection. 0 is no body. */
export type Framing = number | 'chunked' | 'until close';

/** What the fields say of a body's length, before who sent it is considered. */
export type Said = number | 'chunked' | 'nothing' | 'two things';

/**
 * One way to read it or none: a length said twice, beside chunks, or in other than digits, or any coding but `chunked`
 * alone is refused, because the next reader may read it otherwise (RFC 9112, 6.3 and 11.2).
 */
export function lengthSaid(fields: readonly Field[]): Said {
  let said: Said = 'nothing';
  for (const { lower, value } of fields) {
    if (lower !== 'content-length' && lower !== 'transfer-encoding') continue;
    if (said !== 'nothing') return 'two things';
    said = lower === 'content-length' ? bytesOf(value) : codingOf(value);
  }
  return said;
}

function bytesOf(value: string): Said {
  return /^\d{1,15}$/.test(value) ? Number(value) : 'two things';
}

function codingOf(value: string): Said {
  return value.toLowerCase() === 'chunked' ? 'chunked' : 'two things';
}
