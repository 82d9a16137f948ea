import { describe, expect, it } from 'vitest';
import { aProject, anAgent, sealedExport } from '../../../test/kit/audit.ts';
import type { Digest } from '../ids.ts';
import { type ExportHeader, exportHeaderLine, linkOf, signHead, verifyExport } from './index.ts';

type Sealed = ReturnType<typeof sealedExport>;
type Line = Readonly<Record<string, unknown>> & {
  readonly position: number;
  readonly payloadDigest: Digest;
  readonly link: Digest;
};

const read = (line: string | undefined): Line => JSON.parse(line ?? '') as Line;
const bogus = (count: number): Digest => `sha256:${String(count).repeat(64)}` as Digest;

/** With these links instead of its own, by position. */
const relinked = (lines: readonly string[], links: Readonly<Record<number, Digest>>): readonly string[] =>
  lines.map((line, index) =>
    links[index] === undefined ? line : JSON.stringify({ ...read(line), link: links[index] }),
  );

/** The link of a row as it follows from this one before it. */
const following = (line: string | undefined, previous: Digest): Digest => {
  const { position, payloadDigest } = read(line);
  return linkOf({ project: aProject, position, previous, payloadDigest });
};

const found = async ({ pinned, heads }: Pick<Sealed, 'pinned' | 'heads'>, lines: readonly string[]) =>
  (await verifyExport(lines, pinned, heads)).findings.map(({ code, position }) => [code, position]);

describe('links that were changed', () => {
  it('are one finding each, though two stand next to each other', async () => {
    const sealed = sealedExport(6);
    const changed = relinked(sealed.lines, { 3: bogus(3), 4: bogus(4) });
    expect(await found(sealed, changed)).toEqual([
      ['event-changed', 3],
      ['event-changed', 4],
    ]);
  });

  it('are one finding where all that comes after follows from them', async () => {
    const { lines, ...sealed } = sealedExport(4, 1);
    const [, , , three, four] = lines;
    const third = following(three, bogus(2));
    const rewritten = relinked(lines, { 2: bogus(2), 3: third, 4: following(four, third) });
    const header = exportHeaderLine({ ...header0(lines), checkpoints: [] }).trim();
    expect(await found(sealed, rewritten.with(0, header))).toEqual([['event-changed', 2]]);
  });

  it('are not made up for by a row that follows from what no row says', async () => {
    const sealed = sealedExport(5);
    const skipping = following(sealed.lines[5], following(sealed.lines[4], bogus(3)));
    const changed = relinked(sealed.lines, { 3: bogus(3), 4: bogus(4), 5: skipping });
    expect((await found(sealed, changed)).filter(([code]) => code === 'event-changed')).toHaveLength(3);
  });

  it('are one finding with the words of the same row', async () => {
    const sealed = sealedExport(5);
    const changed = relinked(sealed.lines, { 3: bogus(3) }).map((line) => line.replace('event 3', 'a lie'));
    expect(await found(sealed, changed)).toEqual([['event-changed', 3]]);
  });

  it('are found right after a gap, which tells nothing of what was before it', async () => {
    const sealed = sealedExport(5);
    const { lines } = sealed;
    const withoutThird = following(lines[4], read(lines[2]).link);
    const changed = relinked(lines, { 5: following(lines[5], withoutThird) });
    expect(await found({ ...sealed, heads: [] }, [...changed.slice(0, 3), ...changed.slice(4)])).toEqual(
      expect.arrayContaining([
        ['event-missing', 3],
        ['event-changed', 5],
      ]),
    );
  });
});

const header0 = (lines: readonly string[]): ExportHeader => {
  const { project, name, publicKey, checkpoints } = JSON.parse(lines[0] ?? '') as ExportHeader;
  return { project, name, publicKey, checkpoints };
};

describe('rows in the wrong place', () => {
  const order = (sealed: Sealed, positions: readonly number[]) =>
    [0, ...positions].map((position) => sealed.lines[position] ?? '');
  it.each([
    ['one that fills its gap late', [1, 2, 4, 3], [['event-out-of-order', 3]]],
    [
      'one out of the middle of a gap',
      [1, 2, 7, 4],
      [
        ['event-out-of-order', 4],
        ['event-missing', 3],
        ['event-missing', 5],
      ],
    ],
    [
      'one at each end of a gap',
      [1, 2, 6, 3, 5],
      [
        ['event-out-of-order', 3],
        ['event-out-of-order', 5],
        ['event-missing', 4],
      ],
    ],
    [
      'one that is there twice, with a gap after it',
      [1, 2, 5, 2],
      [
        ['event-duplicated', 2],
        ['event-missing', 3],
      ],
    ],
  ])('are found: %s', async (_, positions, findings) => {
    const sealed = sealedExport(7, 1);
    const header = exportHeaderLine({ ...header0(sealed.lines), checkpoints: [] }).trim();
    const lines = order(sealed, positions).with(0, header);
    expect(await found(sealed, lines)).toEqual(findings);
  });
});

