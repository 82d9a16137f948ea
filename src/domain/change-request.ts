import type { Actor } from './actor.ts';
import { digestOfJson } from './canonical.ts';
import type {
  ActorId,
  Branded,
  Digest,
  EnvironmentId,
  Instant,
  ProjectId,
  PromotionId,
  ReleaseId,
  RoleName,
} from './ids.ts';
import type { ProjectFile } from './project-file/types.ts';
import { signingRoles } from './roles.ts';

/** `CHG-0001` and on, one sequence a project. */
export type ChangeNumber = Branded<string, 'ChangeNumber'>;

export const changeTypes = ['standard', 'normal', 'emergency'] as const;
export const changeRisks = ['low', 'medium', 'high'] as const;

/** What somebody asks to be allowed to do, and how (REL-7). An approval binds to all of it. */
export interface ChangeForm {
  /** Its number at the user's own desk, where there is one. */
  readonly reference: string | null;
  readonly type: (typeof changeTypes)[number];
  readonly risk: (typeof changeRisks)[number];
  /** From `from` to before `to`. */
  readonly window: { readonly from: Instant; readonly to: Instant };
  /** How long taking it back may take. */
  readonly rollbackMinutes: number;
  readonly testing: string;
  readonly communication: string;
  readonly description: string;
}

/** Asks to bring one source tree into one environment. Binds to the tree, as evidence does. */
export interface ChangeRequest {
  readonly id: ChangeNumber;
  readonly project: ProjectId;
  readonly environment: EnvironmentId;
  readonly tree: string;
  /** The release it was written for; another of the same tree may go with it. */
  readonly release: ReleaseId;
  readonly version: string;
  readonly form: ChangeForm;
  readonly requestedBy: Actor;
  readonly requestedAt: Instant;
  /** Whoever changed it last; null as long as it is as it was asked for. */
  readonly editedBy: Actor | null;
  /** The people who asked for it and changed it before that; absent where nobody did, or it was not noted yet. */
  readonly writtenBefore?: readonly ActorId[];
  /** Those of an earlier form are void, and stay to be seen. */
  readonly approvals: readonly ChangeApproval[];
  readonly notes: readonly ChangeNote[];
  readonly state: ChangeState;
}

export interface ChangeApproval {
  readonly by: ActorId;
  readonly roles: readonly RoleName[];
  /** Of the form that was looked at. */
  readonly form: Digest;
  /** Of the plan as it stood then. */
  readonly plan: Digest;
  readonly at: Instant;
  readonly comment: string;
}

export interface ChangeNote {
  readonly by: ActorId;
  readonly at: Instant;
  readonly text: string;
}

export type ChangeState =
  | { readonly phase: 'open' }
  | { readonly phase: 'approved'; readonly at: Instant }
  | { readonly phase: 'rejected'; readonly by: Actor; readonly reason: string; readonly at: Instant }
  | { readonly phase: 'implementing'; readonly promotion: PromotionId; readonly since: Instant }
  | ClosedChange;

export interface ClosedChange {
  readonly phase: 'closed';
  readonly promotion: PromotionId;
  readonly startedAt: Instant;
  /** When the new version served everything, or was off again; watching it afterwards is not counted. */
  readonly endedAt: Instant;
  readonly outcome: ChangeOutcome;
  /** What went otherwise than it was asked for, found by Rung. */
  readonly deviations: readonly Deviation[];
  readonly at: Instant;
}

export const changeOutcomes = ['implemented', 'taken back', 'failed', 'superseded'] as const;
export type ChangeOutcome = (typeof changeOutcomes)[number];

export const deviationKinds = [
  'not approved',
  'another plan',
  'outside the window',
  'longer than planned',
  'held',
  'thin evidence',
  'taken back',
  'gate waived',
  'emergency',
] as const;

export interface Deviation {
  readonly kind: (typeof deviationKinds)[number];
  readonly says: string;
}

export type ChangePhase = ChangeState['phase'];
export const changePhases = [
  'open',
  'approved',
  'rejected',
  'implementing',
  'closed',
] as const satisfies readonly ChangePhase[];

/** Phases in which it can still be changed, approved and rejected. */
export const undecidedPhases = ['open', 'approved'] as const satisfies readonly ChangePhase[];
export const isUndecided = ({ state }: Pick<ChangeRequest, 'state'>): boolean =>
  undecidedPhases.some((phase) => phase === state.phase);

/** Phases in which another one for the same tree and environment would be one too many. */
export const livePhases = [...undecidedPhases, 'implementing'] as const satisfies readonly ChangePhase[];
export type LiveChangePhase = (typeof livePhases)[number];
export const isLivePhase = (phase: ChangePhase): phase is LiveChangePhase =>
  livePhases.some((live) => live === phase);
export const isLiveChange = ({ state }: Pick<ChangeRequest, 'state'>): boolean => isLivePhase(state.phase);

export const changeNumber = (count: number): ChangeNumber =>
  `CHG-${String(count).padStart(4, '0')}` as ChangeNumber;
export const countOfChange = (id: ChangeNumber): number => Number(id.slice('CHG-'.length));

/** What an approval binds to. */
export const formDigest = ({ form, tree, environment }: ChangeRequest): Digest =>
  digestOfJson({ form, tree, environment });

/** Who may not approve it: whoever asked for it, and whoever changed it. Somebody else's words on top free nobody. */
export const authorsOf = ({
  requestedBy,
  editedBy,
  writtenBefore = [],
}: ChangeRequest): readonly ActorId[] => {
  const people = [requestedBy, editedBy].flatMap((actor) => (actor?.kind === 'person' ? [actor.id] : []));
  return [...new Set([...writtenBefore, ...people])];
};

/** The roles by which a person may approve; every role they have, where the gate names none. */
export const approvingRolesOf = (
  file: Pick<ProjectFile, 'roles'>,
  from: readonly RoleName[],
  person: ActorId,
): readonly RoleName[] => signingRoles(file, person, from);

/** Approvals of what it says now, by others than its authors, who hold the role still. */
export function countingApprovals(
  change: ChangeRequest,
  from: readonly RoleName[],
  file: Pick<ProjectFile, 'roles'>,
): readonly ChangeApproval[] {
  const digest = formDigest(change);
  const authors = authorsOf(change);
  return change.approvals.filter(
    ({ by, form }) => form === digest && !authors.includes(by) && approvingRolesOf(file, from, by).length > 0,
  );
}
