import type { EvidenceFacts, EvidenceKind } from '../../domain/evidence/facts.ts';
import type { Look, Syntax } from './reading/look.ts';
import type { Kept, Problems } from './reading/problems.ts';

/** What a folder beside this file has to give, to be a format. */
export interface Format {
  /** The folder's name. */
  readonly name: string;
  readonly proves: EvidenceKind;
  readonly syntax: Syntax;
  /** How people call it in a sentence: “a JUnit report”. */
  readonly title: string;
  /** Media types that mean this format and no other. */
  readonly mediaTypes: readonly string[];
  /** Usual names of such files. */
  readonly fileName: RegExp;
  /** Whether a file that begins so is of this format. */
  recognizes(look: Look, head: string): boolean;
  /** Stops or notes in `problems` what is wrong; facts count only where nothing was. Throws nothing of its own. */
  read(file: FormatInput): Promise<EvidenceFacts>;
}

export interface FormatInput {
  /** In pieces of no certain length. */
  readonly text: AsyncIterable<string>;
  readonly problems: Problems;
  readonly kept: Kept;
}
