/** What a laptop's `rung up` costs while nothing happens: the example project, once its first release serves. */
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { systemClock } from '../../src/engine/clock.ts';
import { Rung } from '../endurance/rung.ts';
import { openCountedPostgres, resetStatements, statementsSince } from './kit/counted-postgres.ts';
import {
  childrenOf,
  cpuMs,
  cpuOfAllMs,
  memoryMb,
  type Resident,
  resident,
  sumOfLiving,
} from './kit/process-figures.ts';
import { row, sized, subject } from './row.ts';

/** Until what a start left to do is done, and what it left in memory was looked through. */
const restMs = sized(45_000, 3_000);
const watchMs = sized(60_000, 5_000);
const example = fileURLToPath(new URL('../../examples/ladder/', import.meta.url));

subject({
  title: 'Idle',
  about: `\`rung up\` on the example project of four environments and two services, whose first release serves in two of them, over ${watchMs / 1000} s in which nobody asks for anything. Memory is what is resident, with what all our programs share.`,
});

/** The project file and the services, without what the story does to them later. */
async function exampleFiles(): Promise<Readonly<Record<string, string>>> {
  const services = await readdir(join(example, 'services'), { recursive: true, withFileTypes: true });
  const paths = services
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(example, join(parentPath, name)));
  const files = ['rung.yaml', ...paths].map(
    async (path) => [path, await readFile(join(example, path), 'utf8')] as const,
  );
  return Object.fromEntries(await Promise.all(files));
}

interface Idle extends Resident {
  /** Of one core. */
  readonly cpuPercent: number;
}

interface Process {
  readonly name: string;
  readonly pid: number;
}

/** Of many processes, whose memory is counted by each one's share of what they have together. */
const postgres = 'PostgreSQL';
const bareNode = 'a Node that does nothing';

const cpuOf = ({ name, pid }: Process): number => (name === postgres ? cpuOfAllMs(pid) : cpuMs(pid));

function memoryOf({ name, pid }: Process): Resident {
  if (name !== postgres) return resident(pid);
  const all = [pid, ...childrenOf(pid)];
  return {
    residentMb: sumOfLiving(all, memoryMb),
    ownMb: sumOfLiving(all, (one) => resident(one).ownMb),
  };
}

/** All over the same time. */
async function watchAll(processes: readonly Process[]): Promise<ReadonlyMap<string, Idle>> {
  const before = processes.map(cpuOf);
  const beganMs = systemClock.monotonicMs();
  await systemClock.sleep(watchMs);
  const tookMs = systemClock.monotonicMs() - beganMs;
  return new Map(
    processes.map((one, index) => {
      const spentMs = cpuOf(one) - (before[index] ?? 0);
      return [one.name, { cpuPercent: (spentMs / tookMs) * 100, ...memoryOf(one) }];
    }),
  );
}

async function processesOf(rung: Rung, server: number, bare: number): Promise<readonly Process[]> {
  const programs = await rung.programs();
  const inner = await rung.inner();
  const up = rung.ups.at(-1)?.process.pid;
  const pids: Readonly<Record<string, number | undefined>> = {
    'control plane': programs['control-plane'],
    'agent of dev': programs['agent-dev'],
    'agent of prod': programs['agent-prod'],
    'gateway of dev': await rung.gatewayPid('dev'),
    'room of dev': inner['dev/room'],
    builder: programs['builder'],
    supervisor: up,
    [bareNode]: bare,
    [postgres]: server,
  };
  const missing = Object.entries(pids).filter(([, pid]) => pid === undefined);
  if (missing.length > 0) throw new Error(`not running: ${missing.map(([name]) => name).join(', ')}`);
  return Object.entries(pids).map(([name, pid]) => ({ name, pid: pid ?? 0 }));
}

/** Those that have to be light, with how much they may take. */
const reaches: Readonly<Record<string, { readonly cpuPercent: number; readonly residentMb: number }>> = {
  'control plane': { cpuPercent: 1, residentMb: 160 },
  'agent of dev': { cpuPercent: 1, residentMb: 80 },
  'agent of prod': { cpuPercent: 1, residentMb: 80 },
};

function rowsOf(name: string, { cpuPercent, residentMb, ownMb }: Idle, bareMb: number): void {
  const reach = reaches[name];
  row({
    what: `${name}: processor`,
    figure: cpuPercent,
    unit: '% of a core',
    ...(reach && { reach: { text: `≤ ${reach.cpuPercent} %`, holds: cpuPercent <= reach.cpuPercent } }),
  });
  row({
    what: `${name}: memory`,
    figure: residentMb,
    unit: 'MB',
    note: `${ownMb.toFixed(0)} MB of it in no file`,
    ...(name !== postgres && { beside: { what: bareNode, figure: bareMb } }),
    ...(reach && { reach: { text: `≤ ${reach.residentMb} MB`, holds: residentMb <= reach.residentMb } }),
  });
}

await using stack = new AsyncDisposableStack();
const folder = await mkdtemp(join(tmpdir(), 'rung-bench-'));
stack.defer(() => rm(folder, { recursive: true, force: true }));
const { server, database } = stack.use(await openCountedPostgres(join(folder, 'postgres')));
const bare = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1e6)'], { stdio: 'ignore' });
stack.defer(() => void bare.kill());
const rung = stack.use(await Rung.prepare({ files: await exampleFiles() }));
await rung.up({ env: { DATABASE_URL: server.url } }).isReady;
await rung.merge('feat: the shop opens');
for (const name of ['dev', 'test']) await rung.runs(name, '1.0.0');
await systemClock.sleep(restMs);
await resetStatements(database);
const watched = await watchAll(await processesOf(rung, server.pid, bare.pid ?? 0));
const { calls, ms } = await statementsSince(database);
const bareMb = watched.get(bareNode)?.residentMb ?? Number.NaN;
for (const [name, idle] of watched) if (name !== bareNode) rowsOf(name, idle, bareMb);
row({
  what: 'statements to the database',
  figure: calls / (watchMs / 1000),
  unit: '/s',
  note: `${(ms / (watchMs / 1000)).toFixed(2)} ms of its time a second`,
});
