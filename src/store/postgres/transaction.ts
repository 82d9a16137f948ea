import type { Kysely } from 'kysely';
import type { Clock } from '../../engine/clock.ts';
import type { NewEvent } from '../../domain/event.ts';
import type { Reader, Transaction, WakeUp } from '../../engine/store.ts';
import { databaseBusy, readOnlyWritten, transactionAttempts } from '../failures.ts';
import { appendEvents } from './events.ts';
import { addSamples, forgetOtherBoots, samplesAfter, takeSequence } from './evidence.ts';
import { isReadOnlyViolation, isSerializationFailure } from './failure.ts';
import { getRecord, listRecords, putRecord, removeRecord } from './records.ts';
import type { Tables } from './schema.ts';
import type { Transacting } from './transacting.ts';
import { seenOnce } from './seen-once.ts';
import { Turns } from './turns.ts';
import type { Unchanging } from './unchanging.ts';
import { notify } from './listener.ts';
import { addWakeUps } from './wake-ups.ts';
import { writtenTogether } from './written-together.ts';

/** Runs work as one transaction. */
export type InTransaction = <T>(work: (tx: Transaction) => Promise<T>) => Promise<T>;

/**
 * Runs work serializably, and again from the start where it collided with another: alone in this process, after a pause of
 * random length for those of other processes.
 */
export function transactions(transacting: Transacting, clock: Clock, unchanging: Unchanging): InTransaction {
  const turns = new Turns(clock);
  return async (work) => {
    const once = () => transacting('serializable', (tx) => written(tx, unchanging, work));
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await (attempt === 1 ? turns.together(once) : turns.alone(once));
      } catch (thrown) {
        if (!isSerializationFailure(thrown)) throw thrown;
        if (attempt >= transactionAttempts) throw databaseBusy(transactionAttempts, thrown);
        await clock.sleep(Math.random() * Math.min(200, 2 ** attempt));
      }
    }
  };
}

/** One picture of the database, which waits for nobody and makes nobody run again: serializability is for writers. */
export async function inReading<T>(
  transacting: Transacting,
  unchanging: Unchanging,
  work: (reader: Reader) => Promise<T>,
): Promise<T> {
  try {
    return await transacting('repeatable read read only', (tx) => work(transactionOver(tx, unchanging)));
  } catch (thrown) {
    throw isReadOnlyViolation(thrown) ? readOnlyWritten(thrown) : thrown;
  }
}

/** Events and wake-ups are only added, and nobody in the transaction reads them: they are written together with its records, at its end. */
async function written<T>(
  db: Kysely<Tables>,
  unchanging: Unchanging,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  const events: NewEvent[] = [];
  const wakeUps: WakeUp[] = [];
  const { tx, flush } = writtenTogether(transactionOver(db, unchanging));
  const result = await work({
    ...tx,
    append: async (added) => void events.push(...added),
    wake: async (added) => void wakeUps.push(...added),
  });
  const [, appended, woken] = await Promise.all([flush(), appendEvents(db, events), addWakeUps(db, wakeUps)]);
  const news = [...appended, ...woken];
  if (news.length > 0) await notify(db, news);
  return result;
}

function transactionOver(db: Kysely<Tables>, unchanging: Unchanging): Transaction {
  /** What is put here is there for nobody else before it is committed, if it ever is. */
  const own = new Set<string>();
  return seenOnce({
    get: (project, kind, id) => {
      const read = () => getRecord(db, project, kind, id);
      return own.has(`${kind} ${id}`) ? read() : unchanging.get(project, kind, id, read);
    },
    list: (project, kind, filter, page) => listRecords(db, project, kind, filter, page),
    put: (project, kind, id, value, expected) => {
      own.add(`${kind} ${id}`);
      return putRecord(db, project, kind, id, value, expected);
    },
    remove: (project, kind, id) => removeRecord(db, project, kind, id),
    addSamples: (project, samples) => addSamples(db, project, samples),
    samplesAfter: (project, rollout, number, limit) => samplesAfter(db, project, rollout, number, limit),
    takeSequence: (project, agent, boot, sequence) => takeSequence(db, project, agent, boot, sequence),
    forgetOtherBoots: (project, agent, boots) => forgetOtherBoots(db, project, agent, boots),
    append: async (events) => void (await appendEvents(db, events)),
    wake: async (wakeUps) => void (await addWakeUps(db, wakeUps)),
  });
}
