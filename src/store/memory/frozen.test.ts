import { describe, expect, it } from 'vitest';
import { frozen } from './frozen.ts';

describe('what the memory store keeps', () => {
  it('is what JSON would have kept', () => {
    const given = { a: undefined, b: Number.NaN, c: [undefined, Infinity, 'x'], d: { e: null, f: false } };
    const json: unknown = JSON.parse(JSON.stringify(given));
    expect(frozen(given)).toEqual(json);
    expect(Object.keys(frozen(given))).toEqual(['b', 'c', 'd']);
  });

  it('holds a key called __proto__ as a key, as JSON does', () => {
    const given: unknown = JSON.parse('{ "__proto__": { "a": 1, "b": null }, "c": [] }');
    expect(JSON.stringify(frozen(given))).toBe('{"__proto__":{"a":1,"b":null},"c":[]}');
    expect(JSON.stringify(frozen({ ...(given as object), d: undefined }))).toContain('"__proto__"');
  });

  it('can be changed by nobody', () => {
    const given = { inside: { list: [1] } };
    const held = frozen(given);
    expect(() => given.inside.list.push(2)).toThrow(TypeError);
    expect(() => held.inside.list.push(3)).toThrow(TypeError);
    expect(held).toEqual({ inside: { list: [1] } });
  });
});
