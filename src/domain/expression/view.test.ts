import { describe, expect, it } from 'vitest';
import { byName, decimal, int, list, moment, one, Overfull, text, texts, view } from './view.ts';

interface Thing {
  readonly count: number;
  readonly words: string;
  readonly parts: readonly string[];
}

const part = view<string>('Part', { name: text((name) => name) });
const thing = view<Thing>('Thing', {
  count: int(({ count }) => count),
  share: decimal(({ count }) => count / 2),
  since: moment(({ count }) => count),
  words: text(({ words }) => words),
  names: texts(2, ({ parts }) => parts),
  parts: list(2, part, ({ parts }) => parts),
  first: one(part, ({ parts }) => parts[0] ?? ''),
  named: byName(
    2,
    'int',
    ({ parts }) => parts,
    (name) => name,
    (name) => name.length,
  ),
});
const seen = (other: Partial<Thing> = {}) =>
  new thing.ctor({ count: 3, words: 'ab', parts: ['a', 'b'], ...other }) as Readonly<Record<string, unknown>>;

describe('what a rule sees of a thing', () => {
  it('has the type that the language is told of', () => {
    expect(Object.entries(thing.fields).map(([name, { type }]) => [name, type])).toEqual([
      ['count', 'int'],
      ['share', 'double'],
      ['since', 'google.protobuf.Timestamp'],
      ['words', 'string'],
      ['names', 'list<string>'],
      ['parts', 'list<Part>'],
      ['first', 'Part'],
      ['named', 'map<string, int>'],
    ]);
    const { count, share, since, words, names, named } = seen();
    expect([count, share, since, words]).toEqual([3n, 1.5, new Date(3), 'ab']);
    expect([names, named]).toEqual([['a', 'b'], { a: 1, b: 1 }]);
  });

  it('is made once where it has entries or fields of its own, and is the same for good', () => {
    const it = seen();
    for (const field of ['since', 'names', 'parts', 'first', 'named']) expect(it[field]).toBe(it[field]);
    expect(it['names']).not.toBe(it['parts']);
    expect(seen()['named']).not.toBe(it['named']);
  });

  it('is 256 characters of a text', () => {
    const long = 'x'.repeat(300);
    const it = seen({ words: long, parts: [long] });
    expect([it['words'], it['names']]).toEqual(['x'.repeat(256), ['x'.repeat(256)]]);
  });

  it.each(['names', 'parts', 'named'])('is never less than there is: too many %s are no answer', (field) => {
    expect(Object.keys(seen({ parts: ['a', 'b'] })[field] ?? {})).toHaveLength(2);
    const asked = (): unknown => seen({ parts: ['a', 'b', 'c'] })[field];
    expect(asked).toThrow(Overfull);
    expect(asked).toThrow(expect.objectContaining({ field, most: 2 }));
  });

  it('is the first of a name', () => {
    const firsts = view<readonly (readonly [string, number])[]>('Firsts', {
      all: byName(
        9,
        'int',
        (pairs) => pairs,
        ([name]) => name,
        ([, value]) => value,
      ),
    });
    const { all } = new firsts.ctor([
      ['a', 1],
      ['b', 2],
      ['a', 3],
    ]) as Readonly<Record<string, unknown>>;
    expect(all).toEqual({ a: 1, b: 2 });
  });
});
