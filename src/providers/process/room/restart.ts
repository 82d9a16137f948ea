/** An instance that ran so long was steady: its end starts the counting anew. */
export const steadyAfterMs = 10_000;

const firstDelayMs = 200;
const longestDelayMs = 15_000;

/** The first restart is at once, so that serving goes on; those that end again quickly wait longer and longer. */
export const restartDelayMs = (quickEnds: number): number =>
  quickEnds <= 1 ? 0 : Math.min(longestDelayMs, firstDelayMs * 2 ** (quickEnds - 2));
