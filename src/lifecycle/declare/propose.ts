import type { Environment } from '../../domain/environment.ts';
import type { EventKind } from '../../domain/event.ts';
import type { Actor } from '../../domain/actor.ts';
import type { ActorId, EnvironmentName, Instant } from '../../domain/ids.ts';
import type { ProjectFile } from '../../domain/project-file/types.ts';
import { memberMeant } from '../../domain/roles.ts';
import {
  changeText,
  compareRules,
  isProtected,
  isWeaker,
  type ProposalId,
  proposalHash,
  proposalPolicy,
  type ProposalState,
  type RuleChange,
  type RulesProposal,
} from '../../domain/rules/index.ts';
import type { Reader, Stored, Transaction } from '../../engine/store.ts';
import { rulesFor, waitingProposal } from '../lookup.ts';
import type { Parts } from '../parts.ts';
import { type AcceptedFile, acceptRules } from './accept-rules.ts';

type EndedState = Exclude<ProposalState, { readonly phase: 'waiting' }>;

export interface ProposedFile extends AcceptedFile {
  readonly by: Actor;
  /** Whose commits brought it. */
  readonly writtenBy?: readonly ActorId[];
}

/**
 * Another file for an environment that has rules already. It is accepted at once unless it weakens a protected one;
 * then it waits, and the answer is what would change.
 */
export async function considerRules(
  tx: Transaction,
  { newId }: Pick<Parts, 'newId'>,
  stored: Stored<'environment'>,
  proposed: ProposedFile,
  now: Instant,
): Promise<readonly RuleChange[]> {
  const environment = stored.value;
  const waiting = await waitingProposal(tx, environment);
  if (environment.rules.file === proposed.digest) {
    if (waiting !== null) await endProposal(tx, waiting, environment, withdrawn(now), proposed.by, now);
    return [];
  }
  const changes = await changesFor(tx, environment, proposed);
  if (changes === null) {
    if (waiting !== null) await endProposal(tx, waiting, environment, withdrawn(now), proposed.by, now);
    await acceptRules(tx, stored, proposed, proposed.by, now);
    return [];
  }
  const hash = proposalHash(environment.id, environment.rules.file, proposed.digest);
  const writtenBy = writersOf(waiting, proposed, await rulesFor(tx, environment));
  if (waiting?.value.hash === hash) {
    await noteWriters(tx, waiting, writtenBy);
    return waiting.value.changes;
  }
  if (waiting !== null) await endProposal(tx, waiting, environment, withdrawn(now), proposed.by, now);
  const made = { id: newId() as ProposalId, hash, changes };
  await propose(tx, environment, made, { ...proposed, writtenBy }, now);
  return changes;
}

/** A commit on top of one that waits brings what that one wrote, too: a comment must not free anybody to agree to their own. */
const writersOf = (
  waiting: Stored<'proposal'> | null,
  proposed: ProposedFile,
  inForce: ProjectFile,
): readonly ActorId[] => {
  const fresh = (proposed.writtenBy ?? []).map((author) => memberMeant(inForce, author));
  return [...new Set([...(waiting?.value.writtenBy ?? []), ...fresh])];
};

/** Whoever starts Rung beside a file proposes it before anybody has seen whose commits brought it. */
async function noteWriters(
  tx: Transaction,
  { value, version }: Stored<'proposal'>,
  writtenBy: readonly ActorId[],
): Promise<void> {
  if (writtenBy.length === (value.writtenBy ?? []).length) return;
  await tx.put(value.project, 'proposal', value.id, { ...value, writtenBy }, version);
}

const withdrawn = (at: Instant): EndedState => ({ phase: 'withdrawn', at });

/** What has to be approved; null where nothing has to be, or nobody could. */
export async function changesFor(
  tx: Reader,
  environment: Environment,
  { file }: Pick<ProposedFile, 'file'>,
): Promise<readonly RuleChange[] | null> {
  const inForce = await rulesFor(tx, environment);
  const changes = compareRules(inForce, file, environment.name);
  return needsApproval(changes, inForce, environment.name) ? changes : null;
}

/** Whether changes have to wait for somebody's word, and there is somebody. */
export const needsApproval = (
  changes: readonly RuleChange[],
  inForce: ProjectFile,
  name: EnvironmentName,
): boolean => isWeaker(changes) && isProtected(inForce, name) && proposalPolicy(inForce, name) !== null;

async function propose(
  tx: Transaction,
  environment: Environment,
  made: Pick<RulesProposal, 'id' | 'hash' | 'changes'>,
  { digest, branch, by, writtenBy }: ProposedFile,
  now: Instant,
): Promise<void> {
  const proposal: RulesProposal = {
    ...made,
    project: environment.project,
    environment: environment.id,
    from: environment.rules.file,
    to: digest,
    branch,
    proposedBy: by,
    ...(writtenBy !== undefined && writtenBy.length > 0 && { writtenBy }),
    proposedAt: now,
    approvals: [],
    state: { phase: 'waiting' },
  };
  await tx.put(proposal.project, 'proposal', proposal.id, proposal, 0);
  await tellOfRules(tx, proposal, environment, 'rules.proposed', by, now, {
    message: `A project file would weaken ${environment.name} and waits for its approvers: ${weakerText(made.changes)}`,
    payload: { from: proposal.from, to: proposal.to, hash: proposal.hash, changes: proposal.changes },
  });
}

const weakerText = (changes: readonly RuleChange[]): string =>
  changes
    .filter(({ effect }) => effect === 'weakens')
    .map(changeText)
    .join('; ');

const endedAs: Readonly<Record<EndedState['phase'], EventKind>> = {
  accepted: 'rules.approved',
  rejected: 'rules.rejected',
  withdrawn: 'rules.withdrawn',
};

/** Ends a waiting proposal and says how. */
export async function endProposal(
  tx: Transaction,
  stored: Stored<'proposal'>,
  environment: Environment,
  state: EndedState,
  by: Actor,
  now: Instant,
): Promise<void> {
  const next: RulesProposal = { ...stored.value, state };
  await tx.put(next.project, 'proposal', next.id, next, stored.version);
  await tellOfRules(tx, next, environment, endedAs[state.phase], by, now, {
    message: `The weaker project file for ${environment.name} was ${state.phase}${state.phase === 'rejected' ? `: ${state.reason}` : ''}`,
    payload: {
      hash: next.hash,
      approvals: next.approvals.map(({ by: who, roles, at }) => ({ by: who, roles, at })),
    },
  });
}

export const tellOfRules = (
  tx: Transaction,
  proposal: RulesProposal,
  environment: Environment,
  kind: EventKind,
  actor: Actor,
  at: Instant,
  told: { readonly message: string; readonly payload: Readonly<Record<string, unknown>> },
): Promise<void> =>
  tx.append([
    {
      project: proposal.project,
      kind,
      at,
      actor,
      environment: environment.id,
      subject: `environment/${environment.id}`,
      ...told,
    },
  ]);
