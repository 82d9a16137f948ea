import type { Blocker } from '../../../domain/admission.ts';
import type { Evidence, EvidenceFacts, EvidenceId } from '../../../domain/evidence/evidence.ts';
import { speaking } from '../../../domain/evidence/evidence.ts';
import type { GateAnswer } from '../../../domain/gate.ts';
import { instant } from '../../../domain/ids.ts';
import type { GateSpec } from '../../../domain/project-file/types.ts';
import type { AdmissionFacts } from '../facts.ts';
import { aCleanAsk, cy, next, now } from '../facts.kit.ts';
import { judgeGates } from './index.ts';

let made = 0;
const clean = aCleanAsk();

/** A piece of evidence about the clean ask's release, each newer than the one before. */
export function evidence(facts: EvidenceFacts, more: Partial<Evidence> = {}): Evidence {
  made += 1;
  return {
    id: `evidence ${String(made).padStart(4, '0')}` as EvidenceId,
    project: next.project,
    kind: facts.kind,
    name: facts.kind,
    tree: next.manifest.tree,
    environment: null,
    facts,
    file: null,
    by: { kind: 'person', id: cy },
    at: instant(now - 1000 + made),
    ...more,
  };
}

const nothingDisagrees = { count: 0, shown: [] };
export const results = (passed: number, failed = 0): EvidenceFacts => ({
  kind: 'tests',
  total: passed + failed,
  passed,
  failed,
  errors: 0,
  skipped: 0,
  flaky: 0,
  suites: 1,
  durationMs: 1,
  failures: [],
  disagreements: nothingDisagrees,
});
export const covered = (linesHit: number, linesFound: number): EvidenceFacts => ({
  kind: 'coverage',
  linesFound,
  linesHit,
  lineRatio: linesHit / linesFound,
  branchesFound: 0,
  branchesHit: 0,
  branchRatio: null,
  files: 1,
  lowest: [],
  disagreements: nothingDisagrees,
});
export const scanned = (high: number, medium: number): EvidenceFacts => ({
  kind: 'scan',
  bySeverity: { critical: 0, high, medium, low: 0, note: 0 },
  findings: [],
  tools: [],
  suppressed: 0,
});
export const ticked = (items: Readonly<Record<string, boolean>>): EvidenceFacts => ({
  kind: 'checklist',
  items: Object.entries(items).map(([item, done]) => ({ item, done, note: '' })),
});

export type Judged = GateAnswer & { readonly blocker: Blocker | null; readonly wayOut: string | undefined };

/** How this one gate stands over the clean ask, with what blocks where it is closed. */
export function judged(
  gate: GateSpec,
  pieces: readonly Evidence[] = [],
  more: Partial<AdmissionFacts> = {},
  at = now,
): Judged {
  const rung = clean.rung === null ? null : { ...clean.rung, step: { ...clean.rung.step, gates: [gate] } };
  const [only] = judgeGates(aCleanAsk({ rung, evidence: speaking(pieces), ...more }), [], at);
  if (only === undefined) throw new Error('no gate was judged');
  return { ...only.answer, blocker: only.blocker, wayOut: only.blocker?.wayOut };
}
