import { describe, expect, it } from 'vitest';
import { readYaml, type ReadYaml } from './yaml.ts';

const read = (text: string): ReadYaml => readYaml(text, 'rung.yaml');

/** `line:column pointer`, of everything that is refused. */
const refused = (text: string): readonly string[] =>
  read(text).problems.map(({ place, pointer }) => `${place?.line}:${place?.column} ${pointer ?? '-'}`);

describe('YAML', () => {
  it.each([
    ['', null],
    ['# a comment', null],
    ['a', 'a'],
    ['? a', { a: null }],
    ['{a, b: }', { a: null, b: null }],
    ['a: yes\nb: 0o17\nc: 017\nd: 2020-01-01\ne: true', { a: 'yes', b: 15, c: 17, d: '2020-01-01', e: true }],
    ['1.0: a\n0x10: b\ntrue: c\n"q": d\n: e', { '1.0': 'a', '0x10': 'b', true: 'c', q: 'd', '': 'e' }],
    ['<<: { a: 1 }', { '<<': { a: 1 } }],
    ['%YAML 1.1\n---\na: no', { a: 'no' }],
    ['a: &x [1]\nb: *x', { a: [1], b: [1] }],
  ])('is read as data and nothing else: %j', (text, data) => {
    expect(read(text)).toMatchObject({ data, problems: [], usable: true });
  });

  it.each([
    ['a: 1\nb: 2\na: 3\nb: 4', ['3:1 -', '4:1 -']],
    ['\n\na: 1\na: 2', ['4:1 -']],
    ['a: {b: 1, b: 2, b: 3}', ['1:11 -']],
    ['a: 1\n---\nb: 2', ['2:1 -']],
  ])('is refused, and read all the same: %j', (text, places) => {
    expect(refused(text)).toEqual(places);
    expect(read(text).usable).toBe(true);
  });

  it.each([
    ['a: 1\n\tb: 2\n\tc: 3', ['2:1 -', '3:1 -']],
    ['a: b: c', ['1:4 -']],
    ['a: "x', ['1:6 -']],
    ['a: "\\q"', ['1:5 -']],
    ['a: @x\nb: @y', ['1:4 -', '2:4 -']],
    ['a: &x &y b', ['1:7 -']],
    ['["a"\n:b]', ['1:5 -']],
  ])('is broken, and not looked at further: %j', (text, places) => {
    expect(refused(text)).toEqual(places);
    expect(read(text).usable).toBe(false);
  });

  it('is told on one line, with what to write where that is known', () => {
    const [tab] = read('a: 1\n\tb: 2').problems;
    expect(tab?.instead).toBe('spaces');
    const [escape] = read('a: 1\nb: "\\q"').problems;
    expect(escape?.message).toContain('escape');
    expect(escape?.message).not.toContain('\n');
    expect(escape?.place?.file).toBe('rung.yaml');
  });
});

