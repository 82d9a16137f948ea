import { describe, expect, it } from 'vitest';
import { rawOffset } from './written-text.ts';

describe('a character of a text, in the file that it is written in', () => {
  it.each([
    ['PLAIN', 'abc', 'abc', [0, 1, 2, 3]],
    ['PLAIN', 'a b', 'a\n    b', [0, 6, 6, 7]],
    ['PLAIN', "it''s", "it''s", [0, 1, 2, 3, 4, 5]],
    ['PLAIN', 'a\\tb', 'a\\tb', [0, 1, 2, 3, 4]],
    ['PLAIN', 'a\\x41', 'a\\x41', [0, 1, 2, 3, 4, 5]],
    ['QUOTE_SINGLE', "it's", "'it''s'", [1, 2, 3, 5, 6]],
    ['QUOTE_SINGLE', 'a\\nb', "'a\\nb'", [1, 2, 3, 4, 5]],
    ['QUOTE_DOUBLE', "it''s", `"it''s"`, [1, 2, 3, 4, 5, 6]],
    ['QUOTE_DOUBLE', 'a"b', '"a\\"b"', [1, 2, 4, 5]],
    ['QUOTE_DOUBLE', 'a😀b', '"a\\U0001F600b"', [1, 2, 2, 12]],
    ['QUOTE_DOUBLE', 'aAb', '"a\\x41b"', [1, 2, 6, 7]],
    ['QUOTE_DOUBLE', 'aAb', '"a\\u0041b"', [1, 2, 8, 9]],
    ['QUOTE_DOUBLE', 'aAb', '"a\\U00000041b"', [1, 2, 12, 13]],
    ['QUOTE_DOUBLE', 'a\tb', '"a\\tb"', [1, 4, 4, 5]],
    ['QUOTE_DOUBLE', 'a\u2028b', '"a\\Lb"', [1, 4, 4, 5]],
    ['QUOTE_DOUBLE', 'ab', '"a\\\n   b"', [1, 7, 8]],
    ['QUOTE_DOUBLE', 'a b', '"a\\x20b"', [1, 6, 6, 7]],
    ['QUOTE_DOUBLE', 'a\u00a0b ', '"a\\u00A0b\\_"', [1, 8, 8, 9, 9]],
    ['QUOTE_DOUBLE', 'a\u0085b', '"a\\Nb"', [1, 2, 4, 5]],
    ['QUOTE_DOUBLE', 'x20', '"x20"', [1, 2, 3, 4]],
    ['QUOTE_DOUBLE', 'tn', '"tn"', [1, 2, 3]],
    ['QUOTE_DOUBLE', 'a\\b', '"a\\\\b"', [1, 2, 4, 5]],
    ['QUOTE_DOUBLE', 'a\\ b', '"a\\\\ b"', [1, 2, 5, 5, 6]],
    ['BLOCK_LITERAL', 'a\nb\n', '|\n  a\n  b\n', [4, 8, 8, 9, 9]],
    ['BLOCK_FOLDED', 'a b\n', '>-  # b\n  a\n  b\n', [10, 14, 14, 15]],
    ['PLAIN', '', '', [0]],
    ['QUOTE_DOUBLE', '', '""', [0]],
  ] as const)('is found where it is written %s: %j as %j', (style, value, raw, offsets) => {
    const found = offsets.map((_, offset) => rawOffset({ value, from: 100, raw, style }, offset) - 100);
    expect(found).toEqual(offsets);
  });
});
