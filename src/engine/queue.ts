import type { ProjectId } from '../domain/ids.ts';

/**
 * Hands out the wake-ups that transactions asked for, when they are due on the engine's clock. At least once: a
 * worker that dies hands its key to another. One key is never worked on twice at the same time.
 */
export interface Queue {
  start(work: (key: string, project: ProjectId) => Promise<void>): Promise<void>;
  /** Waits for what is being worked on, takes nothing new. */
  stop(): Promise<void>;
}
