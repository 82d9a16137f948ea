import type {
  AgentId,
  Digest,
  EnvironmentId,
  EnvironmentName,
  Instant,
  ProjectId,
  RolloutId,
} from '../domain/ids.ts';
import type { Environment } from '../domain/environment.ts';
import type { MadeException } from '../domain/calendar/exception.ts';
import type { Delegation } from '../domain/delegation.ts';
import type { ChainedEvent, EventKind, NewEvent } from '../domain/event.ts';
import type { AlarmRecord } from '../domain/alarms/types.ts';
import type { Evidence } from '../domain/evidence/evidence.ts';
import type { Waiver } from '../domain/gate.ts';
import type { ChangeRequest } from '../domain/change-request.ts';
import type { Question } from '../domain/question.ts';
import type { TrafficHour } from '../domain/observed-traffic/types.ts';
import type { RulesProposal } from '../domain/rules/index.ts';
import type { Promotion } from '../domain/promotion.ts';
import type { Release } from '../domain/release.ts';
import type { Sample } from '../domain/rollout/sample.ts';
import type { Rollout } from '../domain/rollout/types.ts';
import type { ProjectFile } from '../domain/project-file/types.ts';
import type { Checkpoint } from '../domain/audit/types.ts';
import type { AgentRecord, BranchRecord, BuildRecord, ObservationRecord, TokenRecord } from './records.ts';

/** What an agent signed of the log. */
export interface Countersigned {
  readonly position: number;
  readonly agent: AgentId;
  /** Ed25519, base64url; see `Checkpoint`. */
  readonly signature: string;
}

/** What is kept, by kind. The domain owns the shapes; the store only keeps them. */
export interface Records {
  project: {
    readonly id: ProjectId;
    readonly name: string;
    readonly createdAt: Instant;
    /** Of the newest release; absent before the first. */
    readonly latestVersion?: string;
    /** The project file that was accepted last, for whichever environment; absent where none was since this is kept. */
    readonly inForce?: {
      readonly file: Digest;
      /** Environments that are there and that it does not name, by name. */
      readonly unnamed: readonly EnvironmentName[];
    };
  };
  environment: Environment;
  /** By digest: the project files that were accepted for some environment. */
  rules: {
    readonly id: Digest;
    readonly project: ProjectId;
    readonly file: ProjectFile;
    readonly text: string;
  };
  release: Release;
  promotion: Promotion;
  rollout: Rollout;
  agent: AgentRecord;
  observation: ObservationRecord;
  branch: BranchRecord;
  build: BuildRecord;
  token: TokenRecord;
  evidence: Evidence;
  waiver: Waiver;
  /** By environment. */
  alarm: AlarmRecord;
  /** By environment and hour. */
  traffic: TrafficHour;
  change: ChangeRequest;
  exception: MadeException;
  delegation: Delegation;
  question: Question;
  proposal: RulesProposal;
}
export type RecordKind = keyof Records;

export interface Stored<K extends RecordKind> {
  readonly value: Records[K];
  /** Rises by one with each put. 0 stands for "not there yet". */
  readonly version: number;
}

/** What a record can be found by. Every field that is given must match; of several, any of them. */
export interface Filter {
  readonly ids?: readonly string[];
  readonly environment?: EnvironmentId | readonly EnvironmentId[] | undefined;
  /** Of promotions, rollouts, builds, change requests and questions: their phase. Of exceptions and delegations: `standing` or `revoked`. */
  readonly phase?: readonly string[] | undefined;
  /** Of releases: the version. Of environments, projects and tokens: the name. Of branches: the ref. Of promotions: the release's id. Of evidence: the kind. Of waivers and questions: the gate. */
  readonly name?: string | readonly string[];
  /** Of releases, branches, builds, evidence, waivers, change requests and questions. */
  readonly tree?: string;
}

export interface PageAsked {
  /** What the page before gave as `next`. */
  readonly after?: string | undefined;
  /** 200 at most, 50 unless told. */
  readonly limit?: number | undefined;
}

export interface Page<T> {
  readonly items: readonly T[];
  /** Give it back as `after` for the next page; null at the end. */
  readonly next: string | null;
}

/** Wakes a reconciler: level-triggered, one waiting wake-up for each key at most, the earliest time wins. */
export interface WakeUp {
  /** For example `rollout/0197…`. */
  readonly key: string;
  readonly project: ProjectId;
  readonly at: Instant;
}

/** One picture of what is kept, that does not change while it is looked at. */
export interface Reader {
  get<K extends RecordKind>(project: ProjectId, kind: K, id: string): Promise<Stored<K> | undefined>;
  /** Newest first. */
  list<K extends RecordKind>(
    project: ProjectId,
    kind: K,
    filter?: Filter,
    page?: PageAsked,
  ): Promise<Page<Stored<K>>>;
  samplesAfter(
    project: ProjectId,
    rollout: RolloutId,
    number: number,
    limit: number,
  ): Promise<readonly Sample[]>;
}

