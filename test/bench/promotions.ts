import { fork } from 'node:child_process';
import { join } from 'node:path';
import { digestOf } from '../../src/domain/canonical.ts';
import type { ProjectId } from '../../src/domain/ids.ts';
import { silentLog } from '../../src/domain/log.ts';
import { systemClock } from '../../src/engine/clock.ts';
import { createControlPlane } from '../../src/lifecycle/control-plane.ts';
import type { Caller } from '../../src/lifecycle/face.ts';
import { openPostgres } from '../../src/store/postgres/store.ts';
import { resetStatements, statementsSince } from './kit/counted-postgres.ts';
import type { WrittenTransaction } from './kit/decoded.ts';
import { environmentNames, openLargePlane, owner } from './kit/large-plane.ts';
import { partsOver } from './kit/parts.ts';
import { cpuMs } from './kit/process-figures.ts';
import { Promoting } from './kit/promoting.ts';
import { writeAgain } from './kit/write-again.ts';
import { keepWritten, takeWritten, type Written } from './kit/written.ts';
import { median, row, sized, subject } from './row.ts';

const lanes = sized(4, 2);
const warmUps = sized(10, 1);
const releasesEach = { together: sized(60, 3), alone: sized(120, 4) };
const bareRuns = sized(3, 1);
const reachRatio = 0.4;

subject({
  title: 'Promotions',
  about: `From the call that asks for it until a page hears that it is through: one control plane as a process of its own, PostgreSQL that waits for the disk, and agents that answer at once, each with keys of its own over its socket. Beside it, the same rows in as many transactions, written by plain statements to a copy of the same database on the same server, over as many connections as promotions are under way at a time.`,
});

/** Each of the first rungs has three above it, as on other ladders; nothing goes there. */
const environments = environmentNames(4 * lanes);
const firstRungs = environments.filter((name) => name.startsWith('dev'));

await using plane = await openLargePlane({ wal_level: 'logical' });
await plane.declare(environments.length);
await using agents = new AsyncDisposableStack();
let made = 0;
await firstRelease();
await measured('one after the other', firstRungs.slice(0, 1), releasesEach.alone);
await measured(`${lanes} at a time`, firstRungs, releasesEach.together);

/** Everybody was heard and every first rung runs something: from here on rows are changed that are there. */
async function firstRelease(): Promise<void> {
  await using control = await plane.start();
  const child = fork(join(import.meta.dirname, 'kit', 'many-agents.ts'), [
    plane.data.environments,
    ...firstRungs,
  ]);
  agents.defer(() => void child.kill());
  await using promoting = new Promoting(control);
  const [version = ''] = await released(control.project, 1);
  await promoting.climb([version], firstRungs);
}

/** So many new releases, by a second control plane's words; each differs from those before. */
async function released(project: ProjectId, count: number): Promise<readonly string[]> {
  const { store } = await openPostgres({ url: plane.postgres.url, clock: systemClock, log: silentLog });
  const control = createControlPlane(partsOver(store));
  const by: Caller = { actor: { kind: 'person', id: owner }, scopes: 'all', person: owner };
  const versions: string[] = [];
  for (const last = made + count; made < last; made += 1) {
    const tree = digestOf(`tree ${made}`).slice(-40);
    const services = { web: { artifact: digestOf(tree) } };
    const commits = [{ id: tree, message: 'feat: more', author: 'ada' }];
    const ask = { tree, commit: tree, branch: 'main', services, commits };
    versions.push((await control.createRelease(project, ask, by)).version);
  }
  await store.close();
  return versions;
}

interface Run extends Written {
  readonly tookMs: number;
  readonly controlCpuMs: number;
  readonly statements: number;
}

async function promoted(to: readonly string[], count: number): Promise<Run> {
  await using control = await plane.start();
  await using promoting = new Promoting(control);
  const versions = await released(control.project, warmUps + count);
  await promoting.climb(versions.slice(0, warmUps), to);
  await quiet();
  await keepWritten(plane.database);
  await resetStatements(plane.database);
  const before = { cpuMs: cpuMs(control.pid), ms: systemClock.monotonicMs() };
  await promoting.climb(versions.slice(warmUps), to);
  const tookMs = systemClock.monotonicMs() - before.ms;
  const controlCpuMs = cpuMs(control.pid) - before.cpuMs;
  const { calls } = await statementsSince(plane.database);
  return { tookMs, controlCpuMs, statements: calls, ...(await takeWritten(plane.database)) };
}

/** What the last promotion left to do, and signatures of agents, are no part of the next. */
async function quiet(): Promise<void> {
  for (let calls = Number.POSITIVE_INFINITY; calls > 20; ) {
    await resetStatements(plane.database);
    await systemClock.sleep(sized(3_000, 500));
    ({ calls } = await statementsSince(plane.database));
  }
}

async function measured(what: string, to: readonly string[], count: number): Promise<void> {
  const promotions = to.length * count;
  await using copies = await copied(bareRuns);
  const run = await promoted(to, count);
  const bareMs: number[] = [];
  for (const url of copies.urls)
    bareMs.push(await writeAgain({ url, transactions: run.transactions, connections: to.length, tells }));
  const perSecond = (ms: number): number => promotions / (ms / 1000);
  const figure = perSecond(run.tookMs);
  const bare = perSecond(median(bareMs));
  const each = (sum: number): number => sum / promotions;
  const rows = run.transactions.reduce((sum, one) => sum + one.length, 0);
  row({
    what: `promotions, ${what}`,
    figure,
    unit: 'promotions/s',
    beside: { what: 'the same rows by bare transactions', figure: bare },
    commits: each(run.transactions.length),
    reach: { text: `≥ ${reachRatio} ×`, holds: figure / bare >= reachRatio },
    note: `${each(rows).toFixed(0)} rows of ${(each(run.bytes) / 1000).toFixed(0)} kB in all, ${each(run.statements).toFixed(0)} statements, ${each(run.controlCpuMs).toFixed(1)} ms of the control plane’s processor`,
  });
}

/** Who appends an event, gives it its place or puts a wake-up says so. */
function tells(transaction: WrittenTransaction): boolean {
  return transaction.some(
    ({ table, action }) =>
      table === 'public.events' || (table === 'graphile_worker._private_jobs' && action === 'INSERT'),
  );
}

interface Copies extends AsyncDisposable {
  readonly urls: readonly string[];
}

/** Of the database as it is while no control plane runs. */
async function copied(count: number): Promise<Copies> {
  const names = Array.from({ length: count }, (_, index) => `bare_${index}`);
  for (const name of names) await plane.database.query(`create database ${name} template rung`);
  return {
    urls: names.map((name) => Object.assign(new URL(plane.postgres.url), { pathname: `/${name}` }).href),
    [Symbol.asyncDispose]: async () => {
      for (const name of names) await plane.database.query(`drop database ${name} with (force)`);
    },
  };
}
