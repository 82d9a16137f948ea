import { describe, expect, it } from 'vitest';
import { digestOf } from '../../domain/canonical.ts';
import { cursorAt, positionOf } from './log-cursor.ts';

const link = digestOf('link');
const cursor = cursorAt({ position: 42, link });

describe('a cursor of the log', () => {
  it('tells its position, and which log it is of', () => {
    expect(positionOf(cursor)).toBe(42);
    expect(cursorAt({ position: 42, link: digestOf('another') })).not.toBe(cursor);
    expect(cursorAt({ position: 43, link })).not.toBe(cursor);
  });

  it.each([
    ['nothing', null],
    ['something before it', `x${cursor}`],
    ['something after it', `${cursor}0`],
    ['more digits than a position has', `1234567890123456${cursor.slice(2)}`],
    ['a position alone', '42'],
  ])('is none of ours with %s', (_, text) => {
    expect(positionOf(text)).toBeNull();
  });
});
