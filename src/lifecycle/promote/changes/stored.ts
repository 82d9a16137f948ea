import { changeNumber, type ChangeRequest, formDigest, isUndecided } from '../../../domain/change-request.ts';
import type { Environment } from '../../../domain/environment.ts';
import { Failure } from '../../../domain/failure.ts';
import type { Instant, ProjectId, RoleName } from '../../../domain/ids.ts';
import { rungOf } from '../../../domain/pipeline.ts';
import type { ProjectFile } from '../../../domain/project-file/types.ts';
import { rolesOf } from '../../../domain/roles.ts';
import type { Reader, Stored, Transaction } from '../../../engine/store.ts';
import { noRole } from '../../callers.ts';
import type { Caller } from '../../face.ts';

/** A change request with what decides who may do what to it. */
export interface Around {
  readonly stored: Stored<'change'>;
  readonly target: Environment;
  /** The rules in force for the target. */
  readonly file: ProjectFile;
}

/** By its number, however it is written: `CHG-0007`, `chg-7`, `7`. Absent `change-request-unknown`. */
export async function changeNamed(tx: Reader, project: ProjectId, name: string): Promise<Stored<'change'>> {
  const [, count] = /^(?:chg-?)?0*(\d{1,9})$/iu.exec(name.trim()) ?? [];
  const id = count === undefined ? name : changeNumber(Number(count));
  const found = await tx.get(project, 'change', id);
  if (found !== undefined) return found;
  throw new Failure('absent', 'change-request-unknown', `There is no change request ${name}.`, {
    wayOut: 'See which there are: rung change-request list',
  });
}

export async function targetOf(
  tx: Reader,
  { project, environment, id }: ChangeRequest,
): Promise<Environment> {
  const target = await tx.get(project, 'environment', environment);
  if (target !== undefined) return target.value;
  throw new Failure('absent', 'change-request-homeless', `The environment of ${id} is gone.`);
}

/** Whom the gate of the target's step names; nobody in particular where it names none or is not there. */
export function approversNamed(file: ProjectFile, target: Pick<Environment, 'name'>): readonly RoleName[] {
  const gate = rungOf(file, target.name)?.step.gates.find(({ kind }) => kind === 'change-request');
  return gate?.kind === 'change-request' ? gate.from : [];
}

/** Programs are held to their scopes; of people, only members have a say. */
export function needMember({ person }: Caller, file: ProjectFile): void {
  if (person !== null && rolesOf(file, person).length === 0) throw noRole(person);
}

/** Conflict `change-request-decided` once it is rejected, carried out or closed. */
export function needUndecided(change: ChangeRequest): void {
  if (isUndecided(change)) return;
  throw new Failure('conflict', 'change-request-decided', `${change.id} is ${change.state.phase} already.`, {
    wayOut: `See how it stands: rung change-request show ${change.id}`,
  });
}

/** Conflict `change-request-changed`: somebody was quicker than whoever looked at it. */
export function needSeen(change: ChangeRequest, seen: string): void {
  if (seen === formDigest(change)) return;
  throw new Failure('conflict', 'change-request-changed', `${change.id} no longer says what you looked at.`, {
    wayOut: `Look at it again: rung change-request show ${change.id}`,
  });
}

/** Writes it, and lets what waits for its environment look again. */
export async function keepChange(
  tx: Transaction,
  next: ChangeRequest,
  version: number,
  now: Instant,
): Promise<void> {
  await tx.put(next.project, 'change', next.id, next, version);
  await tx.wake([{ key: `environment/${next.environment}`, project: next.project, at: now }]);
}
