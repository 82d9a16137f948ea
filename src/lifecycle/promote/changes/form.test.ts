import { describe, expect, it } from 'vitest';
import type { ChangeForm } from '../../../domain/change-request.ts';
import { isFailure } from '../../../domain/failure.ts';
import { instant } from '../../../domain/ids.ts';
import { now } from '../facts.kit.ts';
import { aChange } from './change.kit.ts';
import { needFormThatMakesSense } from './form.ts';

const dayMs = 86_400_000;

/** How many problems a form has whose window is from then to then, seen from now. */
function problemsOf(fromMs: number, toMs: number): number {
  const window = { from: instant(now + fromMs), to: instant(now + toMs) };
  const form: ChangeForm = { ...aChange.form, window };
  try {
    needFormThatMakesSense(form, now);
    return 0;
  } catch (thrown) {
    if (isFailure(thrown) && thrown.code === 'change-request-invalid') return thrown.problems.length;
    throw thrown;
  }
}

describe('the window of a change request (REL-7)', () => {
  it.each<[string, number, number, number]>([
    ['is still to come', 1, 2, 0],
    ['has begun', -1, 1, 0],
    ['ends as it begins', 1, 1, 1],
    ['ends before it begins', 2, 1, 1],
    ['ends now', -1, 0, 1],
    ['is over, and the wrong way round', -1, -2, 2],
    ['is as long as it may be', 1, 1 + 31 * dayMs, 0],
    ['is longer than that', 1, 2 + 31 * dayMs, 1],
    ['was longer than that', -40 * dayMs, -1, 2],
  ])('%s: %i to %i ms from now, problems: %i', (_, fromMs, toMs, problems) => {
    expect(problemsOf(fromMs, toMs)).toBe(problems);
  });
});
