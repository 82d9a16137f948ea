import type { Blocker } from '../api/views.ts';
import { Until } from '../time/moment.tsx';
import { areRolesNamed, namesText, rolesText } from './names.ts';
import { Sentence } from './sentence.tsx';
import './blocker-list.css';

const signs: Record<Blocker['kind'], string> = {
  order: '↥',
  marked: '⚑',
  'already there': '=',
  merged: '✎',
  soak: '◷',
  smoke: '✓',
  validation: '✎',
  approvals: '✎',
  emergency: '✎',
  'one at a time': '⇉',
  'role unknown': '?',
  tests: '✓',
  coverage: '✓',
  review: '✎',
  scan: '✓',
  stability: '◷',
  alarms: '!',
  uat: '✎',
  'change-request': '✎',
  'rollback-plan': '✎',
  checklist: '✓',
  bugs: '!',
  rule: '✓',
  webhook: '✓',
  window: '◷',
  freeze: '❄',
};

/** Everything that is in the way: the reason, whose it is, until when, and what to do. */
export const BlockerList = ({ blockers }: { readonly blockers: readonly Blocker[] }) => (
  <ul className="blockers">
    {blockers.map((blocker, index) => (
      <BlockerLine
        key={`${blocker.kind} ${blocker.reason}`}
        blocker={blocker}
        isSaid={blockers.slice(0, index).some((before) => isLiftedAlike(before, blocker))}
      />
    ))}
  </ul>
);

/** Whether the same people can lift both. */
export const isLiftedAlike = (left: Blocker, right: Blocker): boolean =>
  left.liftedBy.kind === 'people' && JSON.stringify(left.liftedBy) === JSON.stringify(right.liftedBy);

interface BlockerLineProps {
  readonly blocker: Blocker;
  /** The same people can lift one above it, where they are named. */
  readonly isSaid: boolean;
}

function BlockerLine({ blocker, isSaid }: BlockerLineProps) {
  return (
    <li>
      <span className="blocker-sign" aria-hidden="true">
        {signs[blocker.kind]}
      </span>
      <b>
        <Sentence text={blocker.reason} />
      </b>
      <span className="blocker-when">
        {blocker.earliest !== null && <Until at={blocker.earliest} />}
        {blocker.earliest === null && blocker.effect === 'refused' && (
          <span className="bad-text">refused</span>
        )}
      </span>
      <small>
        <Sentence text={blocker.wayOut} /> <Lifter by={blocker.liftedBy} isSaid={isSaid} />
      </small>
    </li>
  );
}

interface LifterProps {
  readonly by: Blocker['liftedBy'];
  /** What stands before the names. */
  readonly before?: string;
  /** The same people are named above it. */
  readonly isSaid?: boolean;
}

/** Whose it is, by name, role and contact (REL-16). */
export function Lifter({ by, before = 'From', isSaid = false }: LifterProps) {
  if (by.kind !== 'people') return null;
  const members = by.members.join(', ');
  if (isSaid)
    return (
      <span className="lifter" title={members}>
        From the same people
      </span>
    );
  const names = namesText(by.members);
  return (
    <span className="lifter" title={members}>
      {names !== '' && `${before} ${names}`} {by.roles.length > 0 && `(${rolesText(by.roles, 'or')})`}
      {areRolesNamed(by.roles) && by.contacts.length > 0 && ` · ${by.contacts.join(' · ')}`}
    </span>
  );
}