describe('what YAML can do and a file of ours may not', () => {
  it.each([
    ['a: !!int 5', '1:10 /a'],
    ['- !mine b', '1:9 /0'],
    ['!!map {a: 1}', '1:7 '],
    ['a: *b', '1:4 /a'],
    ['x: [.inf]', '1:5 /x/0'],
    ['a: -.inf', '1:4 /a'],
    ['a: 1e999', '1:4 /a'],
    ['b: {prototype: 1}', '1:5 /b'],
    ['b: {constructor: 1}', '1:5 /b'],
    ['"__proto__": 1', '1:1 '],
    ['? [a]\n: b', '1:3 '],
  ])('is refused where it stands: %j', (text, problem) => {
    expect(refused(text)).toEqual([problem]);
    expect(read(text).usable).toBe(true);
  });

  it('is told with what to write instead', () => {
    expect(read('a: !!int 5').problems[0]?.instead).toBe('the value alone');
    expect(read('a: *b').problems[0]).not.toHaveProperty('instead');
  });

  it('is shown as it is written, and the usual tags in short', () => {
    expect(read('a: !!int 5').problems[0]?.message).toContain(' !!int ');
    expect(read('!<x:tag:yaml.org,2002:b> c').problems[0]?.message).toContain(' x:tag:yaml.org,2002:b ');
  });

  it('is more than 20000 values, which is told once', () => {
    expect(refused(`[${'1,'.repeat(19_999)}]`)).toEqual([]);
    expect(refused(`[${'1,'.repeat(20_000)}]`)).toEqual([`1:${2 + 2 * 19_999} /19999`]);
    expect(refused(`[${'1,'.repeat(20_010)}]`)).toHaveLength(1);
    const [problem] = read(`[${'1,'.repeat(20_001)}]`).problems;
    expect(problem?.instead).toContain('aliases');
  });

  it('is more values than that once its aliases are put in', () => {
    const list = `&x [${'1,'.repeat(999)}]`;
    expect(refused(`[${list}, ${'*x,'.repeat(15)}]`)).toEqual([]);
    expect(refused(`[${list}, ${'*x,'.repeat(25)}]`)).toHaveLength(1);
  });

  it('is more than 100 aliases, which is told once', () => {
    expect(refused(`[&x 1, ${'*x,'.repeat(100)}]`)).toEqual([]);
    expect(refused(`[&x 1, ${'*x,'.repeat(101)}]`)).toEqual([`1:${8 + 3 * 100} /101`]);
    expect(refused(`[&x 1, ${'*x,'.repeat(110)}]`)).toHaveLength(1);
  });

  it('is nested more than 32 deep', () => {
    const nested = (depth: number): string =>
      Array.from({ length: depth }, (_, level) => `${' '.repeat(level)}a:\n`).join('');
    expect(refused(nested(32))).toEqual([]);
    const [problem] = refused(nested(33));
    expect(problem?.endsWith('/a'.repeat(33))).toBe(true);
    expect(refused('&a [*a]')).toHaveLength(1);
  });
});

describe('the place of a value', () => {
  const text = `a/b~c:\n  d: "one two"\ne: &x { f: three }\ng: *x\n? h\ni: &y "four"\nj: *y\n`;
  const placeOf = (pointer: string, on: 'key' | 'value', offset?: number): string => {
    const at = offset === undefined ? {} : { offset };
    const { place } = read(text).places.problem({ pointer, on, message: 'wrong', ...at });
    return `${place?.line}:${place?.column}`;
  };

  it.each([
    ['', 'value', '1:1'],
    ['/a~1b~0c', 'key', '1:1'],
    ['/a~1b~0c/d', 'key', '2:3'],
    ['/a~1b~0c/d', 'value', '2:6'],
    ['/e/f', 'key', '3:9'],
    ['/e/f', 'value', '3:12'],
    ['/h', 'value', '5:3'],
    ['/h', 'key', '5:3'],
  ] as const)('is that of its key or of itself: %s on its %s', (pointer, on, place) => {
    expect(placeOf(pointer, on)).toBe(place);
  });

  it.each([
    ['/g', 'key', '4:1'],
    ['/g', 'value', '4:4'],
    ['/g/f', 'key', '4:4'],
    ['/g/f', 'value', '4:4'],
  ] as const)('is that of its alias, where it has one: %s on its %s', (pointer, on, place) => {
    expect(placeOf(pointer, on)).toBe(place);
  });

  it.each([
    ['/a~1b~0c/none', '1:1'],
    ['/a~1b~0c/d/none/none', '2:3'],
    ['/none', '1:1'],
    ['/e/none', '3:1'],
  ])('that is not there is that of what it would be in: %s', (pointer, place) => {
    expect(placeOf(pointer, 'value')).toBe(place);
  });

  it('is within its text where that is known, and not within what an alias names', () => {
    expect(placeOf('/a~1b~0c/d', 'value', 4)).toBe('2:11');
    expect(placeOf('/i', 'value', 2)).toBe('6:10');
    expect(placeOf('/j', 'value', 2)).toBe('7:4');
    expect(placeOf('/a~1b~0c', 'value', 2)).toBe('2:3');
  });

  it('is nowhere in a file with nothing in it', () => {
    const problem = read('').places.problem({ pointer: '/a', on: 'key', message: 'wrong', instead: 'right' });
    expect(problem).toStrictEqual({ message: 'wrong', pointer: '/a', instead: 'right' });
  });
});
