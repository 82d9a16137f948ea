import { peopleBehind } from '../../../../src/domain/actor.ts';
import { distinctRoles } from '../../../../src/domain/approvals.ts';
import type { NewEvent } from '../../../../src/domain/event.ts';
import type { ActorId, RoleName } from '../../../../src/domain/ids.ts';
import { rungOf } from '../../../../src/domain/pipeline.ts';
import type { Approval, Promotion } from '../../../../src/domain/promotion.ts';
import { rolesAmong } from '../../../../src/domain/roles.ts';
import type { Commit } from '../plane/ledger.ts';
import type { World } from '../world.ts';
import { eachTime, type Invariant } from './invariant.ts';
import { eachStart, type Start } from './starts.ts';

const peopleOf = ({ requestedBy }: Promotion): readonly ActorId[] => peopleBehind(requestedBy);

/** An approval that counts by itself: by whom, for whom, and as what. */
interface Standing {
  readonly people: readonly ActorId[];
  readonly roles: readonly RoleName[];
}

/** The roles of who approved; of whom they stood in for, as long as nobody has taken that back. */
function approvingRoles(
  { by, standingInFor, at }: Approval,
  from: readonly RoleName[],
  { file }: Start,
  { ledger }: World,
) {
  if (standingInFor === undefined) return rolesAmong(file, by, from);
  return ledger
    .all('delegation')
    .filter((one) => one.by === standingInFor && one.to === by && one.revoked === null)
    .filter((one) => one.at <= at && at < one.until)
    .flatMap((one) => rolesAmong(file, standingInFor, one.roles))
    .filter((role) => from.includes(role));
}

/** Nobody is behind two of them; one's own word goes before one in another's name. */
function withoutDoubles(all: readonly Standing[]): readonly Standing[] {
  const behind = new Set<ActorId>();
  return all
    .toSorted((left, right) => left.people.length - right.people.length)
    .filter(({ people }) => {
      if (people.some((person) => behind.has(person))) return false;
      for (const person of people) behind.add(person);
      return true;
    });
}

/** Counted anew from what is stored, by another way than the product counts. */
function approvalsMissing(start: Start, _: Commit, world: World): string | null {
  const { event, promotion, environment, file } = start;
  const policy = rungOf(file, environment)?.step.approvals;
  if (policy === undefined || promotion.kind === 'rollback' || promotion.emergency !== undefined) return null;
  const standing = promotion.approvals.flatMap((approval): Standing[] => {
    const { by, at, release, planHash, standingInFor } = approval;
    const people = standingInFor === undefined ? [by] : [by, standingInFor];
    const roles = approvingRoles(approval, policy.from, start, world);
    const isOfThis = release === promotion.release && planHash === promotion.plan.hash;
    const isFresh = event.at - at < policy.expireMs;
    const isOther = !policy.notRequester || !peopleOf(promotion).some((one) => people.includes(one));
    return isOfThis && isFresh && isOther && roles.length > 0 ? [{ people, roles }] : [];
  });
  const counted = withoutDoubles(standing);
  if (counted.length < policy.count) return `${counted.length} of ${policy.count} approvals`;
  const distinct = distinctRoles(counted.map(({ roles }) => roles));
  return distinct < policy.distinctRoles ? `${distinct} of ${policy.distinctRoles} roles` : null;
}

function secondPersonMissing({ promotion, environment, file }: Start): string | null {
  const { emergency } = promotion;
  if (emergency === undefined) return null;
  const policy = rungOf(file, environment)?.step.emergency;
  if (policy === undefined) return 'there is no emergency way in';
  if (emergency.confirmed === null) return 'nobody confirmed it';
  const { by, planHash } = emergency.confirmed;
  if (peopleOf(promotion).includes(by.id)) return 'who asked confirmed it, too';
  if (planHash !== promotion.plan.hash) return 'another plan was confirmed';
  return rolesAmong(file, by.id, policy.second).length === 0 ? `${by.id} may not confirm` : null;
}

const cameThrough = ({ kind, payload }: NewEvent): boolean =>
  kind === 'promotion.succeeded' || (kind === 'promotion.superseded' && payload['percent'] === 100);

export const ofPromotions: readonly Invariant[] = [
  {
    id: 'approved-as-ruled',
    sentence:
      'Nothing starts in an environment without the approvals that its rules in force ask for: of that very release and plan, each person once, by people who hold the role, none of them who asked.',
    begin: eachTime({ commit: eachStart(approvalsMissing) }),
  },
  {
    id: 'emergency-takes-two',
    sentence: 'An emergency starts only once a second person, who may, has confirmed that very plan.',
    begin: eachTime({ commit: eachStart(secondPersonMissing) }),
  },
  {
    id: 'no-environment-skipped',
    sentence:
      'No release comes into an environment that has not come through the one before it, unless as an emergency.',
    begin: () => {
      const through = new Set<string>();
      const check = eachStart(({ promotion, environment, file }) => {
        if (promotion.kind === 'rollback' || promotion.emergency !== undefined) return null;
        const before = rungOf(file, environment)?.before.at(-1)?.environment;
        return before === undefined || through.has(`${before} ${promotion.release}`)
          ? null
          : `it has not come through ${before}`;
      });
      const note = (event: NewEvent, { ledger }: World): void => {
        if (!cameThrough(event) || event.environment === null) return;
        const name = ledger.get('environment', event.environment)?.name ?? '';
        through.add(`${name} ${String(event.payload['release'])}`);
      };
      return {
        restored: (world) => {
          through.clear();
          for (const event of world.ledger.events) note(event, world);
        },
        commit: (commit, world) => {
          const problem = check(commit, world);
          for (const event of commit.events) note(event, world);
          return problem;
        },
      };
    },
  },
  {
    id: 'taken-back-stays-away',
    sentence:
      'What was taken back comes not back by itself: not before a person lifts its mark, goes back to it, or calls an emergency.',
    begin: () => {
      const marked = new Set<string>();
      const check = eachStart(({ promotion }) =>
        promotion.kind === 'promotion' && promotion.emergency === undefined && marked.has(promotion.release)
          ? 'it carries a mark'
          : null,
      );
      const note = ({ kind, subject }: NewEvent): void => {
        if (kind === 'release.marked') marked.add(subject.slice('release/'.length));
        if (kind === 'release.mark-lifted') marked.delete(subject.slice('release/'.length));
      };
      return {
        restored: ({ ledger }) => {
          marked.clear();
          ledger.events.forEach(note);
        },
        commit: (commit, world) => {
          const problem = check(commit, world);
          commit.events.forEach(note);
          return problem;
        },
      };
    },
  },
  {
    id: 'ends-once',
    sentence: 'A promotion that has ended stays as it ended.',
    begin: eachTime({
      commit: ({ puts }) => {
        for (const put of puts) {
          if (put.kind !== 'promotion' || put.before === undefined) continue;
          const before = (put.before as Promotion).state;
          const after = (put.after as Promotion | undefined)?.state;
          const wasOpen = before.phase === 'waiting' || before.phase === 'running';
          if (!wasOpen && after?.phase !== before.phase)
            return `${put.id} was ${before.phase} and is ${after?.phase}`;
          if (before.phase === 'running' && after?.phase === 'waiting')
            return `${put.id} runs no more, and waits`;
        }
        return null;
      },
    }),
  },
];
