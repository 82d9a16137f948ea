import type { EvidenceFacts, EvidenceKind } from '../domain/evidence/facts.ts';
import type { Problem } from '../domain/failure.ts';

/** Reads one format of evidence, such as JUnit XML. */
export interface EvidenceReader {
  /** Its name, as callers write it: `junit`. */
  readonly format: string;
  readonly proves: EvidenceKind;
  /**
   * Reads to the end, or to what makes it unreadable, in memory that does not grow with the file, and lets others run in
   * between. No content makes it throw. Throws interrupted `evidence-reading-aborted` when the signal says so, and what
   * the bytes' source throws: "could not look" is not "unreadable".
   */
  read(source: EvidenceSource, signal: AbortSignal): Promise<Reading>;
}

export interface EvidenceSource {
  /** How people know the file; problems name it. */
  readonly name: string;
  readonly bytes: AsyncIterable<Uint8Array>;
}

export type Reading =
  | { readonly kind: 'read'; readonly facts: EvidenceFacts }
  | { readonly kind: 'unreadable'; readonly problems: readonly [EvidenceProblem, ...EvidenceProblem[]] };

export interface EvidenceProblem extends Problem {
  /** Kebab case, stable: `cut-off`, `entity-refused`. */
  readonly code: string;
}

/** What may tell a file's format. What it contains counts before what it is called. */
export interface EvidenceClue {
  readonly name?: string;
  readonly mediaType?: string;
  /** Its first bytes; 4,096 are plenty. */
  readonly head?: Uint8Array;
}
