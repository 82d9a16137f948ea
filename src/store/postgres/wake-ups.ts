import { type Kysely, sql } from 'kysely';
import type { WakeUp } from '../../engine/store.ts';
import { notify, wakeNews } from './listener.ts';
import type { Tables } from './schema.ts';

/** The one task of the queue. */
export const taskName = 'reconcile';

/** Never given up by the queue's library: what cannot be done now is done later. The highest number it takes. */
export const endlessAttempts = 32_767;

/** What a job carries. */
export interface WakePayload {
  readonly key: string;
  readonly project: string;
}

/**
 * Adds jobs in the transaction that decided on them, all with one statement. A key has one waiting job and the earliest
 * time wins; a job that runs is left alone and another put behind it, because it may have looked before this was written.
 */
export async function addWakeUps(db: Kysely<Tables>, wakeUps: readonly WakeUp[]): Promise<void> {
  const earliest = earliestOfEach(wakeUps);
  if (earliest.length === 0) return;
  const jobKeys = earliest.map(({ key, project }) => `${project}/${key}`);
  const payloads = earliest.map(({ key, project }) => JSON.stringify({ key, project } satisfies WakePayload));
  const times = earliest.map(({ at }) => at);
  await sql`
    select graphile_worker.add_job(
      ${taskName}::text,
      payload := wake_up.payload::json,
      run_at := least(
        to_timestamp(wake_up.at / 1000),
        (select run_at from graphile_worker._private_jobs where key = wake_up.job_key and is_available)
      ),
      max_attempts := ${endlessAttempts}::integer,
      job_key := wake_up.job_key
    )
    from unnest(${jobKeys}::text[], ${payloads}::text[], ${times}::double precision[])
      as wake_up (job_key, payload, at)`.execute(db);
  await notify(db, [...new Set(times)].map(wakeNews));
}

/** In the order of the keys, so that two transactions never wait for each other crosswise. */
function earliestOfEach(wakeUps: readonly WakeUp[]): readonly WakeUp[] {
  const byPlace = new Map<string, WakeUp>();
  for (const one of wakeUps) {
    const place = `${one.project}/${one.key}`;
    const before = byPlace.get(place);
    if (before === undefined || one.at < before.at) byPlace.set(place, one);
  }
  return [...byPlace].toSorted(([left], [right]) => (left < right ? -1 : 1)).map(([, one]) => one);
}
