import { expect, it } from 'vitest';
import { LineBuffer } from './line-buffer.ts';

const textOf = (lines: LineBuffer): string => Buffer.from(lines.empty()).toString('utf8');

it('holds lines up to its size in bytes, and is filled again once it is emptied', () => {
  const lines = new LineBuffer(8);
  expect([lines.add('abc'), lines.add('é1'), lines.add('x')]).toEqual([true, true, false]);
  expect(textOf(lines)).toBe('abc\né1\n');
  expect(lines.isEmpty).toBe(true);
  expect(lines.add('x')).toBe(true);
  expect(textOf(lines)).toBe('x\n');
});

it('holds one line that is longer than it is, and nothing beside it', () => {
  const lines = new LineBuffer(4);
  expect([lines.add('longer than four'), lines.add('y')]).toEqual([true, false]);
  expect(textOf(lines)).toBe('longer than four\n');
});
