import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aProject, anAgent, anEvent, chained, sealedExport } from '../../../test/kit/audit.ts';
import type { ProjectId } from '../ids.ts';
import { generateSigningKey } from '../keys.ts';
import { exportEventLine, exportHeaderLine, linesOf, parseHeads, signHead, verifyExport } from './index.ts';
import type { AuditReport, Finding } from './index.ts';

const codes = (report: AuditReport): readonly Finding['code'][] => report.findings.map(({ code }) => code);
const at = (lines: readonly string[], index: number): string => lines[index] ?? '';

describe('an export that nobody touched', () => {
  it('is proved unaltered, up to what the agents countersigned', async () => {
    const { lines, pinned, heads } = sealedExport(12, 9);
    expect(await verifyExport(lines, pinned, heads)).toEqual({
      unaltered: true,
      findings: [],
      events: 12,
      lastPosition: 12,
      expiredPayloads: 0,
      restorations: [],
      countersignedTo: 9,
      signedTo: 12,
      uncovered: { from: 10, to: 12 },
    });
  });

  it('is still proved when payloads have expired, all but the payloads themselves', async () => {
    const { lines, pinned, heads } = sealedExport(5);
    const expired = lines.map((line, index) =>
      index === 3 ? JSON.stringify({ ...(JSON.parse(line) as object), payload: null }) : line,
    );
    expect(await verifyExport(expired, pinned, heads)).toMatchObject({ unaltered: true, expiredPayloads: 1 });
    const reworded = expired.map((line) => line.replace('event 3', 'event three'));
    expect(await verifyExport(reworded, pinned, heads)).toMatchObject({
      findings: [{ code: 'event-changed', position: 3, line: 4 }],
    });
  });

  it('comes back from a stream cut anywhere, with characters of many bytes and line separators inside', async () => {
    const { lines, pinned, heads } = sealedExport(4, 4, 'größer \u2028 als 🪜');
    const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''));
    async function* chunks(): AsyncGenerator<Uint8Array> {
      for (let start = 0; start < bytes.length; start += 7) yield bytes.subarray(start, start + 7);
    }
    expect(await verifyExport(linesOf(chunks()), pinned, heads)).toMatchObject({
      unaltered: true,
      events: 4,
    });
  });
});

describe('an export of a control plane that was restored', () => {
  const restored = (position: number) =>
    position === 4
      ? ({
          kind: 'control-plane.restored',
          payload: { takenAt: '2026-01-05T10:00:00Z', position: 3, lost: [] },
        } as const)
      : {};

  it('says so, with where and when, and from which backup', async () => {
    const { lines, pinned, heads } = sealedExport(6, 6, 'event', restored);
    const { restorations } = await verifyExport(lines, pinned, heads);
    const at = 1_760_000_000_000;
    expect(restorations).toEqual([{ position: 4, at, takenAt: '2026-01-05T10:00:00Z', backupPosition: 3 }]);
  });

  it.each([
    ['its payload expired', null, null, null],
    ['its payload is another', { takenAt: 7, position: '3' }, null, null],
  ])('says no more than when where %s', async (_, payload, takenAt, backupPosition) => {
    const kind = 'control-plane.restored' as const;
    const event = { kind, ...(payload !== null && { payload }) };
    const { lines, pinned, heads } = sealedExport(3, 3, 'event', (position) => (position === 2 ? event : {}));
    const given = lines.map((line, index) =>
      index === 2 && payload === null ? JSON.stringify({ ...(JSON.parse(line) as object), payload }) : line,
    );
    const report = await verifyExport(given, pinned, heads);
    expect(report).toMatchObject({
      unaltered: true,
      restorations: [{ position: 2, takenAt, backupPosition }],
    });
  });

  it('says nothing of that which somebody wrote into it afterwards', async () => {
    const { lines, pinned, heads } = sealedExport(6);
    const forged = lines.map((line, index) =>
      index === 4 ? line.replace('promotion.requested', 'control-plane.restored') : line,
    );
    const report = await verifyExport(forged, pinned, heads);
    expect([report.unaltered, report.restorations]).toEqual([false, []]);
  });
});

