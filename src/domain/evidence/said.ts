import type { ActorId } from '../ids.ts';

/** What people and programs say outright, without a file to read it from. */
export type SaidFacts = ReviewFacts | UatFacts | RollbackPlanFacts | ChecklistFacts;

/** The change was looked at by others than who wrote it, as the forge or the CI tells. */
export interface ReviewFacts {
  readonly kind: 'review';
  readonly approvedBy: readonly string[];
  readonly requestedChanges: readonly string[];
  /** Where it can be read again; empty when there is no such place. */
  readonly url: string;
}

/** Users tried it in an environment, and one of them answers for what they found. */
export interface UatFacts {
  readonly kind: 'uat';
  readonly verdict: 'accepted' | 'rejected';
  readonly testers: readonly string[];
  readonly scenarios: readonly { readonly title: string; readonly passed: boolean; readonly note: string }[];
  readonly note: string;
}

/** How the release would be taken back, as somebody writes it down. */
export interface RollbackPlanText {
  readonly kind: 'rollback-plan';
  readonly steps: string;
  /** How long taking it back takes, in minutes. */
  readonly minutes: number;
  /** Whether data that the release writes can still be read by the version before. */
  readonly dataStaysReadable: boolean;
}

/** The plan with those who answer for it. Each says so in their own name; nobody can name another. */
export interface RollbackPlanFacts extends RollbackPlanText {
  readonly writtenBy: ActorId;
  /** Others than the writer who read this very text. */
  readonly reviewedBy: readonly ActorId[];
}

/** What may be said: all but who says it, which nobody is asked for. */
export type Sayable = Exclude<SaidFacts, RollbackPlanFacts> | RollbackPlanText;

/** Items of a checklist that were ticked off by one person at one time; the items of several add up. */
export interface ChecklistFacts {
  readonly kind: 'checklist';
  readonly items: readonly { readonly item: string; readonly done: boolean; readonly note: string }[];
}

/** What is said in one person's name; the others may come from a program. */
export const saidByPeople = [
  'uat',
  'rollback-plan',
  'checklist',
] as const satisfies readonly SaidFacts['kind'][];

export const isSaidByPeople = (kind: string): boolean => saidByPeople.some((one) => one === kind);
