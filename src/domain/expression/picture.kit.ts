import {
  ApprovalSeen,
  CoverageSeen,
  EnvironmentSeen,
  EvidenceSeen,
  NoteSeen,
  type Picture,
  ReleaseSeen,
  ReviewSeen,
  ScanSeen,
  seen,
  TestsSeen,
} from './picture.ts';

const noon = new Date('2026-07-02T11:00:00Z');

/** 1.4.0 on its way from sit to prod, with everything about it in order. */
export const aPicture = (other: Partial<Picture> = {}): Picture => ({
  release: seen(ReleaseSeen, {
    version: '1.4.0',
    tree: 'a'.repeat(40),
    commit: 'b'.repeat(40),
    branch: 'main',
    services: ['web', 'orders'],
    notes: [seen(NoteSeen, { kind: 'feature', text: 'orders can be split' })],
    createdAt: new Date(noon.getTime() - 48 * 3_600_000),
    createdBy: 'ci',
  }),
  source: seen(EnvironmentSeen, { name: 'sit', tier: 'staging', version: '1.4.0' }),
  target: seen(EnvironmentSeen, { name: 'prod', tier: 'production', version: '1.3.0' }),
  evidence: seen(EvidenceSeen, {
    tests: {
      unit: seen(TestsSeen, {
        total: 412n,
        passed: 412n,
        failed: 0n,
        errors: 0n,
        skipped: 0n,
        flaky: 0n,
      }),
    },
    coverage: { lcov: seen(CoverageSeen, { ratio: 0.83, lines: 9000n }) },
    scan: { trivy: seen(ScanSeen, { critical: 0n, high: 0n, medium: 2n, low: 9n }) },
    count: { bugs: 0n },
    review: { review: seen(ReviewSeen, { approvedBy: ['bo'], requestedChanges: [] }) },
  }),
  gates: { soak: 'passed', 'rollback-plan': 'waived' },
  approvals: [seen(ApprovalSeen, { by: 'cy@example.org', roles: ['qa-lead'], at: noon })],
  requester: 'ada@example.org',
  now: noon,
  ...other,
});
