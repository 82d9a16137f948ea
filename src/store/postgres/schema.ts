import type { Generated } from 'kysely';

/** The tables, as they are after the last migration. Every one carries the project. Times are ms since the epoch. */
export interface Tables {
  records: RecordsTable;
  events: EventsTable;
  samples: SamplesTable;
  sequences: SequencesTable;
  checkpoints: CheckpointsTable;
  countersignatures: CountersignaturesTable;
  workers: { worker: string };
}

interface RecordsTable {
  project_id: string;
  kind: string;
  id: string;
  place: string;
  version: number;
  body: unknown;
  environment_id: string | null;
  phase: string | null;
  name: string | null;
  tree: string | null;
}

interface EventsTable {
  project_id: string;
  /** Order of writing; what is committed late has a low number and a high position. */
  number: Generated<number>;
  position: number | null;
  link: string | null;
  payload_digest: string;
  facts_digest: string;
  kind: string;
  environment_id: string | null;
  subject: string;
  /** All it says but the payload. */
  content: unknown;
  /** null once it has expired. */
  payload: unknown;
}

interface SamplesTable {
  project_id: string;
  rollout_id: string;
  number: number;
  body: unknown;
}

interface SequencesTable {
  project_id: string;
  agent_id: string;
  boot: string;
  highest: number;
}

interface CheckpointsTable {
  project_id: string;
  position: number;
  link: string;
  at: number;
  signature: string;
}

interface CountersignaturesTable {
  project_id: string;
  position: number;
  agent_id: string;
  signature: string;
}
