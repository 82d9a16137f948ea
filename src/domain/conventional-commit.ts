/** What a commit message says of its change (conventionalcommits.org 1.0.0). */
export interface ConventionalCommit {
  readonly kind: 'feature' | 'fix' | 'other';
  readonly breaking: boolean;
  readonly scope: string | null;
  /** The first line without type and scope. */
  readonly text: string;
}

/** Reads any message: one that does not follow the convention is `other`. */
export function readCommitMessage(message: string): ConventionalCommit {
  const [firstLine = ''] = message.trimStart().split(/\r?\n/);
  const [, type, scope, bang, text] = /^([a-z]+)(?:\(([^()]*)\))?(!)?: +(.+)/is.exec(firstLine) ?? [];
  return {
    kind: kinds.get(type?.toLowerCase()) ?? 'other',
    breaking: bang !== undefined || /^BREAKING[ -]CHANGE: /m.test(message),
    scope: scope || null,
    text: (text ?? firstLine).trim(),
  };
}

const kinds: ReadonlyMap<string | undefined, ConventionalCommit['kind']> = new Map([
  ['feat', 'feature'],
  ['feature', 'feature'],
  ['fix', 'fix'],
] as const);