describe('a gap', () => {
  it.each([
    [3, 3, 'Position 3 is'],
    [3, 5, 'Positions 3 to 5 are'],
  ])('from %i to %i is one finding that says what is missing', async (from, to, words) => {
    const { lines, pinned, heads } = sealedExport(7);
    const { findings } = await verifyExport([...lines.slice(0, from), ...lines.slice(to + 1)], pinned, heads);
    expect(findings).toMatchObject([{ code: 'event-missing', position: from }]);
    expect(findings[0]?.message).toContain(words);
  });
});

describe('where a chain was rewritten', () => {
  /** What agents signed: right, or of another chain, at these positions. */
  const signed = ({ events, agent }: Sealed, heads: Readonly<Record<number, 'right' | 'other'>>) =>
    Object.entries(heads).map(([at, which]) => {
      const position = Number(at);
      const event = events[position - 1];
      if (event === undefined) throw new Error(`no event ${position}`);
      const head = { project: aProject, position, link: which === 'right' ? event.link : bogus(8) };
      return Object.assign({ agent: anAgent, signature: signHead(agent.privateKey, head) }, head);
    });

  it.each([
    ['from the start, where nobody agreed before', { 4: 'other' }, /from the start/u],
    [
      'after the last position that was agreed on',
      { 2: 'right', 3: 'right', 5: 'other' },
      /after position 3\./u,
    ],
    ['from the start, where the first word is another already', { 2: 'other' }, /from the start/u],
  ] as const)('is told: %s', async (_, heads, words) => {
    const sealed = sealedExport(6);
    const { findings } = await verifyExport(sealed.lines, sealed.pinned, signed(sealed, heads));
    expect(findings).toMatchObject([{ code: 'chain-rewritten' }]);
    expect(findings[0]?.message).toMatch(words);
  });

  it('is not where one of two who signed a position says otherwise', async () => {
    const sealed = sealedExport(6);
    const heads = [...signed(sealed, { 2: 'right', 5: 'other' }), ...signed(sealed, { 2: 'other' })];
    const { findings } = await verifyExport(sealed.lines, sealed.pinned, heads);
    expect(findings.map(({ position }) => position)).toEqual([2, 5]);
    expect(findings[1]?.message).toMatch(/from the start/u);
  });

  it('cannot be told of a position that is missing, and is not cut off there', async () => {
    const sealed = sealedExport(5);
    const lines = sealed.lines.toSpliced(3, 1);
    const heads = signed(sealed, { 3: 'right' });
    expect(await found({ ...sealed, heads }, lines)).toEqual([['event-missing', 3]]);
  });
});

describe('an end that was cut off', () => {
  it('is told by the furthest position that anybody signed, and how much there was', async () => {
    const sealed = sealedExport(9);
    const heads = [7, 9, 8].map((position) => {
      const event = sealed.events[position - 1];
      if (event === undefined) throw new Error(`no event ${position}`);
      const { link } = event;
      const head = { project: aProject, position, link };
      return Object.assign({ agent: anAgent, signature: signHead(sealed.agent.privateKey, head) }, head);
    });
    const header = exportHeaderLine({ ...header0(sealed.lines), checkpoints: [] }).trim();
    const lines = sealed.lines.slice(0, 6).with(0, header);
    const { findings } = await verifyExport(lines, sealed.pinned, heads);
    expect(findings).toMatchObject([{ code: 'tail-cut-off', position: 6, line: 6 }]);
    expect(findings[0]?.message).toMatch(/position 9: 4 events/u);
  });
});

describe('what was signed about a chain', () => {
  it('covers it up to the end where an agent signed the last event', async () => {
    const { lines, pinned, heads } = sealedExport(4);
    expect(await verifyExport(lines, pinned, heads)).toMatchObject({ countersignedTo: 4, uncovered: null });
    expect(await verifyExport(lines, pinned, [])).toMatchObject({
      countersignedTo: 0,
      uncovered: { from: 1, to: 4 },
    });
  });

  it('is heard of everybody who signed the same position', async () => {
    const sealed = sealedExport(5, 3);
    const [third] = sealed.heads;
    if (third === undefined) throw new Error('no head');
    const lie = { ...third, link: bogus(9) };
    const forged = { ...lie, signature: signHead(sealed.agent.privateKey, lie) };
    const heads = [third, forged];
    expect(await found({ ...sealed, heads }, sealed.lines)).toEqual([['chain-rewritten', 3]]);
    expect(await found({ ...sealed, heads: heads.toReversed() }, sealed.lines)).toEqual([
      ['chain-rewritten', 3],
    ]);
    expect(await verifyExport(sealed.lines, sealed.pinned, heads.toReversed())).toMatchObject({
      countersignedTo: 3,
    });
  });
});
