/** A table whose rows are the control plane's memory, as a backup has it. */
export interface KeptTable {
  readonly name: string;
  /** The order in which its rows are read: that of a key, so that two backups of one state are the same. */
  readonly order: string;
  /** A column that the database itself numbers, and goes on numbering after the highest that is there. */
  readonly numbered?: string;
}

/** In the order in which they can be filled: what others refer to comes first. */
export const keptTables: readonly KeptTable[] = [
  { name: 'records', order: 'project_id, kind, id' },
  { name: 'events', order: 'project_id, position nulls last, number', numbered: 'number' },
  { name: 'samples', order: 'project_id, rollout_id, number' },
  { name: 'sequences', order: 'project_id, agent_id, boot' },
  { name: 'checkpoints', order: 'project_id, position' },
  { name: 'countersignatures', order: 'project_id, position, agent_id' },
];

/**
 * What is not kept, and why: `workers` are processes that live now, `heard` is who is heard now, the migrations' own tables are made by migrating,
 * and wake-ups (graphile-worker's schema) are made anew by every control plane that starts.
 */
export const unkeptTables: readonly string[] = [
  'workers',
  'heard',
  'kysely_migration',
  'kysely_migration_lock',
];

/** The table of that name; undefined where this program knows of none. */
export const keptTable = (name: string): KeptTable | undefined =>
  keptTables.find((table) => table.name === name);
