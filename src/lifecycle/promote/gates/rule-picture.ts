import { actorName } from '../../../domain/actor.ts';
import { countApprovals } from '../../../domain/approvals.ts';
import { currentDeployment, type Environment } from '../../../domain/environment.ts';
import { type EvidenceKind, type EvidenceOf, ofKind } from '../../../domain/evidence/evidence.ts';
import {
  ApprovalSeen,
  CoverageSeen,
  EnvironmentSeen,
  EvidenceSeen,
  mostCharacters,
  mostEntries,
  NoteSeen,
  type Picture,
  ReleaseSeen,
  ReviewSeen,
  ScanSeen,
  seen,
  TestsSeen,
} from '../../../domain/expression/picture.ts';
import type { GateAnswer } from '../../../domain/gate.ts';
import type { Instant } from '../../../domain/ids.ts';
import type { Release } from '../../../domain/release.ts';
import { type AdmissionFacts, sourceOf } from '../facts.ts';

/** What a team's own rule looks at. Pure. */
export function pictureOf(facts: AdmissionFacts, others: readonly GateAnswer[], now: Instant): Picture {
  return {
    release: releaseSeen(facts.release),
    source: environmentSeen(sourceOf(facts)),
    target: environmentSeen(facts.target),
    evidence: evidenceSeen(facts),
    gates: Object.fromEntries(others.map(({ gate, state }) => [gate, state])),
    approvals: approvalsSeen(facts, now),
    requester: text(actorName(facts.requester)),
    now: new Date(now),
  };
}

/**
 * The first list with more entries than a rule was promised when it was checked; null where all is well. A shorter
 * list would be a lie, so nothing is cut.
 */
export function overfullIn(value: object): { readonly name: string; readonly most: number } | null {
  for (const [name, inside] of Object.entries<unknown>({ ...value })) {
    if (typeof inside !== 'object' || inside === null || inside instanceof Date) continue;
    const most = Object.hasOwn(mostEntries, name) ? mostEntries[name] : undefined;
    if (most !== undefined && Object.keys(inside).length > most) return { name, most };
    const found = overfullIn(inside);
    if (found !== null) return found;
  }
  return null;
}

const text = (whole: string): string => whole.slice(0, mostCharacters);

const releaseSeen = (release: Release): ReleaseSeen =>
  seen(ReleaseSeen, {
    version: text(release.version),
    tree: release.manifest.tree,
    commit: text(release.commit),
    branch: text(release.branch),
    services: Object.keys(release.manifest.services),
    notes: release.notes.map((note) => seen(NoteSeen, { kind: note.kind, text: text(note.text) })),
    createdAt: new Date(release.createdAt),
    createdBy: text(actorName(release.createdBy)),
  });

const environmentSeen = (environment: Environment | null): EnvironmentSeen =>
  seen(EnvironmentSeen, {
    name: environment?.name ?? '',
    tier: environment?.spec.tier ?? '',
    version: environment === null ? '' : text(currentDeployment(environment)?.version ?? ''),
  });

function approvalsSeen(facts: AdmissionFacts, now: Instant): readonly ApprovalSeen[] {
  const policy = facts.rung?.step.approvals;
  if (policy === undefined) return [];
  const { counted } = countApprovals({
    approvals: facts.promotion?.approvals ?? [],
    policy,
    file: facts.file,
    release: facts.release.id,
    planHash: facts.plan.hash,
    requester: facts.requester,
    now,
  });
  return counted.map(({ by, roles, at }) => seen(ApprovalSeen, { by: text(by), roles, at: new Date(at) }));
}

function evidenceSeen({ evidence }: Pick<AdmissionFacts, 'evidence'>): EvidenceSeen {
  const named = <K extends EvidenceKind, T>(
    kind: K,
    look: (facts: EvidenceOf<K>['facts']) => T,
  ): Readonly<Record<string, T>> =>
    // The newest of a name comes first, and speaks.
    Object.fromEntries(
      ofKind(evidence, kind)
        .toReversed()
        .map(({ name, facts }) => [name, look(facts)]),
    );
  return seen(EvidenceSeen, {
    tests: named('tests', ({ total, passed, failed, errors, skipped, flaky }) =>
      seen(TestsSeen, whole({ total, passed, failed, errors, skipped, flaky })),
    ),
    coverage: named('coverage', ({ lineRatio, linesFound }) =>
      seen(CoverageSeen, { ratio: lineRatio, lines: BigInt(linesFound) }),
    ),
    scan: named('scan', ({ bySeverity: { critical, high, medium, low } }) =>
      seen(ScanSeen, whole({ critical, high, medium, low })),
    ),
    count: named('count', ({ count }) => BigInt(count)),
    review: named('review', ({ approvedBy, requestedChanges }) =>
      seen(ReviewSeen, { approvedBy: approvedBy.map(text), requestedChanges: requestedChanges.map(text) }),
    ),
  });
}

const whole = <K extends string>(counts: Readonly<Record<K, number>>): Record<K, bigint> =>
  Object.fromEntries(Object.entries<number>(counts).map(([name, count]) => [name, BigInt(count)])) as Record<
    K,
    bigint
  >;
