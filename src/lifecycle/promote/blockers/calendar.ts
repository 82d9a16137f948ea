import type { Blocker } from '../../../domain/admission.ts';
import type { Calendar, ClosedBecause } from '../../../domain/calendar/calendar.ts';
import { calendarAt } from '../../../domain/calendar/calendar-at.ts';
import { type Freeze, freezeTimeText } from '../../../domain/calendar/freeze.ts';
import { windowText } from '../../../domain/calendar/window.ts';
import { dayAndTimeText, ended } from '../../../domain/calendar/wording.ts';
import type { Instant } from '../../../domain/ids.ts';
import { peopleOf } from '../../../domain/roles.ts';
import { listText, spanText } from '../../../domain/wording.ts';
import type { BlockerRule } from '../admit.ts';
import { calendarOf, mayExceptIn } from '../calendar.ts';
import type { AdmissionFacts } from '../facts.ts';

/**
 * Something starts in the environment's windows alone, and never in a freeze, unless a named person made an
 * exception. What has started goes on when the window closes.
 */
export const calendar: BlockerRule = (facts, now) => {
  const rules = calendarOf(facts);
  const answer = calendarAt(rules, now);
  if (answer.because.kind !== 'exception' && rules.unread.length > 0)
    return [unreadable(facts, rules.unread)];
  return answer.open ? [] : [closed(facts, rules, answer.because, answer.opensAt, now)];
};

function closed(
  facts: AdmissionFacts,
  rules: Calendar,
  because: ClosedBecause,
  opensAt: Instant | null,
  now: Instant,
): Blocker {
  return {
    kind: because.kind === 'freeze' ? 'freeze' : 'window',
    reason:
      because.kind === 'freeze'
        ? `${facts.target.name} is frozen, ${whenFrozen(because.freeze)}. It ${opening(rules, because, opensAt, now)}.`
        : `${facts.target.name} is open ${listText(because.windows.map(windowText))}; it ${opening(rules, because, opensAt, now)}.`,
    wayOut: wayOut(facts, opensAt),
    effect: 'waits',
    liftedBy: opensAt === null ? peopleOf(facts.file, exceptionMakers(facts)) : { kind: 'time' },
    earliest: opensAt,
  };
}

const whenFrozen = ({ time, reason }: Freeze): string =>
  `${freezeTimeText(time)}: ${ended(reason).slice(0, -1)}`;

/** By the clock of the place that the sentence before has named. */
function opening(rules: Calendar, because: ClosedBecause, opensAt: Instant | null, now: Instant): string {
  if (opensAt === null) return 'does not open within 400 days';
  const said = because.kind === 'freeze' ? because.freeze.time.zone : (because.windows[0]?.zone ?? 'UTC');
  const zone = rules.windows[0]?.zone ?? said;
  const isPlain = zone === said && rules.windows.every((window) => window.zone === zone);
  return `opens ${dayAndTimeText(zone, opensAt, now)}${isPlain ? '' : ` ${zone}`} (in ${spanText(opensAt - now)})`;
}

function wayOut(facts: AdmissionFacts, opensAt: Instant | null): string {
  const makers = mayExceptIn(facts);
  const wait =
    opensAt === null
      ? `Change the windows or freezes of ${facts.target.name} in rung.yaml.`
      : 'Wait: it starts by itself.';
  return makers.length === 0
    ? wait
    : `${wait} ${listText(makers, 'or')} can make an exception: rung window except ${facts.target.name} --to … --reason …`;
}

/** Nobody named: everybody, who can at least change the file. */
const exceptionMakers = (facts: AdmissionFacts) => {
  const makers = mayExceptIn(facts);
  return makers.length === 0 ? undefined : makers;
};

const unreadable = ({ file, target }: AdmissionFacts, unread: readonly string[]): Blocker => ({
  kind: 'window',
  reason: `The calendar of ${target.name} cannot be read: ${unread.map((text) => `"${text}"`).join(', ')}.`,
  wayOut: 'See with rung check what is wrong with it, correct rung.yaml, and have it accepted.',
  effect: 'waits',
  liftedBy: peopleOf(file),
  earliest: null,
});
