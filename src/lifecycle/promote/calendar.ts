import type { Calendar, CalendarException } from '../../domain/calendar/calendar.ts';
import { calendarAt } from '../../domain/calendar/calendar-at.ts';
import { declaredCalendar } from '../../domain/calendar/declared.ts';
import { standingExceptions } from '../../domain/calendar/exception.ts';
import type { Instant, RoleName } from '../../domain/ids.ts';
import type { AdmissionFacts } from './facts.ts';

/** What of the facts says when the target may be gone into. */
export type CalendarFacts = Pick<AdmissionFacts, 'file' | 'rung' | 'target' | 'exceptions'>;

/** Who may let something in at a closed time: the roles that may let it past a gate. */
export const mayExceptIn = ({ rung }: Pick<AdmissionFacts, 'rung'>): readonly RoleName[] =>
  rung?.step.waive ?? [];

/** The target's calendar by the rules in force, with the exceptions that count. */
export function calendarOf(facts: CalendarFacts): Calendar & { readonly unread: readonly string[] } {
  const { file, target } = facts;
  const exceptions = standingExceptions(facts.exceptions, file, mayExceptIn(facts));
  return { ...declaredCalendar(file, target.name), exceptions };
}

/** The exception without which nothing could go in now; null where none is needed, or none holds. */
export function exceptionUsed(facts: CalendarFacts, now: Instant): CalendarException | null {
  const calendar = calendarOf(facts);
  const { because } = calendarAt(calendar, now);
  if (because.kind !== 'exception') return null;
  const wouldBeOpen = calendar.unread.length === 0 && calendarAt({ ...calendar, exceptions: [] }, now).open;
  return wouldBeOpen ? null : because.exception;
}
