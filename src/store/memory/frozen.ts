/** How the store takes in what it is to keep. */
export type Keep = <T>(value: T) => T;

/** What `frozen` went through already. */
const seen = new WeakSet<object>();

/**
 * The data as JSON would hold it, frozen all through: nobody who gave it or is given it can change what is in the store.
 * It is frozen where it is, not copied, and what came out of the store is not gone through again: most of a record stays
 * the same from put to put. Only where something is no JSON is there a copy without it.
 */
export const frozen = <T>(value: T): T => frozenData(value) as T;

function frozenData(value: unknown): unknown {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'object' || value === null || seen.has(value)) return value;
  const mine: object = isJson(value) ? value : jsonOf(value);
  Object.freeze(mine);
  seen.add(mine);
  return mine;
}

/** Freezes the members on the way. */
function isJson(value: object): boolean {
  for (const key in value) {
    const member: unknown = value[key as keyof typeof value];
    if (member === undefined || frozenData(member) !== member) return false;
  }
  return true;
}

const jsonOf = (value: object): object =>
  Array.isArray(value)
    ? value.map((item: unknown) => (item === undefined ? null : frozenData(item)))
    : Object.fromEntries(
        Object.entries(value).flatMap(([key, member]) =>
          member === undefined ? [] : [[key, frozenData(member)]],
        ),
      );
