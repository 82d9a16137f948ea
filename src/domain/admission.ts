import type { GateAnswer } from './gate.ts';
import type { EnvironmentName, Instant, RoleName, ActorId } from './ids.ts';
import { gateKinds } from './project-file/types.ts';

/**
 * The answer to "may this go there now?". One function gives it for the API, the CLI, the page and automation.
 */
export interface Admission {
  readonly allowed: boolean;
  readonly blockers: readonly Blocker[];
  /** How each gate of the step stands, in the order of the project file; those that are open too. */
  readonly gates: readonly GateAnswer[];
  /** Of an emergency: what would stand in the way of anything else. */
  readonly passedOver?: readonly Blocker[];
}

export const blockerKinds = [
  'order',
  'marked',
  'already there',
  'merged',
  ...gateKinds,
  'approvals',
  'emergency',
  'window',
  'freeze',
  'one at a time',
  'role unknown',
] as const;
export type BlockerKind = (typeof blockerKinds)[number];

export interface Blocker {
  readonly kind: BlockerKind;
  /** The gate's name, where it is a gate. */
  readonly gate?: string;
  /** A sentence a person understands, for example `1.2.0 has run in test for 3 min of 24 h`. */
  readonly reason: string;
  /** What to do about it, as a sentence. */
  readonly wayOut: string;
  /**
   * `refused`: asking is refused outright. `waits`: the promotion may be asked for and starts by itself as soon as
   * the blocker lifts.
   */
  readonly effect: 'refused' | 'waits';
  readonly liftedBy: Lifter;
  /** The earliest time at which it may lift; null where nobody can know. */
  readonly earliest: Instant | null;
  /** Of approvals: how many people are missing; and different roles among them, once there are enough people. */
  readonly missing?: { readonly people: number; readonly roles: number };
}

export type Lifter =
  | { readonly kind: 'time' }
  | { readonly kind: 'promotion'; readonly environment: EnvironmentName }
  | People;

export interface People {
  readonly kind: 'people';
  readonly roles: readonly RoleName[];
  readonly members: readonly ActorId[];
  /** Contacts of the roles, where the project file names them (REL-16). */
  readonly contacts: readonly string[];
}
