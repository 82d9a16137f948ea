import { describe, expect, it } from 'vitest';
import { readYaml } from './yaml.ts';

/** Where the text is refused before it is read; null: it is read. */
function refusedAt(text: string): readonly string[] | null {
  const { data, problems, usable } = readYaml(text, 'rung.yaml');
  if (usable) return null;
  expect(data).toBeNull();
  return problems.map(({ place }) => `${place?.line}:${place?.column}`);
}

describe('nesting that would cost a parser its stack', () => {
  it.each([
    ['lists', '[', ']'],
    ['mappings', '{a: ', '}'],
  ])('is refused at the bracket that is too much, among %s', (_, open, close) => {
    const nested = (depth: number): string => `x: ${open.repeat(depth)}${close.repeat(depth)}`;
    expect(refusedAt(nested(32))).toBeNull();
    expect(refusedAt(nested(33))).toEqual([`1:${4 + 32 * open.length}`]);
  });

  it.each(['- ', '? '])('is refused at the mark that is too much: %j', (mark) => {
    expect(refusedAt(`${mark.repeat(32)}a`)).toBeNull();
    expect(refusedAt(`\n${mark.repeat(33)}a`)).toEqual(['2:65']);
  });

  it('is counted over all kinds of brackets, and over lines', () => {
    expect(refusedAt(`a: [\n${'{b: [ '.repeat(16)}`)).toEqual([`2:${1 + 15 * 6 + 4}`]);
    expect(refusedAt(`a: [b\nc: ${'['.repeat(32)}`)).toEqual(['2:35']);
  });

  it('is not what stands beside each other', () => {
    expect(refusedAt(`a: [${'[b], {c: d}, '.repeat(40)}]`)).toBeNull();
    for (const end of ['\n', '\r\n']) {
      expect(refusedAt(`- - a${end}`.repeat(40))).toBeNull();
    }
  });

  it('is not made good by brackets that close nothing', () => {
    expect(refusedAt(`]]]]]\n${'['.repeat(33)}`)).toEqual(['2:33']);
  });

  it('is nothing that a text says', () => {
    expect(refusedAt(`a: '${'['.repeat(40)}'\nb: |\n  ${'- '.repeat(40)}\n`)).toBeNull();
  });
});

describe('a character that no editor shows', () => {
  it.each([
    ['\u0000', '1:1'],
    ['a: \u0008', '1:4'],
    ['a: b\n\u007f', '2:1'],
    ['a: \u0084', '1:4'],
    ['a: \u0086', '1:4'],
    ['a: \uffff', '1:4'],
    ['\u202e', '1:1'],
    ['a: \u2069', '1:4'],
  ])('is refused where it stands: %j', (text, place) => {
    expect(refusedAt(text)).toEqual([place]);
  });

  it.each(['a:\tb', 'a: b\r\n', 'a: \u0085', 'a: \u00a0', 'a: 😀', 'a: \u200f'])(
    'is not one of %j',
    (text) => {
      expect(refusedAt(text)).toBeNull();
    },
  );

  it('is told once for each kind, and beside what is nested too deep', () => {
    expect(refusedAt(`a: \u202eb\u0001\u0001\u202e\nc: ${'['.repeat(33)}`)).toEqual(['1:6', '1:4', '2:36']);
  });
});
