import { hash } from 'node:crypto';
import type { Digest } from './ids.ts';

export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json | undefined };

/**
 * Canonical JSON (RFC 8785): keys in UTF-16 order, no spaces, numbers as ECMAScript writes them. Keys whose value
 * is undefined are left out. Two values that say the same give the same bytes, whoever wrote them.
 */
export function canonicalJson(value: Json): string {
  if (typeof value === 'number' && !Number.isFinite(value))
    throw new TypeError('canonical JSON has no NaN and no infinity');
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return isList(value) ? `[${listText(value)}]` : `{${membersText(value)}}`;
}

// Text that is added to piece by piece: the log of a large project is gone through by this, event by event.

function listText(list: readonly Json[]): string {
  let text = '';
  for (const one of list) text += (text === '' ? '' : ',') + canonicalJson(one);
  return text;
}

function membersText(value: { readonly [key: string]: Json | undefined }): string {
  let text = '';
  for (const key of Object.keys(value).toSorted()) {
    const member = value[key];
    if (member === undefined) continue;
    text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(member)}`;
  }
  return text;
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

/** SHA-256 of bytes or UTF-8 text, as `sha256:` and 64 hex digits. */
export const digestOf = (bytes: string | Uint8Array): Digest => `sha256:${hash('sha256', bytes)}` as Digest;

/** SHA-256 over the canonical JSON of a value. Takes any plain data: what JSON cannot hold is a TypeError. */
export const digestOfJson = (value: unknown): Digest => digestOf(canonicalJson(value as Json));
