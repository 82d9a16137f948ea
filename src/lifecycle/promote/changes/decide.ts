import type { Actor } from '../../../domain/actor.ts';
import {
  approvingRolesOf,
  authorsOf,
  type ChangeApproval,
  type ChangeRequest,
  formDigest,
} from '../../../domain/change-request.ts';
import { Failure } from '../../../domain/failure.ts';
import type { Digest, Instant } from '../../../domain/ids.ts';
import { planOf } from '../../../domain/plan.ts';
import { listText } from '../../../domain/wording.ts';
import type { Reader, Transaction } from '../../../engine/store.ts';
import { releaseNamed } from '../../lookup.ts';
import { approversNamed, type Around, keepChange, needSeen, needUndecided } from './stored.ts';
import { tellOfChange } from './tell.ts';

type Person = Actor & { readonly kind: 'person' };

/** An approval binds to what the approver saw. Denied to its authors, and to who has none of the roles. */
export async function approveChange(
  tx: Transaction,
  around: Around,
  { seen, comment }: { readonly seen: string; readonly comment?: string | undefined },
  by: Person,
  now: Instant,
): Promise<void> {
  const change = around.stored.value;
  needUndecided(change);
  const roles = approvingRoles(around, by);
  needSeen(change, seen);
  const approval: ChangeApproval = {
    by: by.id,
    roles,
    form: formDigest(change),
    plan: await planNow(tx, around),
    at: now,
    comment: comment ?? '',
  };
  const others = change.approvals.filter((one) => one.by !== by.id);
  const next: ChangeRequest = {
    ...change,
    approvals: [...others, approval],
    state: { phase: 'approved', at: now },
  };
  await keepChange(tx, next, around.stored.version, now);
  await tellOfChange(tx, next, 'change-request.approved', by, now, {
    message: `${by.id} approved ${change.id}, ${change.version} for ${around.target.name} (${listText(roles)})`,
    payload: { roles, plan: approval.plan, comment: approval.comment },
  });
}

async function planNow(tx: Reader, { stored: { value }, target }: Around): Promise<Digest> {
  const release = (await releaseNamed(tx, value.project, value.release)).value;
  return planOf(target, release).hash;
}

function approvingRoles({ stored, file, target }: Around, by: Person): ChangeApproval['roles'] {
  const from = approversNamed(file, target);
  if (authorsOf(stored.value).includes(by.id))
    throw new Failure(
      'denied',
      'change-request-approval-by-author',
      'Whoever asked for a change, or changed what it says last, may not approve it.',
      {
        wayOut:
          from.length === 0 ? 'Ask another member.' : `Ask somebody else who is ${listText(from, 'or')}.`,
      },
    );
  const roles = approvingRolesOf(file, from, by.id);
  if (roles.length > 0) return roles;
  throw new Failure(
    'denied',
    'change-request-role-missing',
    `${by.id} has none of the roles that approve change requests for ${target.name}.`,
    { wayOut: `Ask somebody who is ${listText(from, 'or')}.` },
  );
}

/** Says no. Whoever could approve it may, and so may its authors, who take it back by that. */
export async function rejectChange(
  tx: Transaction,
  around: Around,
  reason: string,
  by: Person,
  now: Instant,
): Promise<void> {
  const change = around.stored.value;
  needUndecided(change);
  const isAuthor = authorsOf(change).includes(by.id);
  if (!isAuthor) approvingRoles(around, by);
  const next: ChangeRequest = { ...change, state: { phase: 'rejected', by, reason, at: now } };
  await keepChange(tx, next, around.stored.version, now);
  await tellOfChange(tx, next, 'change-request.rejected', by, now, {
    message: `${by.id} ${isAuthor ? 'took back' : 'rejected'} ${change.id}, ${change.version} for ${around.target.name}: ${reason}`,
    payload: { reason },
  });
}

const mostNotes = 100;

/** Adds a person's own words, at any time; closing is the system's, what it meant is theirs. */
export async function noteOnChange(
  tx: Transaction,
  { stored }: Around,
  text: string,
  by: Person,
  now: Instant,
): Promise<void> {
  const change = stored.value;
  if (change.notes.length >= mostNotes)
    throw new Failure(
      'limited',
      'change-request-notes-full',
      `${change.id} has ${mostNotes} notes already.`,
      {
        wayOut: 'Keep the rest elsewhere, and link to it from the release.',
      },
    );
  const next: ChangeRequest = { ...change, notes: [...change.notes, { by: by.id, at: now, text }] };
  await tx.put(next.project, 'change', next.id, next, stored.version);
  await tellOfChange(tx, next, 'change-request.noted', by, now, {
    message: `${by.id} on ${change.id}: ${text}`,
    payload: { note: text },
  });
}