describe('an export somebody touched', () => {
  it('names the row whose words, actor or payload were changed', async () => {
    const { lines, pinned, heads } = sealedExport(6);
    for (const [from, to] of [
      ['event 4', 'event 5'],
      ['"automation"', '"person"'],
      ['"figure":7', '"figure":8'],
    ] as const) {
      const changed = lines.map((line, index) => (index === 4 ? line.replace(from, to) : line));
      const report = await verifyExport(changed, pinned, heads);
      expect(report.findings).toMatchObject([{ code: 'event-changed', position: 4, line: 5 }]);
    }
  });

  it('names a missing, a doubled and a moved row, all at once', async () => {
    const { lines, pinned, heads } = sealedExport(9);
    const touched = [
      ...lines.slice(0, 3),
      ...lines.slice(4, 6),
      at(lines, 5),
      at(lines, 7),
      at(lines, 6),
      ...lines.slice(8),
    ];
    const report = await verifyExport(touched, pinned, heads);
    expect(codes(report).toSorted()).toEqual(['event-duplicated', 'event-missing', 'event-out-of-order']);
    expect(report.findings.find(({ code }) => code === 'event-missing')).toMatchObject({ position: 3 });
    expect(report.findings.find(({ code }) => code === 'event-duplicated')).toMatchObject({ position: 5 });
    expect(report.findings.find(({ code }) => code === 'event-out-of-order')).toMatchObject({ position: 6 });
  });

  it('says where a tail was cut off, by the heads the agents keep', async () => {
    const { lines, pinned, heads, events, controlPlane } = sealedExport(8, 7);
    const head = events[4];
    if (head === undefined) throw new Error('no event');
    const header = exportHeaderLine({
      project: aProject,
      name: 'access',
      publicKey: controlPlane.publicKey,
      checkpoints: [
        { ...head, at: head.at, signature: signHead(controlPlane.privateKey, head), countersignatures: [] },
      ],
    }).trim();
    const report = await verifyExport([header, ...lines.slice(1, 6)], pinned, heads);
    expect(report.findings).toMatchObject([{ code: 'tail-cut-off', position: 6, line: 6 }]);
  });

  it("finds a chain that was rewritten with the control plane's own key, by the agents' heads", async () => {
    const { pinned, heads, controlPlane } = sealedExport(8, 6);
    const lies = chained(Array.from({ length: 8 }, (_, index) => anEvent(`lie ${index + 1}`)));
    const last = lies.at(-1);
    if (last === undefined) throw new Error('no event');
    const header = exportHeaderLine({
      project: aProject,
      name: 'access',
      publicKey: controlPlane.publicKey,
      checkpoints: [
        { ...last, at: last.at, signature: signHead(controlPlane.privateKey, last), countersignatures: [] },
      ],
    });
    const lines = [header, ...lies.map(exportEventLine)].map((line) => line.slice(0, -1));
    expect((await verifyExport(lines, pinned, heads)).findings).toMatchObject([
      { code: 'chain-rewritten', position: 6, line: 7 },
    ]);
    expect(await verifyExport(lines, pinned, [])).toMatchObject({
      unaltered: true,
      countersignedTo: 0,
      uncovered: { from: 1, to: 8 },
    });
  });

  it('believes only pinned keys and right signatures', async () => {
    const { lines, pinned, heads } = sealedExport(3);
    const stranger = generateSigningKey();
    const unpinned = await verifyExport(lines, { controlPlane: [stranger.publicKey], agents: {} }, heads);
    expect(codes(unpinned)).toEqual(['key-unpinned', 'signature-wrong', 'key-unpinned']);
    const forged = heads.map((head) =>
      Object.assign({}, head, { signature: signHead(stranger.privateKey, head) }),
    );
    const report = await verifyExport(lines, pinned, forged);
    expect(codes(report)).toEqual(['signature-wrong']);
    expect(report.countersignedTo).toBe(0);
  });

  it('refuses what is not an export, and heads that are none', async () => {
    const { lines, pinned, heads } = sealedExport(3);
    expect(codes(await verifyExport([], pinned, heads))).toEqual(['header-unreadable']);
    expect(codes(await verifyExport(lines.slice(1), pinned, heads))).toEqual(['header-unreadable']);
    const doubled = at(lines, 2).replace('"message":', '"message":"lie","message":');
    expect(
      codes(await verifyExport([at(lines, 0), at(lines, 1), doubled, at(lines, 3)], pinned, heads)),
    ).toEqual(['line-unreadable', 'event-missing']);
    expect(() => parseHeads('{"agent":1}')).toThrow(expect.objectContaining({ code: 'heads-malformed' }));
    expect(parseHeads(`${JSON.stringify(heads[0])}\n\n`)).toEqual(heads);
  });

  it.each([
    ['a position that is no number', { position: '2' }],
    ['a link that is no text', { link: 7 }],
    ['a digest that is no text', { payloadDigest: null }],
  ])('names a line with %s as one that cannot be read', async (_, changed) => {
    const { lines, pinned, heads } = sealedExport(3);
    const line = JSON.stringify({ ...(JSON.parse(at(lines, 2)) as object), ...changed });
    expect(await verifyExport(lines.with(2, line), pinned, heads)).toMatchObject({
      findings: [{ code: 'line-unreadable', line: 3 }, { code: 'event-missing' }],
    });
  });

  it('takes no head of another project for its own', async () => {
    const { lines, pinned, heads } = sealedExport(3);
    const foreign = heads.map((head) => Object.assign({}, head, { project: 'another' as ProjectId }));
    const report = await verifyExport(lines, pinned, foreign);
    expect(report.findings).toMatchObject([{ code: 'head-foreign', position: 3, line: null }]);
    expect(report.countersignedTo).toBe(0);
  });

  it('takes a word by any key that is pinned, such as one from before', async () => {
    const { lines, pinned, heads } = sealedExport(3);
    const { publicKey } = generateSigningKey();
    const keys = {
      controlPlane: [publicKey, ...pinned.controlPlane],
      agents: { [anAgent]: [publicKey, ...(pinned.agents[anAgent] ?? [])] },
    };
    expect(await verifyExport(lines, keys, heads)).toMatchObject({ unaltered: true, countersignedTo: 3 });
  });

  it.each([
    ['more', { more: 1 }],
    ['less', { subject: undefined }],
  ])('names a line that says %s than an event does as one that cannot be read', async (_, changed) => {
    const { lines, pinned, heads } = sealedExport(3);
    const line = JSON.stringify({ ...(JSON.parse(at(lines, 2)) as object), ...changed });
    expect(await verifyExport(lines.with(2, line), pinned, heads)).toMatchObject({
      findings: [{ code: 'line-unreadable', line: 3 }, { code: 'event-missing' }],
    });
  });

  it('has one finding for one link that was changed, not one for every event after it', async () => {
    const { lines, pinned, heads } = sealedExport(6);
    const row = JSON.parse(at(lines, 3)) as { link: string };
    const changed = lines.with(3, JSON.stringify({ ...row, link: '0'.repeat(row.link.length) }));
    expect(await verifyExport(changed, pinned, heads)).toMatchObject({
      findings: [{ code: 'event-changed', position: 3 }],
    });
  });

  it('is found out whatever single thing was changed in it', async () => {
    const { lines, pinned, heads } = sealedExport(7);
    await fc.assert(
      fc.asyncProperty(
        fc.nat(6),
        fc.nat(),
        fc.constantFrom('character', 'drop', 'double', 'swap', 'cut') as fc.Arbitrary<Mutation>,
        async (row, where, how) => {
          const mutated = mutate(lines, row + 1, where, how);
          fc.pre(mutated.join('\n') !== lines.join('\n'));
          expect(await verifyExport(mutated, pinned, heads)).toMatchObject({ unaltered: false });
        },
      ),
      { numRuns: 300 },
    );
  });
});

type Mutation = 'character' | 'drop' | 'double' | 'swap' | 'cut';

function mutate(lines: readonly string[], row: number, where: number, how: Mutation): string[] {
  const line = at(lines, row);
  switch (how) {
    case 'character':
      return lines.with(row, changeCharacter(line, where));
    case 'drop':
      return lines.toSpliced(row, 1);
    case 'double':
      return lines.toSpliced(row, 0, line);
    case 'swap':
      return row + 1 < lines.length ? lines.with(row, at(lines, row + 1)).with(row + 1, line) : [...lines];
    case 'cut':
      return lines.slice(0, row);
  }
}

/** Changes one character somewhere in the line. */
function changeCharacter(line: string, where: number): string {
  const index = where % line.length;
  const old = line.charAt(index);
  return line.slice(0, index) + (old === '1' ? '2' : '1') + line.slice(index + 1);
}
