import { anEmptyEnvironment, aPromotionOf, aReleaseOf } from '../environment.kit.ts';
import type { Environment } from '../environment.ts';
import type { Evidence, EvidenceFacts, EvidenceId } from '../evidence/evidence.ts';
import type { ActorId, EnvironmentName, RoleName } from '../ids.ts';
import { instant, later } from '../ids.ts';
import type { Release } from '../release.ts';
import { settled } from '../settle.ts';
import { type Picture, pictureOf, type Subject } from './picture.ts';

const noon = instant(Date.UTC(2026, 6, 2, 11));
const hourMs = 3_600_000;
const ada = { kind: 'person', id: 'ada@example.org' as ActorId } as const;

const services = { web: 'web', orders: 'orders' };
const before = aReleaseOf('1.3.0', services);
const release: Release = {
  ...aReleaseOf('1.4.0', services, 'a'.repeat(40)),
  commit: 'b'.repeat(40),
  branch: 'main',
  notes: [{ kind: 'feature', text: 'orders can be split', commit: 'c' }],
  createdAt: later(noon, -48 * hourMs),
  createdBy: { kind: 'token', id: 'ci' as ActorId, name: 'ci' },
};

function running(name: string, tier: Environment['spec']['tier'], what: Release): Environment {
  const spec = { ...anEmptyEnvironment.spec, tier };
  const environment = { ...anEmptyEnvironment, name: name as EnvironmentName, spec };
  return settled(environment, aPromotionOf(what), what, 'passed', later(noon, -30 * hourMs));
}

const piece = (name: string, facts: EvidenceFacts): Evidence => ({
  id: `${facts.kind} ${name}` as EvidenceId,
  project: release.project,
  kind: facts.kind,
  name,
  tree: release.manifest.tree,
  environment: null,
  facts,
  file: null,
  by: ada,
  at: noon,
});

const disagreements = { count: 0, shown: [] };
const run = { total: 412, passed: 412, failed: 0, errors: 0, skipped: 0, flaky: 0, suites: 9, durationMs: 1 };
const lines = { linesFound: 9000, linesHit: 7470, lineRatio: 0.83, files: 10, lowest: [], disagreements };

const evidence: readonly Evidence[] = [
  piece('unit', { kind: 'tests', ...run, failures: [], disagreements }),
  piece('lcov', { kind: 'coverage', ...lines, branchesFound: 0, branchesHit: 0, branchRatio: null }),
  piece('trivy', {
    kind: 'scan',
    bySeverity: { critical: 0, high: 0, medium: 2, low: 9, note: 0 },
    findings: [],
    tools: [],
    suppressed: 0,
  }),
  piece('bugs', { kind: 'count', count: 0, tracker: null, link: null }),
  piece('review', { kind: 'review', approvedBy: ['bo'], requestedChanges: [], url: '' }),
];

/** 1.4.0 on its way from sit to prod, with everything about it in order; asked for without a change request. */
export const aPicture = (other: Partial<Subject['facts']> = {}): Picture =>
  pictureOf({
    facts: {
      release,
      before: [running('sit', 'staging', release)],
      target: running('prod', 'production', before),
      evidence,
      change: null,
      requester: ada,
      ...other,
    },
    gates: [
      { answer: { gate: 'soak', state: 'passed' } },
      { answer: { gate: 'rollback-plan', state: 'waived' } },
    ],
    approvals: [
      {
        by: 'cy@example.org' as ActorId,
        roles: ['qa-lead' as RoleName],
        release: release.id,
        planHash: aPromotionOf(release).plan.hash,
        at: noon,
        comment: '',
      },
    ],
    now: noon,
  });
