import type { Actor } from '../../domain/actor.ts';
import { type Delegation, type DelegationId, longestDelegationMs } from '../../domain/delegation.ts';
import type { EventKind } from '../../domain/event.ts';
import { Failure } from '../../domain/failure.ts';
import type { ActorId, Instant, RoleName } from '../../domain/ids.ts';
import type { ProjectFile } from '../../domain/project-file/types.ts';
import { allMembers, memberMeant, rolesOf } from '../../domain/roles.ts';
import { listText } from '../../domain/wording.ts';
import type { Transaction } from '../../engine/store.ts';
import { asPerson } from '../callers.ts';
import { anyRules, delegationsOf } from '../lookup.ts';
import type { Parts } from '../parts.ts';
import type { AskDelegation, DelegationView, PeopleFace } from '../people-face.ts';

type Person = Actor & { readonly kind: 'person' };
const mostStanding = 100;

/** People let somebody stand in for them while they are away, and take that back. */
export function createDelegations({
  store,
  clock,
  newId,
}: Parts): Pick<PeopleFace, 'delegate' | 'delegations' | 'revokeDelegation'> {
  return {
    delegate: async (project, ask, caller) => {
      const by = asPerson(caller, 'let somebody stand in');
      return store.transaction(async (tx) => {
        const now = clock.now();
        const file = await anyRules(tx, project);
        const wanted = { ...ask, to: memberMeant(file, ask.to as ActorId) };
        const roles = fittingRoles(file, wanted, by.id, now);
        const standing = (await delegationsOf(tx, project)).filter(({ until }) => until > now);
        if (standing.length >= mostStanding) throw tooMany();
        const { to, until, reason } = wanted;
        const id = newId() as DelegationId;
        const made: Delegation = { id, project, by: by.id, to, roles, at: now, until, reason, revoked: null };
        await keep(tx, made, 0, 'delegation.made', by, now, {
          message: `${to} stands in for ${by.id} as ${listText(roles)} until ${dayInUtc(until)}: ${reason}`,
        });
        return viewOf(made);
      });
    },
    delegations: (project) => store.read(async (tx) => (await delegationsOf(tx, project)).map(viewOf)),
    revokeDelegation: async (project, id, { reason }, caller) => {
      const by = asPerson(caller, 'end a delegation');
      return store.transaction(async (tx) => {
        const now = clock.now();
        const stored = await tx.get(project, 'delegation', id);
        if (stored === undefined) throw unknown(id);
        needPart(stored.value, by);
        if (stored.value.revoked !== null || stored.value.until <= now) throw over();
        const revoked: Delegation = { ...stored.value, revoked: { by: by.id, at: now, reason } };
        await keep(tx, revoked, stored.version, 'delegation.revoked', by, now, {
          message: `${revoked.to} stands in for ${revoked.by} no more: ${reason}`,
        });
        return viewOf(revoked);
      });
    },
  };
}

const viewOf = ({ id, by, to, roles, at, until, reason, revoked }: Delegation): DelegationView => ({
  id,
  by,
  to,
  roles,
  at,
  until,
  reason,
  revoked,
});

/** Only roles that one holds oneself: what was delegated to somebody is not theirs to hand on. */
function fittingRoles(
  file: ProjectFile,
  { to, until, roles }: AskDelegation & { readonly to: ActorId },
  by: ActorId,
  now: Instant,
): readonly RoleName[] {
  const held = rolesOf(file, by);
  const wanted = (roles ?? held) as readonly RoleName[];
  const foreign = wanted.filter((role) => !held.includes(role));
  const problems = [
    ...(held.length === 0 ? [`${by} holds no role to stand in for.`] : []),
    ...(foreign.length === 0 ? [] : [`${by} does not hold ${listText(foreign)}.`]),
    ...(to === by ? ['Nobody stands in for themselves.'] : []),
    ...(allMembers(file).includes(to) ? [] : [`${to} has no role in this project.`]),
    ...(until > now ? [] : ['It would be over already.']),
    ...(until - now <= longestDelegationMs ? [] : ['It would last longer than 60 days.']),
  ];
  if (problems.length === 0) return [...new Set(wanted)];
  throw new Failure('invalid', 'delegation-invalid', problems.join(' '), {
    wayOut: 'Name a member of the project, roles of your own, and an end within 60 days.',
    problems: problems.map((message) => ({ message })),
  });
}

function needPart({ by, to }: Delegation, { id }: Person): void {
  if (id === by || id === to) return;
  throw new Failure('denied', 'delegation-foreign', 'Only the two whom it is about can end it.', {
    wayOut: `Ask ${by} or ${to}.`,
  });
}

/** Says so in the log, and lets what waits look again: an approval may count, or count no more. */
async function keep(
  tx: Transaction,
  delegation: Delegation,
  version: number,
  kind: EventKind,
  actor: Person,
  at: Instant,
  { message }: { readonly message: string },
): Promise<void> {
  const { id, project, by, to, roles, until } = delegation;
  await tx.put(project, 'delegation', id, delegation, version);
  const subject = `delegation/${id}`;
  const payload = { delegation: id, by, to, roles, until };
  await tx.append([{ project, kind, at, actor, environment: null, subject, message, payload }]);
  await tx.wake([{ key: `project/${project}`, project, at }]);
}

const unknown = (id: string): Failure =>
  new Failure('absent', 'delegation-unknown', `There is no delegation ${id}.`, {
    wayOut: 'See which there are: rung delegation list',
  });

const over = (): Failure =>
  new Failure('conflict', 'delegation-over', 'This delegation is over already.', {
    wayOut: 'There is nothing to do.',
  });

const tooMany = (): Failure =>
  new Failure('conflict', 'delegations-too-many', 'A hundred delegations stand already.', {
    wayOut: 'End what is not needed: rung delegation end ID --reason …',
  });

const dayInUtc = (at: Instant): string => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
