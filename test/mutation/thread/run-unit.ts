import { setTimeout as wait } from 'node:timers/promises';
import type { Run, Unit } from './suite.ts';
import { takeFinishing } from './vitest.ts';

/** The usual limit of a test that waits for something that does not come. */
const limitMs = 45_000;
/** The usual limit of what undoes a test. */
const undoingMs = 10_000;

/** Runs its tests in order, until one fails; tells why. null: all hold. */
export async function runUnit(unit: Unit): Promise<string | null> {
  try {
    await runCases(unit);
    return null;
  } catch (thrown) {
    return thrown instanceof Error ? thrown.message : String(thrown);
  }
}

async function runCases({ suite, cases }: Unit): Promise<void> {
  const cleanUp: Run[] = [];
  try {
    for (const { before, after } of suite.path) {
      cleanUp.push(...after);
      for (const run of before) keep(cleanUp, await run());
    }
    for (const one of cases) await runCase(one);
  } finally {
    for (const run of cleanUp.toReversed()) await quietly(run);
  }
}

async function runCase({ of, in: suite }: Unit['cases'][number]): Promise<void> {
  const cleanUp: Run[] = [];
  try {
    for (const { beforeEach, afterEach } of suite.path) {
      cleanUp.push(...afterEach);
      for (const run of beforeEach) keep(cleanUp, await run());
    }
    await inTime(of.run, of.limitMs ?? limitMs);
  } finally {
    for (const run of [...cleanUp, ...takeFinishing()].toReversed()) await quietly(run);
  }
}

/** A preparation may answer with what undoes it. */
function keep(cleanUp: Run[], answer: unknown): void {
  if (typeof answer === 'function') cleanUp.push(answer as Run);
}

async function inTime(run: Run, limit: number): Promise<void> {
  const ended = new AbortController();
  const tooLong = wait(limit, undefined, { signal: ended.signal, ref: false }).then(
    () => {
      throw new TooLong(`It takes longer than ${limit} ms.`);
    },
    () => undefined,
  );
  const running = Promise.resolve(run({ skip: () => undefined }));
  try {
    await Promise.race([running, tooLong.then(() => running)]);
  } finally {
    ended.abort();
  }
}

class TooLong extends Error {}

/** The product may be broken: what undoes a test may fail with it. What never ends fails the test, as it would without us. */
async function quietly(run: Run): Promise<void> {
  try {
    await inTime(run, undoingMs);
  } catch (thrown) {
    if (thrown instanceof TooLong) throw thrown;
  }
}
