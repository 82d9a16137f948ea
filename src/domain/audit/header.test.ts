import { describe, expect, it } from 'vitest';
import { anAgent, sealedExport } from '../../../test/kit/audit.ts';
import type { AuditReport, Checkpoint, ExportHeader, Finding } from './index.ts';
import { signHead, verifyExport } from './index.ts';

const codes = (report: AuditReport): readonly Finding['code'][] => report.findings.map(({ code }) => code);
const at = (lines: readonly string[], index: number): string => lines[index] ?? '';
const aCheckpoint = { position: 1, link: '', signature: '', countersignatures: [] };
const countersigned = (...countersignatures: readonly unknown[]) => ({ ...aCheckpoint, countersignatures });
const checkpointOf = (lines: readonly string[]): Checkpoint => {
  const [one] = (JSON.parse(at(lines, 0)) as ExportHeader).checkpoints;
  if (one === undefined) throw new Error('no checkpoint');
  return one;
};

describe('an export', () => {
  it.each([
    ['a project', { project: 7 }],
    ['a key', { publicKey: null }],
    ['checkpoints', { checkpoints: {} }],
    ['checkpoints that are some', { checkpoints: [null] }],
    ['this version', { rungAudit: 2 }],
    ['checkpoints that are all some', { checkpoints: [aCheckpoint, {}] }],
    ['positions of checkpoints', { checkpoints: [{ ...aCheckpoint, position: 1.5 }] }],
    ['links of checkpoints', { checkpoints: [{ ...aCheckpoint, link: null }] }],
    ['signatures of checkpoints', { checkpoints: [{ ...aCheckpoint, signature: 7 }] }],
    ['a list of countersignatures', { checkpoints: [{ ...aCheckpoint, countersignatures: 'none' }] }],
    ['countersignatures that are some', { checkpoints: [countersigned(null)] }],
    ['who countersigned', { checkpoints: [countersigned({ agent: 1, signature: '' })] }],
    ['what was countersigned', { checkpoints: [countersigned({ agent: 'a' })] }],
    [
      'every countersignature',
      { checkpoints: [countersigned({ agent: 'a', signature: '' }, { signature: '' })] },
    ],
  ])('is refused where its header does not have %s', async (_, changed) => {
    const { lines, pinned, heads } = sealedExport(3);
    const header = JSON.stringify({ ...(JSON.parse(at(lines, 0)) as object), ...changed });
    const report = await verifyExport(lines.with(0, header), pinned, heads);
    expect([codes(report), report.unaltered]).toEqual([['header-unreadable'], false]);
  });

  it('is refused where its header says something twice, or is written otherwise', async () => {
    const { lines, pinned, heads } = sealedExport(3);
    const header = at(lines, 0);
    for (const other of [header.replace('{', '{"name":"lie",'), header.replace('{', '{ '), `[${header}]`])
      expect(codes(await verifyExport(lines.with(0, other), pinned, heads))).toEqual(['header-unreadable']);
  });

  it('counts what agents countersigned in its header, each with its own key', async () => {
    const { lines, pinned, events, agent } = sealedExport(3);
    const [, second] = events;
    if (second === undefined) throw new Error('no event');
    const signature = signHead(agent.privateKey, second);
    const report = async (name: string) => {
      const checkpoints = [{ ...checkpointOf(lines), countersignatures: [{ agent: name, signature }] }];
      const { position, link } = second;
      const header = {
        ...(JSON.parse(at(lines, 0)) as object),
        checkpoints: [...checkpoints, { ...checkpoints[0], position, link }],
      };
      return verifyExport(lines.with(0, JSON.stringify(header)), pinned, []);
    };
    const right = await report(anAgent);
    expect(right.countersignedTo).toBe(2);
    // The words about position 3 are signed for position 2, and those of the control plane about 2 for 3.
    expect(codes(right)).toEqual(['signature-wrong', 'signature-wrong']);
    expect(right.findings.map(({ position, line }) => [position, line])).toEqual([
      [2, 1],
      [3, 1],
    ]);
    for (const stranger of ['nobody', 'constructor'])
      expect(codes(await report(stranger))).toEqual(['signature-wrong', 'key-unpinned', 'key-unpinned']);
  });
});
