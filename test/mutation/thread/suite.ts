export type Run = (context?: unknown) => unknown;

export interface Case {
  readonly name: string;
  readonly run: Run;
  /** undefined: the usual one. */
  readonly limitMs: number | undefined;
}

/** A `describe`, or a file. */
export class Suite {
  readonly name: string;
  readonly within: Suite | null;
  readonly parts: (Suite | Case)[] = [];
  readonly before: Run[] = [];
  readonly after: Run[] = [];
  readonly beforeEach: Run[] = [];
  readonly afterEach: Run[] = [];

  constructor(name: string, within: Suite | null) {
    this.name = name;
    this.within = within;
  }

  get path(): readonly Suite[] {
    return [...(this.within?.path ?? []), this];
  }
}

/** What is run as a whole: one test, or those of a suite that prepares something for all of them. */
export interface Unit {
  readonly name: string;
  readonly suite: Suite;
  readonly cases: readonly { readonly of: Case; readonly in: Suite }[];
}

/** The units of a suite, in the order of their file. */
export function unitsOf(suite: Suite): readonly Unit[] {
  const name = suite.path.map((one) => one.name).join(' › ');
  if (suite.before.length + suite.after.length > 0)
    return [{ name: name === '' ? 'the whole file' : name, suite, cases: casesOf(suite) }];
  return suite.parts.flatMap((part) =>
    part instanceof Suite
      ? unitsOf(part)
      : [{ name: `${name} › ${part.name}`.replace(/^[ ›]+/u, ''), suite, cases: [{ of: part, in: suite }] }],
  );
}

const casesOf = (suite: Suite): Unit['cases'] =>
  suite.parts.flatMap((part) => (part instanceof Suite ? casesOf(part) : [{ of: part, in: suite }]));
