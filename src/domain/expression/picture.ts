/**
 * What a team's own rule can look at, field by field. Whole numbers are `bigint`, times are `Date`: so the language
 * tells them from decimals and texts. Instances of these classes are made by the chapter that knows the facts.
 */
export class TestsSeen {
  declare readonly total: bigint;
  declare readonly passed: bigint;
  declare readonly failed: bigint;
  declare readonly errors: bigint;
  declare readonly skipped: bigint;
  declare readonly flaky: bigint;
}

export class CoverageSeen {
  /** Of lines, 0 to 1. */
  declare readonly ratio: number;
  declare readonly lines: bigint;
}

export class ScanSeen {
  declare readonly critical: bigint;
  declare readonly high: bigint;
  declare readonly medium: bigint;
  declare readonly low: bigint;
}

export class ReviewSeen {
  declare readonly approvedBy: readonly string[];
  declare readonly requestedChanges: readonly string[];
}

/** By the name under which each piece was handed over. */
export class EvidenceSeen {
  declare readonly tests: Readonly<Record<string, TestsSeen>>;
  declare readonly coverage: Readonly<Record<string, CoverageSeen>>;
  declare readonly scan: Readonly<Record<string, ScanSeen>>;
  declare readonly count: Readonly<Record<string, bigint>>;
  declare readonly review: Readonly<Record<string, ReviewSeen>>;
}

export class NoteSeen {
  declare readonly kind: string;
  declare readonly text: string;
}

export class ReleaseSeen {
  declare readonly version: string;
  declare readonly tree: string;
  declare readonly commit: string;
  declare readonly branch: string;
  declare readonly services: readonly string[];
  declare readonly notes: readonly NoteSeen[];
  declare readonly createdAt: Date;
  declare readonly createdBy: string;
}

export class EnvironmentSeen {
  declare readonly name: string;
  declare readonly tier: string;
  /** What runs there as a whole; empty where nothing does, or services differ. */
  declare readonly version: string;
}

export class ApprovalSeen {
  declare readonly by: string;
  declare readonly roles: readonly string[];
  declare readonly at: Date;
}

/** The names at the top of every rule. */
export interface Picture {
  readonly release: ReleaseSeen;
  /** The environment before the target; its fields are empty on the first step. */
  readonly source: EnvironmentSeen;
  readonly target: EnvironmentSeen;
  readonly evidence: EvidenceSeen;
  /** The state of each other gate of the step: passed, missing, failed, waits or waived. */
  readonly gates: Readonly<Record<string, string>>;
  readonly approvals: readonly ApprovalSeen[];
  /** Who asks for the promotion. */
  readonly requester: string;
  readonly now: Date;
}

/** One of the classes above, with its fields filled in. */
export const seen = <T extends object>(shape: new () => T, fields: T): T =>
  Object.assign(new shape(), fields);

const time = 'google.protobuf.Timestamp';

type Fields<T> = Readonly<Record<keyof T, string>>;

/** How the language calls each class and its fields. */
export const types: readonly {
  readonly name: string;
  readonly ctor: new () => object;
  readonly fields: Readonly<Record<string, string>>;
}[] = [
  typed('Tests', TestsSeen, {
    total: 'int',
    passed: 'int',
    failed: 'int',
    errors: 'int',
    skipped: 'int',
    flaky: 'int',
  }),
  typed('Coverage', CoverageSeen, { ratio: 'double', lines: 'int' }),
  typed('Scan', ScanSeen, { critical: 'int', high: 'int', medium: 'int', low: 'int' }),
  typed('Review', ReviewSeen, { approvedBy: 'list<string>', requestedChanges: 'list<string>' }),
  typed('Evidence', EvidenceSeen, {
    tests: 'map<string, Tests>',
    coverage: 'map<string, Coverage>',
    scan: 'map<string, Scan>',
    count: 'map<string, int>',
    review: 'map<string, Review>',
  }),
  typed('Note', NoteSeen, { kind: 'string', text: 'string' }),
  typed('Release', ReleaseSeen, {
    version: 'string',
    tree: 'string',
    commit: 'string',
    branch: 'string',
    services: 'list<string>',
    notes: 'list<Note>',
    createdAt: time,
    createdBy: 'string',
  }),
  typed('Environment', EnvironmentSeen, { name: 'string', tier: 'string', version: 'string' }),
  typed('Approval', ApprovalSeen, { by: 'string', roles: 'list<string>', at: time }),
];

export const roots: Fields<Picture> = {
  release: 'Release',
  source: 'Environment',
  target: 'Environment',
  evidence: 'Evidence',
  gates: 'map<string, string>',
  approvals: 'list<Approval>',
  requester: 'string',
  now: time,
};

/** The most entries that a list or a map of this name has; a picture with more is not looked at. */
export const mostEntries: Readonly<Record<string, number>> = {
  notes: 500,
  services: 50,
  approvals: 100,
  roles: 50,
  gates: 50,
  tests: 100,
  coverage: 100,
  scan: 100,
  count: 100,
  review: 100,
  approvedBy: 100,
  requestedChanges: 100,
};
/** Characters of a text in the picture. */
export const mostCharacters = 256;

function typed<T extends object>(name: string, ctor: new () => T, fields: Fields<T>) {
  return { name, ctor, fields };
}
