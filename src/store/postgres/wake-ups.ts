import { type Kysely, sql } from 'kysely';
import type { WakeUp } from '../../engine/store.ts';
import { askByShape } from './ask-by-shape.ts';
import { wakeNews } from './listener.ts';
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
 * Adds jobs in the transaction that decided on them. A key has one waiting job and the earliest time wins; a job that runs
 * is left alone and another put behind it, because it may have looked before this was written. Gives what is to be told of
 * them when the transaction commits.
 */
export async function addWakeUps(db: Kysely<Tables>, wakeUps: readonly WakeUp[]): Promise<readonly string[]> {
  const earliest = earliestOfEach(wakeUps);
  if (earliest.length === 0) return [];
  const added = await addUnread(db, earliest);
  const behind = earliest.filter((one) => !added.has(placeOf(one)));
  if (behind.length > 0) await addBehind(db, behind);
  const byTime = Map.groupBy(earliest, ({ at }) => at);
  return [...byTime].map(([at, { length }]) => wakeNews(at, length));
}

/**
 * Reads nothing of the jobs that are there: of two serializable transactions that look for a key in the same page of the
 * index and then write there, one would have to run again, and nearly every transaction adds some. Gives those that are
 * waiting now; none whose job runs.
 */
async function addUnread(db: Kysely<Tables>, wakeUps: readonly WakeUp[]): Promise<ReadonlySet<string>> {
  const { places, payloads, times } = columnsOf(wakeUps);
  const given = [endlessAttempts, places, payloads, times, taskName];
  const rows = await askByShape(
    db,
    'wake',
    given,
    () => sql<{ place: string }>`
    insert into graphile_worker._private_jobs as jobs (task_id, payload, run_at, max_attempts, key)
    select tasks.id, wake_up.payload::json, to_timestamp(wake_up.at / 1000), ${endlessAttempts}::integer, wake_up.place
    from unnest(${places}::text[], ${payloads}::text[], ${times}::double precision[])
        as wake_up (place, payload, at)
      join graphile_worker._private_tasks as tasks on tasks.identifier = ${taskName}::text
    on conflict (key) do update set run_at = least(jobs.run_at, excluded.run_at), revision = jobs.revision + 1
      where jobs.locked_at is null
    returning key as place`,
  );
  return new Set(rows.map(({ place }) => place));
}

/** In the library's own way, which takes the key from the one that runs. */
async function addBehind(db: Kysely<Tables>, wakeUps: readonly WakeUp[]): Promise<void> {
  const { places, payloads, times } = columnsOf(wakeUps);
  await sql`
    select graphile_worker.add_job(
      ${taskName}::text,
      payload := wake_up.payload::json,
      run_at := to_timestamp(wake_up.at / 1000),
      max_attempts := ${endlessAttempts}::integer,
      job_key := wake_up.place
    )
    from unnest(${places}::text[], ${payloads}::text[], ${times}::double precision[])
      as wake_up (place, payload, at)`.execute(db);
}

const columnsOf = (wakeUps: readonly WakeUp[]) => ({
  places: wakeUps.map(placeOf),
  payloads: wakeUps.map(({ key, project }) => JSON.stringify({ key, project } satisfies WakePayload)),
  times: wakeUps.map(({ at }) => at),
});

const placeOf = ({ key, project }: WakeUp): string => `${project}/${key}`;

/** In the order of the keys, so that two transactions never wait for each other crosswise. */
function earliestOfEach(wakeUps: readonly WakeUp[]): readonly WakeUp[] {
  const byPlace = new Map<string, WakeUp>();
  for (const one of wakeUps) {
    const place = placeOf(one);
    const before = byPlace.get(place);
    if (before === undefined || one.at < before.at) byPlace.set(place, one);
  }
  return [...byPlace].toSorted(([left], [right]) => (left < right ? -1 : 1)).map(([, one]) => one);
}
