import type { Spot } from './spot.ts';

/** What is wanted of a JSON document; the rest is passed over, and only checked for being JSON. */
export type JsonShape = 'value' | JsonKeys | JsonEach;

/** An object of which these keys are kept. */
export interface JsonKeys {
  readonly keys: Readonly<Record<string, JsonShape>>;
}

/** A list. Without `take` its entries are kept. */
export interface JsonEach {
  readonly each: JsonShape;
  /** Keep only so many of the first entries; without it, too many entries stop the reading. */
  readonly first?: number;
  /** Is given each entry, which is then forgotten. */
  readonly take?: (entry: JsonValue, where: JsonPlace) => void;
}

/** What is kept: text cut to 2,000 characters, numbers that are finite; objects without a prototype. */
export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject;
export interface JsonObject {
  [key: string]: JsonValue;
}

export interface JsonPlace {
  readonly path: readonly (string | number)[];
  /** Where the entry ends; takes its time, and knows only while the entry is given. */
  readonly spot: () => Spot;
}

/** RFC 6901. */
export const pointerOf = (path: readonly (string | number)[]): string =>
  path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/** What is at the end of the keys, where there is such a thing. */
export function jsonAt(value: JsonValue | undefined, ...keys: string[]): JsonValue | undefined {
  let at = value;
  for (const key of keys) at = isJsonObject(at) ? at[key] : undefined;
  return at;
}

export function textAt(value: JsonValue | undefined, ...keys: string[]): string | null {
  const found = jsonAt(value, ...keys);
  return typeof found === 'string' ? found : null;
}

export function numberAt(value: JsonValue | undefined, ...keys: string[]): number | null {
  const found = jsonAt(value, ...keys);
  return typeof found === 'number' ? found : null;
}

export function listAt(value: JsonValue | undefined, ...keys: string[]): readonly JsonValue[] {
  const found = jsonAt(value, ...keys);
  return Array.isArray(found) ? found : [];
}

const isJsonObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
