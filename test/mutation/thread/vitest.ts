import { Suite, type Case, type Run } from './suite.ts';

/**
 * Stands in for vitest in a thread that tries mutants: the tests are read once, and run as often as there are mutants to try, without anything
 * being loaded again. What vitest offers and no test of ours uses is not here.
 */
export { expect } from 'vitest';

let suite = new Suite('', null);
let finishing: Run[] = [];

/** The tests that `load` declares. */
export async function readTests(load: () => Promise<unknown>): Promise<Suite> {
  suite = new Suite('', null);
  await load();
  return suite;
}

/** What a test asked to be done at its end. */
export function takeFinishing(): readonly Run[] {
  const taken = finishing;
  finishing = [];
  return taken;
}

type Options = { readonly timeout?: number } | number;
type Declare = (name: string, first?: Run | Options, second?: Run | Options) => void;
type Table = (rows: readonly unknown[]) => (name: string, ...rest: readonly (Run | Options)[]) => void;
type Declares = Declare & { readonly each: Table; readonly skipIf: (skips: unknown) => Declare };

const isRun = (value: unknown): value is Run => typeof value === 'function';

function readCase(name: string, given: readonly unknown[]): Case | null {
  const run = given.find(isRun);
  const options = given.find((one) => typeof one === 'object' || typeof one === 'number') as
    | Options
    | undefined;
  const limitMs = typeof options === 'number' ? options : options?.timeout;
  return run === undefined ? null : { name, run, limitMs };
}

const declareCase: Declare = (name, ...given) => {
  const read = readCase(name, given);
  if (read !== null) suite.parts.push(read);
};

const declareSuite: Declare = (name, ...given) => {
  const outer = suite;
  suite = new Suite(name, outer);
  outer.parts.push(suite);
  // A describe is synchronous: what it declares is there when it returns.
  given.find(isRun)?.();
  suite = outer;
};

const leaveOut: Declare = () => undefined;

/** A row that is a list is given as arguments, any other as one. */
function eachOf(declare: Declare): Table {
  return (rows) =>
    (name, ...rest) => {
      for (const [index, row] of rows.entries()) {
        const given = rest.map((one) =>
          isRun(one) ? (): unknown => Reflect.apply(one, null, argumentsOf(row)) : one,
        );
        declare(`${name} #${index + 1}`, ...given);
      }
    };
}

const argumentsOf = (row: unknown): readonly unknown[] => (Array.isArray(row) ? (row as unknown[]) : [row]);

const declares = (declare: Declare): Declares =>
  Object.assign((...given: Parameters<Declare>) => declare(...given), {
    each: eachOf(declare),
    skipIf: (skips: unknown) => (skips ? leaveOut : declare),
  });

export const it = declares(declareCase);
export const describe = declares(declareSuite);
export const beforeAll = (run: Run): void => void suite.before.push(run);
export const afterAll = (run: Run): void => void suite.after.push(run);
export const beforeEach = (run: Run): void => void suite.beforeEach.push(run);
export const afterEach = (run: Run): void => void suite.afterEach.push(run);
export const onTestFinished = (run: Run): void => void finishing.push(run);
