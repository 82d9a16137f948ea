import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, digestOf, digestOfJson, type Json } from './canonical.ts';

describe('canonical JSON (RFC 8785)', () => {
  it.each<[string, Json, string]>([
    [
      'keys in the order of their code units',
      { b: 1, a: 2, é: 3, '€': 4, '': 5, B: 6 },
      '{"":5,"B":6,"a":2,"b":1,"é":3,"€":4}',
    ],
    ['keys without a value left out', { a: undefined, b: null, c: undefined, d: [] }, '{"b":null,"d":[]}'],
    [
      'lists in their order, without spaces',
      [3, [], [1, 'two', { z: true, a: false }]],
      '[3,[],[1,"two",{"a":false,"z":true}]]',
    ],
    ['numbers as ECMAScript writes them', [1e21, 0.000001, -0, 1.0], '[1e+21,0.000001,0,1]'],
    ['texts with what has to be escaped', 'a"\\\n\u0007', '"a\\"\\\\\\n\\u0007"'],
    ['nothing', null, 'null'],
    ['an empty object', {}, '{}'],
  ])('has %s', (_, value, text) => {
    expect(canonicalJson(value)).toBe(text);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])('has no %d', (number) => {
    expect(() => canonicalJson([number])).toThrow(TypeError);
    expect(() => digestOfJson({ number })).toThrow(TypeError);
  });

  it('says the same as was put in', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonicalJson(value as Json))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('gives the same digest to the same, whoever wrote it', () => {
    expect(digestOfJson({ a: 1, b: [2] })).toBe(digestOfJson({ b: [2], a: 1 }));
    expect(digestOfJson('')).toBe(digestOf('""'));
    expect(digestOf('abc')).toBe('sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(digestOf(Buffer.from('abc'))).toBe(digestOf('abc'));
  });
});
