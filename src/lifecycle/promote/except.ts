import type { Actor } from '../../domain/actor.ts';
import type { ExceptionId } from '../../domain/calendar/calendar.ts';
import {
  exceptingRoles,
  furthestExceptionMs,
  longestExceptionMs,
  type MadeException,
  mostExceptions,
} from '../../domain/calendar/exception.ts';
import type { Environment } from '../../domain/environment.ts';
import type { EventKind } from '../../domain/event.ts';
import { Failure } from '../../domain/failure.ts';
import { type Instant, instant, type ProjectId } from '../../domain/ids.ts';
import { rungOf } from '../../domain/pipeline.ts';
import { countText, listText, spanText } from '../../domain/wording.ts';
import type { Reader, Transaction } from '../../engine/store.ts';
import { exceptionsFor, rulesFor } from '../lookup.ts';
import { mayExceptIn } from './calendar.ts';

type Person = Actor & { kind: 'person' };

export interface ExceptionWanted {
  readonly id: ExceptionId;
  /** Absent or over: from now on. */
  readonly from?: Instant | undefined;
  readonly to: Instant;
  readonly reason: string;
  readonly by: Person;
}

/**
 * Somebody lets things into an environment for a while, against windows and freezes, with a reason. Denied to whom the
 * step does not name under `waive`; invalid for a time that is over, too long or too far away.
 */
export async function makeException(
  tx: Transaction,
  target: Environment,
  wanted: ExceptionWanted,
  now: Instant,
): Promise<MadeException> {
  const roles = await neededRoles(tx, target, wanted.by);
  const from = instant(Math.max(wanted.from ?? now, now));
  needFitting(from, wanted.to, now);
  const standing = (await exceptionsFor(tx, target)).filter(({ to }) => to > now);
  if (standing.length >= mostExceptions) throw tooMany(target);
  const { id, to, reason, by } = wanted;
  const made: MadeException = {
    id,
    project: target.project,
    environment: target.id,
    from,
    to,
    by: by.id,
    roles,
    reason,
    at: now,
    revoked: null,
  };
  await tx.put(target.project, 'exception', id, made, 0);
  const until = `from ${momentInUtc(from)} to ${momentInUtc(to)}`;
  await tell(tx, target, 'exception.made', made, by, now, {
    message: `${by.id} opens ${target.name} ${until}, whatever its windows and freezes say: ${reason}`,
    reason,
  });
  return made;
}

/** Ends an exception before its time: whoever made it, or could make one. What started under it goes on. */
export async function revokeException(
  tx: Transaction,
  project: ProjectId,
  id: string,
  { by, reason }: { readonly by: Person; readonly reason: string },
  now: Instant,
): Promise<MadeException> {
  const stored = await tx.get(project, 'exception', id);
  const target =
    stored === undefined ? undefined : await tx.get(project, 'environment', stored.value.environment);
  if (stored === undefined || target === undefined) throw unknown(id);
  const made = stored.value;
  if (made.by !== by.id) await neededRoles(tx, target.value, by);
  if (made.revoked !== null || made.to <= now) throw overAlready(made);
  const revoked: MadeException = { ...made, revoked: { by: by.id, at: now, reason } };
  await tx.put(project, 'exception', made.id, revoked, stored.version);
  await tell(tx, target.value, 'exception.revoked', revoked, by, now, {
    message: `${by.id} revoked the exception of ${made.by} for ${target.value.name}: ${reason}`,
    reason,
  });
  return revoked;
}

async function neededRoles(tx: Reader, target: Environment, { id }: Person): Promise<MadeException['roles']> {
  const file = await rulesFor(tx, target);
  const makers = mayExceptIn({ rung: rungOf(file, target.name) });
  const roles = exceptingRoles(file, makers, id);
  if (roles.length > 0) return roles;
  throw new Failure('denied', 'exception-role-missing', `${id} may make no exception for ${target.name}.`, {
    wayOut:
      makers.length === 0
        ? 'Nobody may: the step names nobody under `waive`. Wait until it opens.'
        : `Ask somebody who is ${listText(makers, 'or')}.`,
  });
}

function needFitting(from: Instant, to: Instant, now: Instant): void {
  const refuse = (message: string, wayOut: string): Failure =>
    new Failure('invalid', 'exception-time', message, { wayOut });
  if (to <= from)
    throw refuse(
      to <= now ? 'The exception would be over already.' : 'The exception would end before it starts.',
      'Let it end after it starts, and after now.',
    );
  if (to - from > longestExceptionMs)
    throw refuse(
      `The exception would last ${spanText(to - from)}.`,
      `${spanText(longestExceptionMs)} at most; what is to be open for longer is a window in rung.yaml.`,
    );
  if (from - now > furthestExceptionMs)
    throw refuse(
      `The exception would start in ${spanText(from - now)}.`,
      `Make it within ${spanText(furthestExceptionMs)} before it starts.`,
    );
}

const tooMany = ({ name }: Environment): Failure =>
  new Failure(
    'conflict',
    'exceptions-too-many',
    `${name} has ${countText(mostExceptions, 'exception')} that are not over.`,
    {
      wayOut: `Revoke what is not needed (rung window list ${name}), or change its windows in rung.yaml.`,
    },
  );

const unknown = (id: string): Failure =>
  new Failure('absent', 'exception-unknown', `There is no exception ${id}.`, {
    wayOut: 'See which there are: rung window list',
  });

const overAlready = ({ revoked }: MadeException): Failure =>
  new Failure(
    'conflict',
    'exception-over',
    revoked === null ? 'This exception is over.' : `${revoked.by} revoked this exception already.`,
    { wayOut: 'There is nothing to do.' },
  );

const momentInUtc = (at: Instant): string =>
  `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** Says so in the log, and lets what waits for the environment look again. */
async function tell(
  tx: Transaction,
  target: Environment,
  kind: EventKind,
  { id, from, to, roles }: MadeException,
  actor: Person,
  now: Instant,
  { message, reason }: { readonly message: string; readonly reason: string },
): Promise<void> {
  const { project } = target;
  await tx.append([
    {
      project,
      kind,
      at: now,
      actor,
      environment: target.id,
      subject: `exception/${id}`,
      message,
      payload: { exception: id, from, to, roles, reason },
    },
  ]);
  await tx.wake([{ key: `environment/${target.id}`, project, at: now }]);
}
