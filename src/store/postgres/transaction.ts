import type { Kysely } from 'kysely';
import type { Clock } from '../../engine/clock.ts';
import type { NewEvent } from '../../domain/event.ts';
import type { Reader, Transaction, WakeUp } from '../../engine/store.ts';
import { databaseBusy, readOnlyWritten, transactionAttempts } from '../failures.ts';
import type { Database } from './connection.ts';
import { appendEvents } from './events.ts';
import { addSamples, samplesAfter, takeSequence } from './evidence.ts';
import { isReadOnlyViolation, isSerializationFailure } from './failure.ts';
import { getRecord, listRecords, putRecord, removeRecord } from './records.ts';
import type { Tables } from './schema.ts';
import type { Unchanging } from './unchanging.ts';
import { addWakeUps } from './wake-ups.ts';

/** Runs work as one transaction. */
export type InTransaction = <T>(work: (tx: Transaction) => Promise<T>) => Promise<T>;

/** So often is it tried while others try, too. */
const freeAttempts = 4;

/**
 * Runs work serializably, and again from the start where it collided with another, after a pause of random length. Those
 * that collide again and again take turns: of many that want the same at once, each would make the others begin anew.
 */
export function transactions(db: Database, clock: Clock, unchanging: Unchanging): InTransaction {
  let lastTurn: Promise<unknown> = Promise.resolve();
  return async (work) => {
    const once = () =>
      db
        .transaction()
        .setIsolationLevel('serializable')
        .execute((tx) => written(tx, unchanging, work));
    const crowded = await attempts(once, clock, freeAttempts);
    if ('done' in crowded) return crowded.done;
    const turn = lastTurn.then(() => attempts(once, clock, transactionAttempts - freeAttempts));
    lastTurn = turn.catch(() => undefined);
    const alone = await turn;
    if ('done' in alone) return alone.done;
    throw databaseBusy(transactionAttempts, alone.collided);
  };
}

async function attempts<T>(
  once: () => Promise<T>,
  clock: Clock,
  most: number,
): Promise<{ readonly done: T } | { readonly collided: unknown }> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return { done: await once() };
    } catch (thrown) {
      if (!isSerializationFailure(thrown)) throw thrown;
      if (attempt >= most) return { collided: thrown };
      await clock.sleep(Math.random() * Math.min(200, 2 ** attempt));
    }
  }
}

/** One picture of the database, which waits for nobody and makes nobody run again: serializability is for writers. */
export async function inReading<T>(
  db: Database,
  unchanging: Unchanging,
  work: (reader: Reader) => Promise<T>,
): Promise<T> {
  try {
    return await db
      .transaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute((tx) => work(transactionOver(tx, unchanging)));
  } catch (thrown) {
    throw isReadOnlyViolation(thrown) ? readOnlyWritten(thrown) : thrown;
  }
}

/** Events and wake-ups are only added, and nobody in the transaction reads them: they are written together, at its end. */
async function written<T>(
  db: Kysely<Tables>,
  unchanging: Unchanging,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  const events: NewEvent[] = [];
  const wakeUps: WakeUp[] = [];
  const result = await work({
    ...transactionOver(db, unchanging),
    append: async (added) => void events.push(...added),
    wake: async (added) => void wakeUps.push(...added),
  });
  await appendEvents(db, events);
  await addWakeUps(db, wakeUps);
  return result;
}

const transactionOver = (db: Kysely<Tables>, unchanging: Unchanging): Transaction => ({
  get: (project, kind, id) => unchanging.get(project, kind, id, () => getRecord(db, project, kind, id)),
  list: (project, kind, filter, page) => listRecords(db, project, kind, filter, page),
  put: (project, kind, id, value, expected) => putRecord(db, project, kind, id, value, expected),
  remove: (project, kind, id) => removeRecord(db, project, kind, id),
  append: (events) => appendEvents(db, events),
  wake: (wakeUps) => addWakeUps(db, wakeUps),
  addSamples: (project, samples) => addSamples(db, project, samples),
  samplesAfter: (project, rollout, number, limit) => samplesAfter(db, project, rollout, number, limit),
  takeSequence: (project, agent, boot, sequence) => takeSequence(db, project, agent, boot, sequence),
});
