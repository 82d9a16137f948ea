import { describe, expect, it } from 'vitest';
import { aProject, anAgent, sealedExport } from '../../../test/kit/audit.ts';
import { linesOf, parseHeads, parseObject } from './export.ts';

const mebibyte = 1024 * 1024;

async function linesIn(...chunks: readonly (string | Uint8Array)[]): Promise<readonly string[]> {
  async function* bytes(): AsyncGenerator<Uint8Array> {
    for (const chunk of chunks) yield Buffer.from(chunk);
  }
  const lines: string[] = [];
  for await (const line of linesOf(bytes())) lines.push(line);
  return lines;
}

describe('the lines of an export', () => {
  it.each([
    ['a last one that does not end', ['one\ntw', 'o'], ['one', 'two']],
    ['empty ones', ['\n\n', 'three\n'], ['', '', 'three']],
    ['none', [], []],
    ['a mark of byte order, which is no part of a header', ['\u{feff}{}\n'], ['\u{feff}{}']],
    ['a character that is cut off at the end', [Buffer.from('ö').subarray(0, 1)], ['\u{fffd}']],
  ])('may be %s', async (_, chunks, lines) => {
    expect(await linesIn(...chunks)).toEqual(lines);
  });

  it('have 16 MiB at most', async () => {
    const half = 'a'.repeat(8 * mebibyte);
    expect((await linesIn(half, half, '\n')).map(({ length }) => length)).toEqual([16 * mebibyte]);
    await expect(linesIn(half, half, 'a')).rejects.toMatchObject({ kind: 'invalid', code: 'line-too-long' });
  });
});

describe('a line of JSON', () => {
  it.each(['', '{', 'null', '7', '"{}"', '[]', 'true'])('is no object: %s', (line) => {
    expect(parseObject(line)).toBeUndefined();
  });

  it('is what the object says', () => {
    expect(parseObject('{"a":[1]}')).toEqual({ a: [1] });
  });
});

describe('the heads that agents keep', () => {
  const head = { project: aProject, agent: anAgent, position: 3, link: 'sha256:0', signature: 'signed' };
  const line = JSON.stringify(head);

  it('are read line by line, and empty lines are left out', () => {
    const [kept] = sealedExport(3).heads;
    expect(parseHeads(`${line}\n \t\n\n${JSON.stringify(kept)}`)).toEqual([head, kept]);
    expect(parseHeads('')).toEqual([]);
  });

  it.each([
    ['is no object', '[]'],
    ['is no JSON', `${line},`],
    ['names no project', JSON.stringify({ ...head, project: undefined })],
    ['names a project that is no text', JSON.stringify({ ...head, project: 7 })],
    ['names an agent that is no text', JSON.stringify({ ...head, agent: null })],
    ['has a position that is no whole number', JSON.stringify({ ...head, position: 3.5 })],
    ['has a position that is a text', JSON.stringify({ ...head, position: '3' })],
    ['has a link that is no text', JSON.stringify({ ...head, link: {} })],
    ['has no signature', JSON.stringify({ ...head, signature: undefined })],
  ])('are refused where a line %s, with its number', (_, wrong) => {
    const read = () => parseHeads(`${line}\n${wrong}\n${line}`);
    expect(read).toThrow(expect.objectContaining({ kind: 'invalid', code: 'heads-malformed' }));
    expect(read).toThrow(/^Line 2 /u);
  });
});
