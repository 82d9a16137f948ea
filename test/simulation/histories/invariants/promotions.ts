import { peopleBehind } from '../../../../src/domain/actor.ts';
import { distinctRoles } from '../../../../src/domain/approvals.ts';
import type { NewEvent } from '../../../../src/domain/event.ts';
import type { ActorId, EnvironmentName, RoleName } from '../../../../src/domain/ids.ts';
import { rungOf } from '../../../../src/domain/pipeline.ts';
import type { ProjectFile } from '../../../../src/domain/project-file/types.ts';
import type { Promotion } from '../../../../src/domain/promotion.ts';
import { rolesAmong } from '../../../../src/domain/roles.ts';
import type { Commit } from '../plane/ledger.ts';
import type { World } from '../world.ts';
import { eachTime, type Invariant } from './invariant.ts';

/** A promotion that starts with this commit, and the rules in force then. */
interface Start {
  readonly event: NewEvent;
  readonly promotion: Promotion;
  readonly environment: EnvironmentName;
  readonly file: ProjectFile;
}

const eachStart =
  (problem: (start: Start) => string | null) =>
  (commit: Commit, world: World): string | null => {
    for (const event of commit.events) {
      if (event.kind !== 'promotion.started') continue;
      const found = problem(startOf(event, world));
      if (found !== null) return `${event.message}: ${found}`;
    }
    return null;
  };

function startOf(event: NewEvent, { ledger }: World): Start {
  const promotion = ledger.get('promotion', event.subject.slice('promotion/'.length));
  const environment = event.environment === null ? undefined : ledger.get('environment', event.environment);
  const rules = environment && ledger.get('rules', environment.rules.file);
  if (promotion === undefined || environment === undefined || rules === undefined)
    throw new Error(`the log says that ${event.subject} started, and there is nothing of it`);
  return { event, promotion, environment: environment.name, file: rules.file };
}

const peopleOf = ({ requestedBy }: Promotion): readonly ActorId[] => peopleBehind(requestedBy);

/** Counted anew from what is stored, by another way than the product counts. */
function approvalsMissing({ event, promotion, environment, file }: Start): string | null {
  const policy = rungOf(file, environment)?.step.approvals;
  if (policy === undefined || promotion.kind === 'rollback' || promotion.emergency !== undefined) return null;
  const people = new Map<ActorId, readonly RoleName[]>();
  for (const { by, at, release, planHash } of promotion.approvals) {
    const roles = rolesAmong(file, by, policy.from);
    const isOfThis = release === promotion.release && planHash === promotion.plan.hash;
    const isFresh = event.at - at < policy.expireMs;
    const isOther = !policy.notRequester || !peopleOf(promotion).includes(by);
    if (isOfThis && isFresh && isOther && roles.length > 0) people.set(by, roles);
  }
  if (people.size < policy.count) return `${people.size} of ${policy.count} approvals`;
  const distinct = distinctRoles([...people.values()]);
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
      return {
        commit: (commit, world) => {
          const problem = check(commit, world);
          for (const event of commit.events)
            if (cameThrough(event) && event.environment !== null)
              through.add(
                `${world.ledger.get('environment', event.environment)?.name ?? ''} ${String(event.payload['release'])}`,
              );
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
      return {
        commit: (commit, world) => {
          const problem = check(commit, world);
          for (const { kind, subject } of commit.events) {
            if (kind === 'release.marked') marked.add(subject.slice('release/'.length));
            if (kind === 'release.mark-lifted') marked.delete(subject.slice('release/'.length));
          }
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
