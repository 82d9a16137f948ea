import type { ChangeForm } from '../../../domain/change-request.ts';
import { Failure } from '../../../domain/failure.ts';
import type { Instant } from '../../../domain/ids.ts';

const longestWindowMs = 31 * 24 * 3_600_000;

/** What the shapes of its fields alone do not say. Invalid `change-request-invalid` with every problem at once. */
export function needFormThatMakesSense({ window: { from, to } }: ChangeForm, now: Instant): void {
  const problems = [
    ...(to > from ? [] : [{ message: 'The window ends before it begins. Write a later end.' }]),
    ...(to > now ? [] : [{ message: 'The window is over already. Write times that are still to come.' }]),
    ...(to - from <= longestWindowMs
      ? []
      : [{ message: 'The window is longer than 31 days. Write when it is really to be done.' }]),
  ];
  if (problems.length === 0) return;
  throw new Failure('invalid', 'change-request-invalid', 'The change request cannot be taken as it is.', {
    wayOut: 'Mend what is listed, then send it again.',
    problems,
  });
}
