import { type Kysely, sql } from 'kysely';

/**
 * Ids compare by bytes (`collate "C"`), as they do in the programs. `json`, not `jsonb`: what was hashed is what is
 * kept, letter by letter, and a log line with a NUL in it can be kept.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [...records(), ...events(), ...evidence(), ...audit(), ...workers()]) {
    await sql.raw(statement).execute(db);
  }
}

const recordKinds = [
  'project',
  'environment',
  'rules',
  'release',
  'promotion',
  'rollout',
  'agent',
  'observation',
  'branch',
  'build',
  'token',
];

/** A partition a kind: serializable transactions on one kind then never collide with those on another. */
const records = (): readonly string[] => [
  `create table records (
    project_id uuid not null,
    kind text not null,
    id text collate "C" not null,
    place text collate "C" not null,
    version integer not null,
    body json not null,
    environment_id text,
    phase text,
    name text,
    tree text,
    primary key (project_id, kind, id)
  ) partition by list (kind)`,
  `create index records_in_place on records (project_id, kind, place)`,
  `create index records_by_environment on records (project_id, kind, environment_id, place)
    where environment_id is not null`,
  `create index records_by_phase on records (project_id, kind, phase, place) where phase is not null`,
  `create index records_by_name on records (project_id, kind, name) where name is not null`,
  `create index records_by_tree on records (project_id, kind, tree) where tree is not null`,
  ...recordKinds.map(
    (kind) =>
      `create table records_${kind} partition of records for values in ('${kind}') with (fillfactor = 70)`,
  ),
];

const events = (): readonly string[] => [
  `create table events (
    project_id uuid not null,
    number bigint generated always as identity primary key,
    position bigint,
    link text,
    payload_digest text not null,
    facts_digest text not null,
    kind text not null,
    environment_id text,
    subject text not null,
    content json not null,
    payload json,
    unique (project_id, position),
    check ((position is null) = (link is null))
  ) with (fillfactor = 80)`,
  `create index events_unchained on events (project_id, number) where position is null`,
  `create index events_by_environment on events (project_id, environment_id, position)
    where environment_id is not null`,
  `create index events_by_subject on events (project_id, subject, position)`,
  `create function refuse_event_change() returns trigger language plpgsql as $$
  begin
    if tg_op = 'UPDATE' and (
      new.project_id, new.number, new.payload_digest, new.facts_digest,
      new.kind, new.environment_id, new.subject, new.content::text
    ) is not distinct from (
      old.project_id, old.number, old.payload_digest, old.facts_digest,
      old.kind, old.environment_id, old.subject, old.content::text
    ) then
      if old.position is null and new.position is not null
        and new.payload::text is not distinct from old.payload::text then
        return new;
      end if;
      if old.position is not null and old.payload is not null and new.payload is null
        and (new.position, new.link) = (old.position, old.link) then
        return new;
      end if;
    end if;
    raise exception 'events are only ever added' using errcode = '42501';
  end $$`,
  `create trigger events_append_only before update or delete on events
    for each row execute function refuse_event_change()`,
  `create trigger events_never_emptied before truncate on events
    for each statement execute function refuse_event_change()`,
];

const evidence = (): readonly string[] => [
  `create table samples (
    project_id uuid not null,
    rollout_id text collate "C" not null,
    number integer not null,
    body json not null,
    primary key (project_id, rollout_id, number)
  )`,
  `create table sequences (
    project_id uuid not null,
    agent_id text collate "C" not null,
    boot text collate "C" not null,
    highest bigint not null,
    primary key (project_id, agent_id, boot)
  ) with (fillfactor = 50)`,
];

const audit = (): readonly string[] => [
  `create table checkpoints (
    project_id uuid not null,
    position bigint not null,
    link text not null,
    at bigint not null,
    signature text not null,
    primary key (project_id, position)
  )`,
  `create table countersignatures (
    project_id uuid not null,
    position bigint not null,
    agent_id text collate "C" not null,
    signature text not null,
    primary key (project_id, position, agent_id),
    foreign key (project_id, position) references checkpoints
  )`,
];

/** Those who take wake-ups, of all projects. Each holds a lock while it lives. */
const workers = (): readonly string[] => [`create table workers (worker text primary key)`];
