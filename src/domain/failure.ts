/**
 * What is thrown when something did not work. Expected outcomes are returned values instead. The kind alone
 * decides retry, HTTP status, exit code and metric label; the code names the one thing that happened.
 */
export const failureKinds = [
  'invalid',
  'denied',
  'absent',
  'conflict',
  'limited',
  'unavailable',
  'interrupted',
  'defect',
] as const;
export type FailureKind = (typeof failureKinds)[number];

/** Where in a file something is wrong. Lines and columns start at 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** One thing that is wrong with an input, and what to write instead. */
export interface Problem {
  readonly message: string;
  readonly instead?: string;
  readonly place?: Place;
  /** JSON pointer into the input, where there is one. */
  readonly pointer?: string;
}

export interface FailureDetail {
  /** What the person can do next, as a sentence. */
  readonly wayOut?: string;
  readonly problems?: readonly Problem[];
  readonly cause?: unknown;
  /** Further facts for a machine; never a secret. */
  readonly facts?: Readonly<Record<string, unknown>>;
}

export class Failure extends Error {
  override readonly name = 'Failure';
  readonly kind: FailureKind;
  /** Kebab case, stable for ever, for example `release-unknown`. */
  readonly code: string;
  readonly wayOut: string | undefined;
  readonly problems: readonly Problem[];
  readonly facts: Readonly<Record<string, unknown>>;

  constructor(kind: FailureKind, code: string, message: string, detail: FailureDetail = {}) {
    super(message, detail.cause === undefined ? undefined : { cause: detail.cause });
    this.kind = kind;
    this.code = code;
    this.wayOut = detail.wayOut;
    this.problems = detail.problems ?? [];
    this.facts = detail.facts ?? {};
  }
}

export const isFailure = (thrown: unknown): thrown is Failure => thrown instanceof Failure;

/** Whether the system says so of a disk without space, or of a user whose share of it is used up. */
export const isDiskFull = (thrown: unknown): boolean =>
  thrown instanceof Error && 'code' in thrown && (thrown.code === 'ENOSPC' || thrown.code === 'EDQUOT');

/** Whether trying the same thing again later may work without anyone changing anything. */
export const isWorthRetrying = (kind: FailureKind): boolean =>
  kind === 'unavailable' || kind === 'interrupted' || kind === 'limited';

const statuses: Record<FailureKind, number> = {
  invalid: 422,
  denied: 403,
  absent: 404,
  conflict: 409,
  limited: 429,
  unavailable: 503,
  interrupted: 503,
  defect: 500,
};
export const httpStatusOf = (kind: FailureKind): number => statuses[kind];

/** Exit codes start at 10 so that a shell's own (1, 2, 126 to 165) are never mistaken for one of ours. */
export const exitCodeOf = (kind: FailureKind): number => 10 + failureKinds.indexOf(kind);
