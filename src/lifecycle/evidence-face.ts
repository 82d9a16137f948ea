import type { EvidenceFile, EvidenceKind } from '../domain/evidence/evidence.ts';
import type { CountFacts } from '../domain/evidence/facts.ts';
import type { Sayable } from '../domain/evidence/said.ts';
import type { ProjectId } from '../domain/ids.ts';
import type { Caller, PageOf, PageQuery } from './face.ts';
import type { EvidenceView, WaiverView, WhyView } from './views.ts';

/** The part of the control plane that is about what opens gates. */
export interface EvidenceFace {
  /**
   * Takes a file in, reads it and binds what it says to the release's tree. Invalid `evidence-unreadable` with every
   * problem, `evidence-format-unknown`, `evidence-of-another-kind`.
   */
  addEvidence(
    project: ProjectId,
    ask: AddEvidence,
    bytes: AsyncIterable<Uint8Array>,
    caller: Caller,
  ): Promise<EvidenceView>;
  /** What a person or a program says outright: a review, a count of bugs, a sign-off. */
  sayEvidence(project: ProjectId, ask: SayEvidence, caller: Caller): Promise<EvidenceView>;
  /** Says in the caller's own name that they read a plan that another wrote; conflict `rollback-plan-changed`. */
  readRollbackPlan(
    project: ProjectId,
    ask: { readonly release: string; readonly plan: string },
    caller: Caller,
  ): Promise<EvidenceView>;
  /** Newest first, those that later ones speak instead of included. */
  evidence(
    project: ProjectId,
    release: string,
    query: PageQuery & { readonly kind?: EvidenceKind | undefined },
  ): Promise<PageOf<EvidenceView>>;
  /** The file as it came; absent `evidence-without-file` where it was said. */
  evidenceFile(
    project: ProjectId,
    id: string,
  ): Promise<{ readonly file: EvidenceFile; readonly bytes: AsyncIterable<Uint8Array> }>;
  /** Lets one gate pass for a release into an environment; the answer is how it stands then. */
  waive(
    project: ProjectId,
    ask: { readonly release: string; readonly to: string; readonly gate: string; readonly reason: string },
    caller: Caller,
  ): Promise<WhyView>;

  /** Every gate that was ever waived for it, newest first. */
  waivers(project: ProjectId, release: string): Promise<readonly WaiverView[]>;
}

export interface AddEvidence {
  readonly release: string;
  /** Where it was found out; left out: before any environment. */
  readonly environment?: string | undefined;
  /** Tells several of a kind apart; the kind, unless told. */
  readonly name?: string | undefined;
  readonly fileName: string;
  /** Found out from the file, unless told. */
  readonly format?: string | undefined;
  /** Refused where the file proves something else. */
  readonly kind?: string | undefined;
}

export interface SayEvidence extends Pick<AddEvidence, 'release' | 'environment' | 'name'> {
  readonly facts: Sayable | CountFacts;
}
