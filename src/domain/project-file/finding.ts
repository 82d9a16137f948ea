import { nearestName } from './nearest.ts';

/** Something wrong at one place of the data, before it is known in which line that stands. */
export interface Finding {
  /** JSON pointer (RFC 6901). */
  readonly pointer: string;
  /** Whether the key or the value is what is wrong. */
  readonly on: 'key' | 'value';
  /** At which character of a text's value it is wrong; absent: where the value begins. */
  readonly offset?: number;
  readonly message: string;
  readonly instead?: string;
}

export const pointerTo = (...parts: readonly (string | number)[]): string =>
  parts.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/** Names a thing that is not there, the one that was probably meant, or all there are. */
export function unknownName(
  what: string,
  written: string,
  known: readonly string[],
): Omit<Finding, 'pointer' | 'on'> {
  const near = nearestName(written, known);
  const message = `There is no ${what} "${shown(written)}".`;
  if (near !== null) return { message: `${message} Did you mean "${near}"?`, instead: near };
  return known.length === 0 ? { message } : { message, instead: `one of ${shortList(known)}` };
}

/** What a person wrote, short enough and safe to print. */
export const shown = (written: string): string =>
  written.length > 60 ? `${written.slice(0, 57)}...` : written;

const shortList = (names: readonly string[]): string =>
  names.length > 12 ? `${names.slice(0, 12).join(', ')} and ${names.length - 12} more` : names.join(', ');

/** Readers for data that may not have the right shape yet: what is not there reads as empty. */
export const recordOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
export const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
export const numberOf = (value: unknown): number | undefined =>
  typeof value === 'number' ? value : undefined;
