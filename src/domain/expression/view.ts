/** How the language calls what it knows of itself. */
export const time = 'google.protobuf.Timestamp';

/** Characters of a text that a rule sees. */
export const mostCharacters = 256;

/** What a rule sees of one thing: its type in the language, and how it is come by. */
export interface Field<From> {
  readonly type: string;
  readonly read: (from: From) => unknown;
  /** Of a list or a map: a rule is promised that there are no more entries than this. */
  readonly most?: number;
}

/** A type of the language over a type of ours. */
export interface View<From> {
  readonly name: string;
  readonly ctor: new (of: From) => object;
  readonly fields: Readonly<Record<string, Field<From>>>;
}

/** A rule asked for a list with more entries than it was promised. A shorter list would be a lie, so nothing is cut. */
export class Overfull extends Error {
  readonly field: string;
  readonly most: number;
  constructor(field: string, most: number) {
    super(`there are more than ${most} \`${field}\``);
    this.field = field;
    this.most = most;
  }
}

/**
 * Values are made when a rule asks for them: what no rule mentions costs nothing. What has entries or fields of its own is made
 * once, so that it is the same however often it is asked for.
 */
export function view<From>(name: string, fields: Readonly<Record<string, Field<From>>>): View<From> {
  class Seen {
    readonly #of: From;
    #made: (object | null)[] | undefined;
    constructor(of: From) {
      this.#of = of;
    }
    static {
      for (const [index, [field, { read, most }]] of Object.entries(fields).entries())
        Object.defineProperty(this.prototype, field, {
          get(this: Seen) {
            const before = this.#made?.[index];
            if (before !== undefined) return before;
            const made = read(this.#of);
            if (typeof made !== 'object') return made;
            if (most !== undefined && sizeOf(made) > most) throw new Overfull(field, most);
            this.#made ??= [];
            this.#made[index] = made;
            return made;
          },
        });
    }
  }
  return { name, ctor: Seen, fields };
}

/** Of a list or a map. */
const sizeOf = (made: object | null): number =>
  Array.isArray(made) ? made.length : Object.keys(made ?? {}).length;

/** A whole number. */
export const int = <From>(read: (from: From) => number): Field<From> => ({
  type: 'int',
  read: (from) => BigInt(read(from)),
});

export const decimal = <From>(read: (from: From) => number): Field<From> => ({ type: 'double', read });

export const text = <From>(read: (from: From) => string): Field<From> => ({
  type: 'string',
  read: (from) => read(from).slice(0, mostCharacters),
});

export const moment = <From>(read: (from: From) => number): Field<From> => ({
  type: time,
  read: (from) => new Date(read(from)),
});

/** A thing with fields of its own. */
export const one = <From, Part>(of: View<Part>, read: (from: From) => Part): Field<From> => ({
  type: of.name,
  read: (from) => new of.ctor(read(from)),
});

export const texts = <From>(most: number, read: (from: From) => readonly string[]): Field<From> => ({
  type: 'list<string>',
  read: (from) => read(from).map((item) => item.slice(0, mostCharacters)),
  most,
});

export const list = <From, Part>(
  most: number,
  of: View<Part>,
  read: (from: From) => readonly Part[],
): Field<From> => ({
  type: `list<${of.name}>`,
  read: (from) => read(from).map((part) => new of.ctor(part)),
  most,
});

/** By name; the first of a name is the one that is seen. */
export const byName = <From, Part>(
  most: number,
  type: string,
  read: (from: From) => readonly Part[],
  nameOf: (part: Part) => string,
  see: (part: Part) => unknown,
): Field<From> => ({
  type: `map<string, ${type}>`,
  read: (from) => {
    // Measured: half of what a Map takes. The language looks at its own names alone, so that `constructor` is none.
    const named: Record<string, unknown> = {};
    for (const part of read(from).toReversed()) named[nameOf(part)] = see(part);
    return named;
  },
  most,
});
