/** Prints how long things take on a real PostgreSQL: `node test/bench/store.ts`. Figures, not a test. */
import type { ProjectId } from '../../src/domain/ids.ts';
import { silentLog } from '../../src/domain/log.ts';
import { systemClock } from '../../src/engine/clock.ts';
import { uuidAt } from '../../src/engine/uuid.ts';
import { openPostgres } from '../../src/store/postgres/store.ts';
import { anEvent } from '../kit/audit.ts';
import { testDatabase } from '../kit/postgres.ts';

const rounds = 200;
const { url, drop } = await testDatabase();
const { store, queue } = await openPostgres({ url, clock: systemClock, log: silentLog });
const project = uuidAt(systemClock.now()) as ProjectId;

async function measured(name: string, round: (index: number) => Promise<void>): Promise<void> {
  const took: number[] = [];
  for (let index = 0; index < rounds; index += 1) {
    const startedMs = systemClock.monotonicMs();
    await round(index);
    took.push(systemClock.monotonicMs() - startedMs);
  }
  const sorted = took.toSorted((left, right) => left - right);
  const at = (share: number): string => (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(2);
  process.stdout.write(`${name}: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, worst ${at(0.999)} ms\n`);
}

let onChained = (): void => {};
let onWorked = (): void => {};
using _chained = store.onChained(project, () => onChained());
using _appended = store.onAppended((which) => void store.chain(which));
await queue.start(async () => onWorked());

const append = (index: number): Promise<void> =>
  store.transaction((tx) => tx.append([anEvent(`event ${index}`, { project })]));
await measured('commit of one event', append);
await measured('commit of one event until it is chained and told', async (index) => {
  const told = Promise.withResolvers<void>();
  const before = (await store.head(project)).position;
  onChained = () => {
    void store.head(project).then(({ position }) => (position > before ? told.resolve() : undefined));
  };
  await append(index);
  await told.promise;
});
await measured('wake-up asked for until it is worked on', async (index) => {
  const worked = Promise.withResolvers<void>();
  onWorked = worked.resolve;
  await store.transaction((tx) => tx.wake([{ key: `bench/${index}`, project, at: systemClock.now() }]));
  await worked.promise;
});

await store.close();
await drop();
