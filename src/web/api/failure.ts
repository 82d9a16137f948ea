import type { failureOfAnswer } from '../../client/index.ts';

/** What the client throws for an answer that is no success: what happened, and what the person can do next. */
export type Failure = Awaited<ReturnType<typeof failureOfAnswer>>;

/** The failure behind what was thrown; null for anything else, which is a mistake in this page. */
export const failureIn = (error: unknown): Failure | null =>
  error instanceof Error && error.name === 'Failure' ? (error as Failure) : null;

/** Whether the person has to sign in before this can be answered. */
export const isSignedOut = (error: unknown): boolean => failureIn(error)?.code === 'signed-out';

/** Whether asking again in a moment may do: the server is on its way up, or could not be reached. */
export const isPassing = (error: unknown): boolean => {
  const kind = failureIn(error)?.kind;
  return kind === 'unavailable' || kind === 'interrupted';
};
