import { genesisLink } from './chain.ts';
import { type AgentHead, type ExportHeader, type PinnedKeys, parseObject } from './export.ts';
import type { AuditReport, Finding } from './findings.ts';
import { readRow } from './row.ts';
import { Walk } from './walk.ts';
import { gatherWitnesses } from './witnesses.ts';

/**
 * Checks an export with nothing but the keys that are pinned in the repository and the heads the agents keep: offline,
 * in one pass, in memory that does not grow with the number of events. Returns everything that is wrong, not only
 * the first thing. `lines` without their line feed, as `linesOf` gives them.
 *
 * What a single signature does not cover is a label and is not checked: the header's name and a checkpoint's time.
 */
export async function verifyExport(
  lines: AsyncIterable<string> | Iterable<string>,
  pinned: PinnedKeys,
  heads: readonly AgentHead[],
): Promise<AuditReport> {
  let number = 0;
  let walk: Walk | undefined;
  const findings: Finding[] = [];
  for await (const line of lines) {
    number += 1;
    if (number === 1) {
      const header = readHeader(line);
      if (header === undefined) return headerUnreadable();
      const gathered = gatherWitnesses(header, pinned, heads);
      findings.push(...gathered.findings);
      walk = new Walk(header.project, genesisLink(header.project), gathered.witnesses);
    } else {
      walk?.take(number, readRow(line, walk.project));
    }
  }
  if (walk === undefined) return headerUnreadable();
  return walk.report(number, findings);
}

function readHeader(line: string): ExportHeader | undefined {
  const header = parseObject(line);
  if (header === undefined || JSON.stringify(header) !== line || header['rungAudit'] !== 1) return undefined;
  const { project, publicKey, checkpoints } = header;
  const isHeader =
    typeof project === 'string' &&
    typeof publicKey === 'string' &&
    Array.isArray(checkpoints) &&
    checkpoints.every(isCheckpoint);
  return isHeader ? (header as unknown as ExportHeader) : undefined;
}

function isCheckpoint(value: unknown): boolean {
  const { position, link, signature, countersignatures } = (value ?? {}) as Record<string, unknown>;
  return (
    Number.isSafeInteger(position) &&
    typeof link === 'string' &&
    typeof signature === 'string' &&
    Array.isArray(countersignatures) &&
    countersignatures.every((one) => {
      const { agent, signature } = (one ?? {}) as Record<string, unknown>;
      return typeof agent === 'string' && typeof signature === 'string';
    })
  );
}

const headerUnreadable = (): AuditReport => ({
  unaltered: false,
  findings: [
    {
      code: 'header-unreadable',
      position: null,
      line: 1,
      message: 'The first line is not the header of an export.',
    },
  ],
  events: 0,
  lastPosition: 0,
  expiredPayloads: 0,
  restorations: [],
  countersignedTo: 0,
  signedTo: 0,
  uncovered: null,
});
