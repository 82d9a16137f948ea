import type { Actor } from '../actor.ts';
import type { Branded, Digest, EnvironmentId, Instant, ProjectId } from '../ids.ts';
import type { EvidenceFacts as ReadFacts } from './facts.ts';
import { remembered } from '../remembered.ts';
import type { SaidFacts } from './said.ts';

/** UUIDv7. */
export type EvidenceId = Branded<string, 'EvidenceId'>;

export type EvidenceFacts = ReadFacts | SaidFacts;
export type EvidenceKind = EvidenceFacts['kind'];

export const evidenceKinds = [
  'tests',
  'coverage',
  'scan',
  'count',
  'review',
  'uat',
  'rollback-plan',
  'checklist',
] as const satisfies readonly EvidenceKind[];

/**
 * Something that was found out about a source tree, by a program or a person. Never changed: a later piece of the same
 * kind, name and environment speaks instead of it. It binds to the tree, so that a merge, squash or rebase that gives
 * the same tree keeps it.
 */
export interface Evidence {
  readonly id: EvidenceId;
  readonly project: ProjectId;
  readonly kind: EvidenceKind;
  /** Tells several of a kind apart, for example `unit` and `integration`. The kind itself where there is one only. */
  readonly name: string;
  /** Git tree object of the whole source. */
  readonly tree: string;
  /** Where it was found out; null: before any environment. */
  readonly environment: EnvironmentId | null;
  readonly facts: EvidenceFacts;
  /** The file it was read from, as it came. */
  readonly file: EvidenceFile | null;
  readonly by: Actor;
  readonly at: Instant;
}

export interface EvidenceFile {
  readonly digest: Digest;
  readonly name: string;
  readonly format: string;
  readonly bytes: number;
}

/**
 * The pieces that speak: the newest of each kind, name and environment. Newest first. Sign-offs speak for each person
 * apart, so that nobody is silenced by who has no say; checklists all do, for several people tick them off.
 */
export function speaking(evidence: readonly Evidence[]): readonly Evidence[] {
  const seen = new Set<string>();
  return evidence
    .toSorted((left, right) => right.at - left.at || (left.id < right.id ? 1 : -1))
    .filter((one) => {
      const key = JSON.stringify([one.kind, one.name, one.environment, ownOf(one)]);
      return !seen.has(key) && seen.add(key);
    });
}

function ownOf({ kind, id, by }: Evidence): string {
  if (kind === 'checklist') return id;
  return kind === 'uat' && by.kind === 'person' ? by.id : '';
}

/** Pieces of one kind, with the type of their facts. */
export type EvidenceOf<K extends EvidenceKind> = Evidence & {
  readonly facts: Extract<EvidenceFacts, { readonly kind: K }>;
};

// A list of evidence never changes, and one admission asks it for the same kinds and names again and again.
const kindsIn = remembered((evidence: readonly Evidence[]) =>
  Map.groupBy(evidence, ({ facts }) => facts.kind),
);
const namesIn = remembered((evidence: readonly Evidence[]) => Map.groupBy(evidence, ({ name }) => name));
const none: readonly never[] = [];

/** Those of one kind, in the order of the list. */
export const ofKind = <K extends EvidenceKind>(
  evidence: readonly Evidence[],
  kind: K,
): readonly EvidenceOf<K>[] => (kindsIn(evidence).get(kind) ?? none) as readonly EvidenceOf<K>[];

/** Those of one kind that were handed over under one name, in the order of the list. */
export const ofName = <K extends EvidenceKind>(
  evidence: readonly Evidence[],
  kind: K,
  name: string,
): readonly EvidenceOf<K>[] =>
  (namesIn(ofKind(evidence, kind)).get(name) ?? none) as readonly EvidenceOf<K>[];
