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
 * Adds jobs in the transaction that decided on them. A key has one waiting job and the earliest time wins; a job
 * that runs is left alone and another put behind it, because it may have looked before this was written.
 */
export async function addWakeUps(db: Kysely<Tables>, wakeUps: readonly WakeUp[]): Promise<void> {
  for (const { key, project, at } of wakeUps) {
    const jobKey = `${project}/${key}`;
    const payload = JSON.stringify({ key, project } satisfies WakePayload);
    await sql`
      select graphile_worker.add_job(
        ${taskName}::text,
        payload := ${payload}::json,
        run_at := least(
          to_timestamp(${at}::double precision / 1000),
          (select run_at from graphile_worker._private_jobs where key = ${jobKey} and is_available)
        ),
        max_attempts := ${endlessAttempts}::integer,
        job_key := ${jobKey}::text
      )`.execute(db);
    await notify(db, wakeNews(at));
  }
}
