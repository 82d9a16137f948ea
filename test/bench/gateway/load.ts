/** What a generator of load is told, and what it says in the end. */
export interface Load {
  readonly port: number;
  readonly seconds: number;
  readonly connections: number;
  /** null: each connection asks again as soon as it was answered. */
  readonly perSecond: number | null;
}

export interface Answered {
  readonly requests: number;
  /** Anything but a whole answer 200, or a connection that was lost. */
  readonly failed: number;
  readonly p99Ms: number;
  readonly p50Ms: number;
}

/** Of each body. */
export const answerBytes = 1_024;
