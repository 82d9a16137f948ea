import { describe, expect, it } from 'vitest';
import { isFailure } from '../../domain/failure.ts';
import { decodeFile, longestFileBytes } from './decode.ts';

const form = { code: 'plan', usual: 'Look again.', begin: 'Write one.' };

/** Its code, and what it says. */
function refused(bytes: Uint8Array | readonly number[]): readonly [string, string] {
  try {
    decodeFile(Uint8Array.from(bytes), 'plan.yaml', form);
  } catch (thrown) {
    if (isFailure(thrown)) return [thrown.code, thrown.message];
    throw thrown;
  }
  throw new Error('this was accepted');
}

const decoded = (bytes: readonly number[]): string => decodeFile(Uint8Array.from(bytes), 'plan.yaml', form);
const text = (written: string): readonly number[] => [...Buffer.from(written)];

describe('the bytes of a file', () => {
  it('are its text, without a byte order mark', () => {
    expect(decoded([0xef, 0xbb, 0xbf, ...text('ä')])).toBe('ä');
    expect(decoded(text('a\uFFFDb'))).toBe('a\uFFFDb');
  });

  it.each([
    ['two bytes', [0x61, 0]],
    ['three bytes', [0x61, 0, 0x62]],
    ['three bytes', [0, 0x61, 0]],
    ['a zero alone', [0x61, 0x62, 0x63, 0]],
    ['zeros together', [0x61, 0, 0, 0]],
    ['zeros in the middle', [0x61, 0, 0, 0x62]],
    ['zeros around', [0, 0x61, 0x62, 0]],
    ['a zero before', [0, 0x61, 0x62, 0x63]],
    ['a zero before and zeros after', [0, 0x61, 0, 0]],
    ['a zero among others', [0x61, 0, 0x62, 0x63]],
  ])('are taken for UTF-8 with %s', (_, bytes) => {
    expect(decoded(bytes)).toHaveLength(bytes.length);
  });

  it.each([
    ['UTF-16 (little-endian)', [0xff, 0xfe]],
    ['UTF-16 (little-endian)', [0xff, 0xfe, 0x61, 0]],
    ['UTF-16 (little-endian)', [0xff, 0xfe, 0, 0x01]],
    ['UTF-16 (big-endian)', [0xfe, 0xff, 0, 0x61]],
    ['UTF-32', [0xff, 0xfe, 0, 0, 0x61, 0, 0, 0]],
    ['UTF-32', [0, 0, 0xfe, 0xff]],
    ['UTF-32', [0, 0, 0, 0x61]],
    ['UTF-16 (little-endian)', [0x61, 0, 0x62, 0]],
    ['UTF-16 (little-endian)', [0x61, 0, 0x62, 0, 0x63]],
    ['UTF-16 (big-endian)', [0, 0x61, 0, 0x62]],
  ])('are known as %s: %j', (encoding, bytes) => {
    const [code, message] = refused(bytes);
    expect(code).toBe('plan-encoding');
    expect(message).toContain(`${encoding}.`);
  });

  it.each([
    [[0xff], '0xff in line 1 '],
    [[0xff, 0x61, 0x61, 0x61], '0xff in line 1 '],
    [[0x61, 0xfe, 0x61, 0x61], '0xfe in line 1 '],
    [[0x61, 0xff, 0x61, 0x61], '0xff in line 1 '],
    [[0xfe, 0x61, 0x61, 0x61], '0xfe in line 1 '],
    [[...text('ä\n\nb'), 0x80], '0x80 in line 3 '],
    [[...text('\uFEFFä\n'), 0xe9, 0x0a], '0xe9 in line 2 '],
    [[...text('\uFFFD\n\uFFFD\n'), 0xc3, 0x28], '0xc3 in line 3 '],
    [[...text('\uFFFD'), 0xef, 0xbf, 0x41], '0xef in line 1 '],
    [[0xef, 0x41, 0xbd], '0xef in line 1 '],
    [[0xf0, 0xbf, 0xbd, 0x41], '0xf0 in line 1 '],
    [[0xef, 0xbf], '0xef in line 1 '],
  ])('that are no UTF-8 are told at the first that does not belong there: %j', (bytes, where) => {
    const [code, message] = refused(bytes);
    expect(code).toBe('plan-encoding');
    expect(message).toContain(where);
  });

  it('are a mebibyte at the most, and something', () => {
    expect(decodeFile(new Uint8Array(longestFileBytes).fill(0x23), 'plan.yaml', form)).toMatch(/^#+$/);
    expect(refused(new Uint8Array(longestFileBytes + 1).fill(0x23))[0]).toBe('plan-too-large');
    expect(refused(text(' \n'))[0]).toBe('plan-empty');
  });
});