/** Everything read and written in one serializable transaction. */
export interface Transaction extends Reader {
  /**
   * Throws conflict `record-changed` when the stored version is not `expected`, at the latest when the transaction ends. Returns
   * the new version.
   */
  put<K extends RecordKind>(
    project: ProjectId,
    kind: K,
    id: string,
    value: Records[K],
    expected: number,
  ): Promise<number>;
  remove(project: ProjectId, kind: RecordKind, id: string): Promise<void>;
  append(events: readonly NewEvent[]): Promise<void>;
  wake(wakeUps: readonly WakeUp[]): Promise<void>;
  /** Ignores those whose number is stored already for the rollout. */
  addSamples(project: ProjectId, samples: readonly Sample[]): Promise<void>;
  /**
   * Remembers the highest sequence of an agent's boot. false: this one or a later one was taken already, so the
   * observation must be dropped.
   */
  takeSequence(project: ProjectId, agent: AgentId, boot: string, sequence: number): Promise<boolean>;
  /** Forgets the sequences of all boots of an agent but these. */
  forgetOtherBoots(project: ProjectId, agent: AgentId, boots: readonly string[]): Promise<void>;
}

/** What is new in a log. */
export type Chained = 'events' | 'checkpoint' | null;

export interface EventFilter {
  readonly environment?: EnvironmentId | undefined;
  readonly kinds?: readonly EventKind[] | undefined;
  readonly subject?: string | undefined;
}

/** An agent, and the project whose environment it looks after. */
export interface AgentOf {
  readonly project: ProjectId;
  readonly agent: AgentId;
}

export interface HeardAgent extends AgentOf {
  readonly times: number;
}

export interface Store {
  /** Runs again, from the start, on a serialization failure; `work` must have no effect but through the transaction. */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  /**
   * For questions: sees one state of the store throughout, and makes no writer run again. Throws defect
   * `read-only-written` when `work` finds a way to write.
   */
  read<T>(work: (reader: Reader) => Promise<T>): Promise<T>;
  /** Chained events with a position above `after`, oldest first. */
  events(
    project: ProjectId,
    after: number,
    limit: number,
    filter?: EventFilter,
  ): Promise<readonly ChainedEvent[]>;
  /** Newest first, below `before`. For pages that show the latest. */
  eventsBefore(
    project: ProjectId,
    before: number | null,
    limit: number,
    filter?: EventFilter,
  ): Promise<readonly ChainedEvent[]>;
  /** The last position given out; 0 when nothing is chained. */
  head(project: ProjectId): Promise<{ readonly position: number; readonly link: Digest }>;
  /**
   * Calls whenever events were chained for the project, or a checkpoint was added; null: either may be. One missed call never
   * loses an event: read by position.
   */
  onChained(project: ProjectId, call: (what: Chained) => void): Disposable;
  /** Gives unchained events their place. One chainer at a time does it, fenced by the database. Returns how many. */
  chain(project: ProjectId): Promise<number>;
  /** Calls whenever a commit appended events that are not chained yet, with their kinds; null: calls may have been missed. */
  onAppended(call: (project: ProjectId, kinds: readonly EventKind[] | null) => void): Disposable;
  /**
   * The stretch of time in which no call of `onAppended` and `onChained` is missed: another number each time some may have
   * been; null while some may be. Whoever keeps what they read until such a call asks here first: see `KeptByNews`.
   */
  hearing(): number | null;
  /**
   * Blanks the payloads of chained events from before then, by the time that each says: the oldest first, and `limit` at once.
   * Their digests and all else stay, and so does every position. Returns how many.
   */
  expirePayloads(project: ProjectId, before: Instant, limit: number): Promise<number>;
  /** In the order of their positions; all of them, or the first `limit` with a position above `after`. */
  checkpoints(
    project: ProjectId,
    page?: { readonly after: number; readonly limit: number },
  ): Promise<readonly Checkpoint[]>;
  /** The newest at or before a position, without its countersignatures: there is one of each agent. */
  lastCheckpoint(project: ProjectId, upTo?: number): Promise<Checkpoint | undefined>;
  addCheckpoint(project: ProjectId, checkpoint: Checkpoint): Promise<void>;
  /** The first of each agent at a position stays. All of them or none: absent where one of the positions has no checkpoint. */
  countersign(project: ProjectId, signed: readonly Countersigned[]): Promise<void>;
  /**
   * Counts that these agents were heard once more, and tells of every agent of every project how often that was, by whichever
   * replica. Only that a count changed means something: a database that crashed may begin again.
   */
  heard(agents: readonly AgentOf[]): Promise<readonly HeardAgent[]>;
  projects(): Promise<readonly Records['project'][]>;
  close(): Promise<void>;
}
