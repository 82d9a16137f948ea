import type { ProjectId } from '../../src/domain/ids.ts';
import { silentLog } from '../../src/domain/log.ts';
import { systemClock } from '../../src/engine/clock.ts';
import { uuidAt } from '../../src/engine/uuid.ts';
import { openPostgres } from '../../src/store/postgres/store.ts';
import { anEvent } from '../kit/audit.ts';
import { testDatabase } from '../kit/postgres.ts';
import { median, quantile, row, sized, subject } from './row.ts';

const rounds = sized(200, 20);
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
  const at = (share: number): string => quantile(took, share).toFixed(2);
  row({
    what: `${name}, median`,
    figure: median(took),
    unit: 'ms',
    note: `p95 ${at(0.95)} ms, worst ${at(1)} ms`,
  });
}

subject({
  title: 'The store',
  about:
    'How long single things take on a real PostgreSQL on the same machine, without waiting for the disk.',
});

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
