import { describe, expect, it } from 'vitest';
import { fromField, inField } from './moment-field.ts';

const at = Date.UTC(2026, 10, 25, 22, 0);

describe('the field of a moment', () => {
  it('gives back the moment it was filled with, in either zone', () => {
    expect(inField(at, 'utc')).toBe('2026-11-25T22:00');
    expect(fromField(inField(at, 'utc'), 'utc')).toBe(at);
    expect(fromField(inField(at, 'local'), 'local')).toBe(at);
  });

  it('knows of no moment where none was typed', () => {
    expect(fromField('', 'local')).toBeNull();
    expect(fromField('', 'utc')).toBeNull();
  });
});
