import type { Kysely } from 'kysely';
import type { Log } from '../../domain/log.ts';
import type { Clock } from '../../engine/clock.ts';
import type { Queue } from '../../engine/queue.ts';
import type { Store, WakeUp } from '../../engine/store.ts';
import { chainEvents } from './chain.ts';
import { addCheckpoint, countersign, lastCheckpoint, listCheckpoints } from './checkpoints.ts';
import { connect } from './connection.ts';
import { eventsAfter, eventsBefore, expirePayloads, headOf } from './events.ts';
import { countHeard } from './heard.ts';
import { Listener } from './listener.ts';
import { migrate } from './migrate.ts';
import { PostgresQueue } from './queue.ts';
import { type Reach, createReach } from './reach.ts';
import { listProjects } from './records.ts';
import { type InTransaction, inReading, transactions } from './transaction.ts';
import type { Tables } from './schema.ts';
import type { Transacting } from './transacting.ts';
import { rememberUnchanging, type Unchanging } from './unchanging.ts';

export interface PostgresStoreParts {
  /** With its password: never printed. */
  readonly url: string;
  readonly clock: Clock;
  readonly log: Log;
  /** From where a control plane works on it; left out where none does. */
  readonly home?: string;
}

/**
 * Store and queue on one PostgreSQL, which is brought up to date first. Throws unavailable `database-away` when it
 * cannot be reached now; once open, each call does so while it is away, and all comes back by itself.
 */
export async function openPostgres(
  parts: PostgresStoreParts,
): Promise<{ readonly store: Store; readonly queue: Queue }> {
  const { url, clock, log } = parts;
  await migrate(url);
  const listener = new Listener(url, clock, log, parts.home ?? null);
  await listener.open();
  const { db, transacting, close } = connect(url, log);
  const unchanging = rememberUnchanging();
  const inTransaction = transactions(transacting, clock, unchanging);
  const wake = (wakeUp: WakeUp): Promise<void> => inTransaction((tx) => tx.wake([wakeUp]));
  const queue = new PostgresQueue({ url, clock, log, listener, wake });
  const reach = createReach(clock, log);
  return {
    store: storeOver({ db, transacting, close, inTransaction, unchanging, listener, queue, reach }),
    queue,
  };
}

interface OpenStore {
  readonly db: Kysely<Tables>;
  readonly transacting: Transacting;
  readonly close: () => Promise<void>;
  readonly inTransaction: InTransaction;
  readonly unchanging: Unchanging;
  readonly listener: Listener;
  readonly queue: Queue;
  readonly reach: Reach;
}

const storeOver = ({
  db,
  transacting,
  close,
  inTransaction,
  unchanging,
  listener,
  queue,
  reach,
}: OpenStore): Store => ({
  transaction: (work) => reach(() => inTransaction(work)),
  read: (work) => reach(() => inReading(transacting, unchanging, work)),
  events: (project, after, limit, filter) => reach(() => eventsAfter(db, project, after, limit, filter)),
  eventsBefore: (project, before, limit, filter) =>
    reach(() => eventsBefore(db, project, before, limit, filter)),
  head: (project) => reach(() => headOf(db, project)),
  chain: (project) => reach(() => chainEvents(transacting, project)),
  expirePayloads: (project, before, limit) => reach(() => expirePayloads(db, project, before, limit)),
  checkpoints: (project, page) => reach(() => listCheckpoints(db, project, page)),
  lastCheckpoint: (project, upTo) => reach(() => lastCheckpoint(db, project, upTo)),
  addCheckpoint: (project, checkpoint) => reach(() => addCheckpoint(db, project, checkpoint)),
  countersign: (project, signed) => reach(() => countersign(db, project, signed)),
  heard: (agents) => reach(() => countHeard(db, agents)),
  projects: () => reach(() => listProjects(db)),
  onChained: (project, call) =>
    listener.on((news) => {
      if (news.kind === 'resync') call(null);
      if (news.kind === 'chained' && news.project === project) call(news.what);
    }),
  onAppended: (call) =>
    listener.on((news) => {
      if (news.kind === 'appended') call(news.project, news.kinds);
      if (news.kind === 'resync') callForAll(db, call);
    }),
  hearing: () => listener.hearing(),
  close: async () => {
    await queue.stop();
    await listener.close();
    await close();
  },
});

/** After a gap nobody knows which projects have something new. */
function callForAll(db: Kysely<Tables>, call: Parameters<Store['onAppended']>[0]): void {
  listProjects(db).then(
    (projects) => projects.forEach(({ id }) => call(id, null)),
    () => {
      // Away again: the next resync asks anew.
    },
  );
}
