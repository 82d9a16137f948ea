import { expect, it } from 'vitest';
import { isDeeperThan } from './json-depth.ts';

it.each([
  ['[[1]]', false],
  ['[[[1]]]', true],
  ['{"a":[{"b":1}]}', true],
  ['[[],[],[{}]]', true],
  ['[[],[],[1]]', false],
  // Brackets in texts are none, and a quote behind a backslash ends no text.
  ['["[[[[{{{{"]', false],
  ['["\\"[[[[\\\\"]', false],
  ['["\\\\",[[1]]]', true],
])('knows how deep %s is', (json, deep) => {
  expect(isDeeperThan(json, 2)).toBe(deep);
});
