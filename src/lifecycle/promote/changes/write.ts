import { type Actor, actorName } from '../../../domain/actor.ts';
import {
  authorsOf,
  type ChangeForm,
  changeNumber,
  type ChangeRequest,
  countOfChange,
  isLiveChange,
} from '../../../domain/change-request.ts';
import { digestOfJson } from '../../../domain/canonical.ts';
import { Failure } from '../../../domain/failure.ts';
import type { Instant, ProjectId } from '../../../domain/ids.ts';
import type { Reader, Transaction } from '../../../engine/store.ts';
import type { AskChange, AskChangeEdit, Caller } from '../../face.ts';
import { environmentNamed, releaseNamed, rulesFor } from '../../lookup.ts';
import { needFormThatMakesSense } from './form.ts';
import { newestChange } from './look-up.ts';
import { type Around, keepChange, needMember, needSeen, needUndecided } from './stored.ts';
import { tellOfChange } from './tell.ts';

/** Asks for a change. Conflict `change-request-exists` while another one for the same source and place lives. */
export async function createChange(
  tx: Transaction,
  project: ProjectId,
  { release: name, to, ...form }: AskChange,
  caller: Caller,
  now: Instant,
): Promise<ChangeRequest> {
  const release = (await releaseNamed(tx, project, name)).value;
  const target = (await environmentNamed(tx, project, to)).value;
  needMember(caller, await rulesFor(tx, target));
  needFormThatMakesSense(form, now);
  needNoOther(await newestChange(tx, release, target));
  const change: ChangeRequest = {
    id: changeNumber(await nextCount(tx, project)),
    project,
    environment: target.id,
    tree: release.manifest.tree,
    release: release.id,
    version: release.version,
    form,
    requestedBy: caller.actor,
    requestedAt: now,
    editedBy: null,
    approvals: [],
    notes: [],
    state: { phase: 'open' },
  };
  await keepChange(tx, change, 0, now);
  await tellOfChange(tx, change, 'change-request.created', caller.actor, now, {
    message: `${actorName(caller.actor)} asks with ${change.id} to bring ${release.version} into ${target.name}`,
    payload: {},
  });
  return change;
}

function needNoOther(newest: ChangeRequest | null): void {
  if (newest === null || !isLiveChange(newest)) return;
  const { id, state } = newest;
  throw new Failure(
    'conflict',
    'change-request-exists',
    `There is ${id} for this already; it is ${state.phase}.`,
    { wayOut: `Change that one: rung change-request edit ${id} …`, facts: { change: id } },
  );
}

/** Numbers have no gaps: two who ask at once read the same newest one, and the second is made to read again. */
async function nextCount(tx: Reader, project: ProjectId): Promise<number> {
  const [newest] = (await tx.list(project, 'change', {}, { limit: 1 })).items;
  return newest === undefined ? 1 : countOfChange(newest.value.id) + 1;
}

/** Changes what it says. Whatever was approved before is void. */
export async function editChange(
  tx: Transaction,
  { stored }: Around,
  { seen, ...changes }: AskChangeEdit,
  by: Actor,
  now: Instant,
): Promise<void> {
  const change = stored.value;
  needUndecided(change);
  needSeen(change, seen);
  const form: ChangeForm = { ...change.form, ...given(changes) };
  if (digestOfJson(form) === digestOfJson(change.form)) return;
  needFormThatMakesSense(form, now);
  const writtenBefore = authorsOf(change);
  const next: ChangeRequest = { ...change, form, writtenBefore, editedBy: by, state: { phase: 'open' } };
  await keepChange(tx, next, stored.version, now);
  const voided = change.state.phase === 'approved';
  await tellOfChange(tx, next, 'change-request.changed', by, now, {
    message: `${actorName(by)} changed ${change.id}${voided ? ', which makes its approval void' : ''}`,
    payload: { before: change.form, voided },
  });
}

type Given<T> = { readonly [K in keyof T]: Exclude<T[K], undefined> };
const given = <T extends object>(changes: T): Given<T> =>
  Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) as Given<T>;
