import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { silentLog } from '../../../src/domain/log.ts';
import { systemClock } from '../../../src/engine/clock.ts';
import { startPostgres } from '../../../src/supervisor/postgres.ts';
import type { Cleanup } from '../../gateway/world.ts';

/** A word of the control plane on a rollout, and when PostgreSQL committed it, in ms since 1970. */
export interface Word {
  readonly rollout: string;
  readonly generation: number;
  readonly committedMs: number;
}

/** A PostgreSQL that notes when each transaction was committed. */
export async function timedPostgres(cleanup: Cleanup): Promise<{ readonly url: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'rung-bench-postgres-'));
  cleanup.add(() => rm(folder, { recursive: true, force: true }));
  const settings = { track_commit_timestamp: 'on' };
  const server = await startPostgres({ folder, log: silentLog, clock: systemClock, settings });
  cleanup.add(() => server.stop());
  const name = `bench_${randomBytes(4).toString('hex')}`;
  await within(server.url, (client) => client.query(`create database ${name}`));
  return { url: Object.assign(new URL(server.url), { pathname: `/${name}` }).href };
}

/**
 * From now on, each event of a rollout leaves a row of ours in its own transaction. Events themselves do not do: they
 * are written once more when they get their place in the chain.
 */
export async function noteWords(url: string): Promise<void> {
  await within(url, (client) =>
    client.query(`
      create table noted (rollout text, generation int);
      create function note_word() returns trigger language plpgsql as $$
      begin
        insert into noted values (split_part(new.subject, '/', 2), (new.payload->>'generation')::int);
        return null;
      end $$;
      create trigger note_words after insert on events for each row
        when (new.subject like 'rollout/%' and new.payload->>'generation' is not null)
        execute function note_word();`),
  );
}

/** The first of each generation. */
export async function notedWords(url: string): Promise<readonly Word[]> {
  const { rows } = await within(url, (client) =>
    client.query<Word>(`
      select rollout, generation, min(extract(epoch from pg_xact_commit_timestamp(xmin)) * 1000)::float8 as "committedMs"
      from noted group by rollout, generation`),
  );
  return rows;
}

async function within<T>(url: string, use: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}
