import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { silentLog } from '../../src/domain/log.ts';
import type { EnvironmentName } from '../../src/domain/ids.ts';
import { systemClock } from '../../src/engine/clock.ts';
import { declareProject } from '../../src/lifecycle/declare/accept.ts';
import { openPostgres } from '../../src/store/postgres/store.ts';
import { resetStatements, statementsSince } from './kit/counted-postgres.ts';
import { environmentNames, openLargePlane, owner, parsedProject } from './kit/large-plane.ts';
import { partsOver } from './kit/parts.ts';
import { watch } from './kit/process-figures.ts';
import { row, sized, subject } from './row.ts';

const environments = sized(1_000, 40);
const watchMs = sized(60_000, 3_000);

subject({
  title: 'Many agents',
  about: `One control plane, PostgreSQL, and ${environments} agents with keys of their own over their sockets, that do nothing but follow the protocol.`,
});

await using plane = await openLargePlane();
await plane.declare(environments);
await using control = await plane.start();
const alone = await watch(control.pid, sized(10_000, 1_000));
const names = environmentNames(environments);
const agents = fork(join(import.meta.dirname, 'kit', 'many-agents.ts'), [plane.data.environments, ...names]);
using _agents = { [Symbol.dispose]: () => void agents.kill() };

interface Told {
  readonly toldAtMs: number;
}

async function toldOf(revision: number): Promise<Told> {
  agents.send({ revision });
  const [told] = (await once(agents, 'message')) as [Told];
  return told;
}

const connectingMs = systemClock.monotonicMs();
const connected = await toldOf(1);
row({
  what: `all ${environments} connect at once`,
  figure: (connected.toldAtMs - connectingMs) / 1000,
  unit: 's',
});

await quiet();
await resetStatements(plane.database);
const [idle, database] = await Promise.all([watch(control.pid, watchMs), watchStatements()]);
row({
  what: `${environments} connected, nothing to do: processor`,
  figure: idle.cpuPercent,
  unit: '% of a core',
  beside: { what: 'with none connected', figure: alone.cpuPercent },
  reach: { text: '≤ 2 %', holds: idle.cpuPercent <= 2 },
});
row({
  what: `${environments} connected, nothing to do: memory`,
  figure: idle.memoryMb,
  unit: 'MB',
  beside: { what: 'with none connected', figure: alone.memoryMb },
  reach: { text: '≤ 300 MB', holds: idle.memoryMb <= 300 },
});
row({
  what: `${environments} connected, nothing to do: statements to the database`,
  figure: database.callsPerSecond,
  unit: '/s',
  reach: { text: '≤ 10', holds: database.callsPerSecond <= 10 },
  note: `${database.msPerSecond.toFixed(2)} ms of the database’s time a second`,
});

const change = await changeAll();
const told = await toldOf(2);
row({
  what: `one change that touches ${environments}: from its commit until the last agent is told`,
  figure: told.toldAtMs - change.committedAtMs,
  unit: 'ms',
  reach: { text: '≤ 2 s', holds: told.toldAtMs - change.committedAtMs <= 2_000 },
  note: `a new project file is accepted for all of them, in one transaction of ${(change.tookMs / 1000).toFixed(1)} s`,
});

/** Until the last of the agents has told, signed and been heard, and the database says nothing new. */
async function quiet(): Promise<void> {
  for (;;) {
    await resetStatements(plane.database);
    await systemClock.sleep(sized(10_000, 1_000));
    const { calls } = await statementsSince(plane.database);
    if (calls < sized(200, 100)) return;
  }
}

async function watchStatements(): Promise<{ readonly callsPerSecond: number; readonly msPerSecond: number }> {
  await systemClock.sleep(watchMs);
  const { calls, ms } = await statementsSince(plane.database);
  return { callsPerSecond: calls / (watchMs / 1000), msPerSecond: ms / (watchMs / 1000) };
}

/** By a second control plane's words, as `rung up` beside a changed file says them. */
async function changeAll(): Promise<{ readonly committedAtMs: number; readonly tookMs: number }> {
  const clock = systemClock;
  const { store } = await openPostgres({ url: plane.postgres.url, clock, log: silentLog });
  const parts = partsOver(store);
  const parsed = parsedProject(environments, ', purpose: "measured again"');
  const by = { kind: 'person', id: owner } as const;
  const keys: Readonly<Record<EnvironmentName, { signing: string; sealing: string }>> = {};
  const beganMs = clock.monotonicMs();
  await declareProject(parts, { ...parsed, branch: 'main', keys, by });
  const committedAtMs = clock.monotonicMs();
  await store.close();
  return { committedAtMs, tookMs: committedAtMs - beganMs };
}
