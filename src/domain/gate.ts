import type { Lifter, People } from './admission.ts';
import type { Actor } from './actor.ts';
import type { EvidenceFile, EvidenceId, EvidenceKind } from './evidence/evidence.ts';
import type { ActorId, Branded, EnvironmentId, Instant, ProjectId, RoleName } from './ids.ts';
import type { GateSpec } from './project-file/types.ts';

/** What a gate is called within its step: its own name where it has one, else its kind. Unique in a step. */
export const gateName = (spec: GateSpec): string => ('name' in spec ? spec.name : spec.kind);

export type GateKind = GateSpec['kind'];

/**
 * `missing`: nobody has said anything yet. `failed`: what was said does not do. `waits`: only time is missing.
 * `waived`: somebody who may let it pass, with a reason.
 */
export type GateState = 'passed' | 'missing' | 'failed' | 'waits' | 'waived';

/** How one gate stands, whether it blocks or not, with what it was judged from. */
export interface GateAnswer {
  readonly gate: string;
  readonly kind: GateKind;
  readonly state: GateState;
  /** A sentence, for example `412 tests passed in unit and integration.` */
  readonly says: string;
  /** What it was judged from, newest first. */
  readonly evidence: readonly EvidenceRef[];
  readonly waiver: WaiverRef | null;
  /** While it is closed: who may let it pass, with a reason. Absent where nobody may. */
  readonly waivers?: People;
  /** Of a checklist: each item, in the order of the project file. */
  readonly items?: readonly ChecklistItem[];
}

/** An item of a checklist, with who said last how it stands, where anybody has. */
export interface ChecklistItem {
  readonly item: string;
  readonly done: boolean;
  readonly note: string;
  readonly by: Actor | null;
  readonly at: Instant | null;
}

/** Enough of a piece of evidence to name it and to fetch it. */
export interface EvidenceRef {
  readonly id: EvidenceId;
  readonly kind: EvidenceKind;
  readonly name: string;
  readonly by: Actor;
  readonly at: Instant;
  readonly file: EvidenceFile | null;
}

export type WaiverId = Branded<string, 'WaiverId'>;

/** Lets one gate pass for one tree into one environment. Never taken back, and shown for ever. */
export interface Waiver {
  readonly id: WaiverId;
  readonly project: ProjectId;
  readonly gate: string;
  readonly tree: string;
  readonly environment: EnvironmentId;
  readonly by: ActorId;
  readonly roles: readonly RoleName[];
  readonly reason: string;
  readonly at: Instant;
}

export type WaiverRef = Pick<Waiver, 'id' | 'by' | 'roles' | 'reason' | 'at'>;

/** What a gate's own rule finds, before waivers are looked at. */
export type GateFinding =
  | {
      readonly state: 'passed';
      readonly says: string;
      readonly evidence?: readonly EvidenceRef[];
      readonly items?: readonly ChecklistItem[];
    }
  | {
      readonly state: 'missing' | 'failed' | 'waits';
      readonly says: string;
      /** What to do about it, as a sentence. */
      readonly wayOut: string;
      readonly liftedBy: Lifter;
      /** The earliest time at which it may lift; null where nobody can know. */
      readonly earliest?: Instant | null;
      readonly evidence?: readonly EvidenceRef[];
      readonly items?: readonly ChecklistItem[];
    };
