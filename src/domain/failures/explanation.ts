import { type FailureKind, isWorthRetrying } from '../failure.ts';

/** In which form people meet what is explained. */
export type Form =
  | 'failure'
  | 'blocker'
  | 'gate'
  | 'rollout'
  | 'promotion'
  | 'trouble'
  | 'problem'
  | 'finding'
  | 'log line'
  | 'situation';

/** One thing that can go wrong or stand in the way, explained for the person who meets it. */
export interface Explanation {
  readonly code: string;
  readonly title: string;
  readonly form: Form;
  /** As what it can be thrown, the most frequent first; empty where it is told in another way. */
  readonly kinds: readonly FailureKind[];
  readonly causes: readonly string[];
  /** What to look at: commands in backticks, files, facts of the answer. */
  readonly evidence: readonly string[];
  /** Steps, in their order. */
  readonly wayOut: readonly string[];
  /** What state things are in now, and how they come back from it. */
  readonly leaves: string;
  /** Whether trying the same again helps. */
  readonly again: string;
  /** Codes of other entries: as what it shows itself, or what to read next. */
  readonly see: readonly string[];
}

/** An explanation as an author writes it; what is left out is as in the rest of the chapter. */
export interface Written {
  readonly kind?: FailureKind | readonly FailureKind[];
  readonly title: string;
  readonly because: string | readonly string[];
  readonly wayOut: string | readonly string[];
  readonly look?: string | readonly string[];
  readonly leaves?: string;
  readonly again?: string;
  readonly see?: readonly string[];
}

/** What holds for every entry of a chapter that says nothing else. */
export interface ChapterWords {
  readonly title: string;
  readonly form: Form;
  readonly look: string | readonly string[];
  readonly leaves?: string;
  readonly again?: string;
}

export interface Chapter<Code extends string = string> {
  readonly title: string;
  readonly explanations: { readonly [Each in Code]: Explanation };
}

/** Makes a chapter of what is written, code by code. */
export function chapter<const Code extends string>(
  words: ChapterWords,
  entries: { readonly [Each in Code]: Written },
): Chapter<Code> {
  const codes = Object.keys(entries) as Code[];
  const explained = codes.map((code) => [code, explain(code, entries[code], words)] as const);
  return {
    title: words.title,
    explanations: Object.fromEntries(explained) as { readonly [Each in Code]: Explanation },
  };
}

function explain(code: string, written: Written, words: ChapterWords): Explanation {
  const kinds = listOf(written.kind);
  return {
    code,
    title: written.title,
    form: kinds.length > 0 ? 'failure' : words.form,
    kinds,
    causes: listOf(written.because),
    evidence: listOf(written.look ?? words.look),
    wayOut: listOf(written.wayOut),
    leaves: written.leaves ?? words.leaves ?? 'Nothing was changed.',
    again: written.again ?? words.again ?? againAfter(kinds),
    see: written.see ?? [],
  };
}

const listOf = <T extends string>(value: T | readonly T[] | undefined): readonly T[] =>
  value === undefined ? [] : typeof value === 'string' ? [value] : value;

const againAfter = (kinds: readonly FailureKind[]): string =>
  kinds.some(isWorthRetrying)
    ? 'Trying again later may help: it can pass by itself.'
    : 'Trying the same again does not help; something has to be changed first.';
