import type { AuditReport, Finding, Restoration } from '../../domain/audit/index.ts';
import { count, counted } from './figures.ts';
import type { Look } from './look.ts';
import { exactly } from './time.ts';

/** What was proved, what was found, and what nobody vouches for yet. */
export function auditLines(
  report: AuditReport,
  read: { readonly file: string; readonly heads: number },
  look: Look,
): readonly string[] {
  const { style } = look;
  const events = counted(report.events, 'event');
  return [
    report.unaltered
      ? `${style.good('✓ unaltered')}  ${read.file}: ${events}, to position ${count(report.lastPosition)}`
      : `${style.bad('✗ altered')}  ${read.file}: ${counted(report.findings.length, 'finding')} in ${events}`,
    ...report.findings.map((finding) => `  ${findingPlace(finding, read.file)}  ${finding.message}`),
    `  agents vouch for it to position ${count(report.countersignedTo)} (${counted(read.heads, 'head')} given), the control plane to ${count(report.signedTo)}`,
    ...report.restorations.map((one) => `  ${restorationText(one, look)}`),
    ...uncoveredLines(report, look),
    ...(report.expiredPayloads === 0
      ? []
      : [
          `  ${counted(report.expiredPayloads, 'payload has', 'payloads have')} expired; the events themselves are proved`,
        ]),
  ];
}

function restorationText({ position, at, takenAt, backupPosition }: Restoration, look: Look): string {
  const from =
    takenAt === null
      ? 'a backup'
      : `the backup of ${takenAt}, made at position ${count(backupPosition ?? 0)}`;
  return `the control plane was restored at position ${count(position)} (${exactly(at, look)}), from ${from}`;
}

function uncoveredLines(report: AuditReport, look: Look): readonly string[] {
  if (report.uncovered === null) return [];
  const { from, to } = report.uncovered;
  return [
    look.style.warning(
      `  ! positions ${count(from)} to ${count(to)} are not covered: no agent has countersigned them, so the control plane could still change them`,
    ),
  ];
}

function findingPlace(finding: Finding, file: string): string {
  const line = finding.line === null ? '' : `${file}:${String(finding.line)}`;
  const position = finding.position === null ? '' : `position ${count(finding.position)}`;
  return [line, position].filter((part) => part !== '').join(', ') || file;
}
