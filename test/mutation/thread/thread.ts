import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import fc from 'fast-check';
import { loadMutated } from './loading.ts';
import type { Answer, Covered, Measured, Order, ThreadData, Tried, UnitName } from './messages.ts';
import { runUnit } from './run-unit.ts';
import { type Unit, unitsOf } from './suite.ts';
import { Switch } from './switch.ts';
import { readTests } from './vitest.ts';

/** Tells what tests reach, and tries mutants, one after the other. A mutant that is there from the start stays. */
const { root, sources, mutants, mutant: fixed } = workerData as ThreadData;
const mutant = new Switch(mutants);
mutant.install();
mutant.turnTo(fixed);
loadMutated(sources);

// The same is made up each time: else a test that fails by what an earlier mutant left behind holds when it is asked again.
fc.configureGlobal({ seed: 1 });

// What a broken product leaves to itself fails no test by that; what matters is what the test sees.
process.on('unhandledRejection', () => undefined);
process.on('uncaughtException', () => undefined);

const read = new Map<string, readonly Unit[]>();

async function unitsIn(file: string): Promise<readonly Unit[]> {
  const known = read.get(file);
  if (known !== undefined) return known;
  const units = unitsOf(await readTests(() => import(pathToFileURL(join(root, file)).href)));
  read.set(file, units);
  return units;
}

/** A file that does not load reaches nothing. */
async function cover(file: string): Promise<Covered> {
  const units: Measured[] = [];
  mutant.takeSeen();
  try {
    await unitsIn(file);
  } catch (thrown) {
    return { file, loading: [], units: [{ name: file, tookMs: 0, problem: String(thrown), reached: [] }] };
  }
  const loading = mutant.takeSeen();
  for (const unit of await unitsIn(file)) {
    mutant.takeSeen();
    const startedMs = performance.now();
    const problem = await runUnit(unit);
    units.push({
      name: unit.name,
      tookMs: performance.now() - startedMs,
      problem,
      reached: mutant.takeSeen(),
    });
  }
  return { file, loading, units };
}

async function problemOf({ file, index }: UnitName): Promise<string | null> {
  try {
    const unit = (await unitsIn(file))[index];
    return unit === undefined ? 'There are not as many tests.' : await runUnit(unit);
  } catch (thrown) {
    return `${file} does not load: ${String(thrown)}`;
  }
}

async function tryOn(id: number, units: readonly UnitName[]): Promise<Tried> {
  for (const unit of units) {
    tell({ kind: 'began', unit });
    mutant.turnTo(id);
    const problem = (await problemOf(unit)) ?? (mutant.isEndless ? 'It never ends.' : null);
    mutant.turnTo(fixed);
    if (problem === null) continue;
    const isDoubtful = fixed === -1 && (await problemOf(unit)) !== null;
    return { foundBy: unit, why: problem, isDoubtful };
  }
  return { foundBy: null, why: '', isDoubtful: false };
}

const tell = (answer: Answer): void => parentPort?.postMessage(answer, []);

async function follow(order: Order): Promise<void> {
  if (order.kind === 'cover') tell({ kind: 'covered', covered: await cover(order.file) });
  else tell({ kind: 'tried', tried: await tryOn(order.mutant, order.units) });
}

parentPort?.on('message', (order: Order) => void follow(order));
