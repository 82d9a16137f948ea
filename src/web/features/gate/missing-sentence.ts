import type { Blocker } from '../../api/views.ts';
import { countText, listText, namesText, roleName } from '../../components/names.ts';
import { spanText } from '../../time/format.ts';

interface Missing {
  readonly version: string;
  readonly to: string;
  readonly blockers: readonly Blocker[];
  readonly now: number;
}

/** What is missing, read out: `1.4.0 can go to prod once 2 people approve and 3 h of soak are over.` */
export function missingSentence({ version, to, blockers, now }: Missing): string {
  const refused = blockers.filter((one) => one.effect === 'refused');
  if (refused.length > 0)
    return `${version} cannot go to ${to}: ${listText(refused.map((one) => partOf(one.reason)))}.`;
  if (blockers.length === 0) return `${version} can go to ${to} now.`;
  const once = listText([...new Set(blockers.map((one) => clauseOf(one, now)))]);
  return `${version} can go to ${to} once ${once}.${approvers(blockers)}`;
}

/** A sentence as a part of another one. */
const partOf = (sentence: string): string => sentence.replace(/\.$/u, '');

/** Who can give the approvals, and where they are reached (REL-16). */
function approvers(blockers: readonly Blocker[]): string {
  const by = blockers.find((one) => one.kind === 'approvals')?.liftedBy;
  if (by?.kind !== 'people') return '';
  if (by.members.length === 0)
    return ` Nobody can approve: no one else is ${listText(by.roles.map(roleName), 'or')}.`;
  const contacts = by.contacts.length === 0 ? '' : `: ${by.contacts.join(', ')}`;
  return ` ${namesText(by.members)} can approve${contacts}.`;
}

/** What takes no longer is said without a time: it is about to come. */
const leastSaidMs = 1000;

function clauseOf(blocker: Blocker, now: number): string {
  const { kind } = blocker;
  if (kind === 'approvals') return approvalsClause(blocker);
  const clause = clauses[kind];
  if (typeof clause === 'string') return named(clause, blocker);
  const [known, unknown] = clause;
  const leftMs = (blocker.earliest ?? now) - now;
  return leftMs < leastSaidMs ? unknown : known.replace('…', spanText(leftMs));
}

/** Of several checklists, rules and webhooks of a way, which. */
const named = (clause: string, { kind, gate }: Blocker): string =>
  gate === undefined || gate === kind ? clause : `${clause} (${gate})`;

function approvalsClause({ missing }: Blocker): string {
  if (missing === undefined) return 'it is approved';
  if (missing.people > 0) return `${countText(missing.people, 'person approves', 'people approve')} it`;
  return `${countText(missing.roles, 'more role is', 'more roles are')} among the approvers`;
}

/** What has to come about; a pair where time may be known, with `…` for how long it takes. */
const clauses: Record<
  Exclude<Blocker['kind'], 'approvals'>,
  string | readonly [known: string, unknown: string]
> = {
  soak: ['… of soak are over', 'it has soaked'],
  stability: ['the source was stable for … more', 'the source is stable'],
  window: ['the window opens in …', 'a window opens'],
  freeze: ['the freeze ends in …', 'the freeze is lifted'],
  checklist: 'its checklist is ticked off',
  rule: 'the rule holds',
  webhook: 'the webhook says yes',
  order: 'it runs in the rung before',
  marked: 'its mark is lifted',
  'already there': 'something else runs there',
  merged: 'a person promotes it',
  smoke: 'its smoke tests pass',
  validation: 'somebody validates it',
  tests: 'its tests pass',
  coverage: 'enough of it is covered by tests',
  review: 'it is reviewed',
  scan: 'its security scan is clean',
  alarms: 'no alarm is raised',
  uat: 'its users accept it',
  'change-request': 'a change request allows it',
  'rollback-plan': 'its rollback plan is written and read',
  bugs: 'its blocking bugs are closed',
  emergency: 'a second person confirms it',
  'one at a time': 'what goes in before it is through',
  'role unknown': 'somebody with a role asks for it',
};
