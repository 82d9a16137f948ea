import type { Log } from '../domain/log.ts';

/** What a provider is handed besides its input. It never sleeps and never reads a clock of its own. */
export interface Context {
  readonly signal: AbortSignal;
  readonly log: Log;
}

export type { Log };

/** "Could not look" is thrown as a Failure; it is never "not there". */
export type Observed<T> =
  | { readonly state: 'absent' }
  | { readonly state: 'foreign'; readonly detail: string }
  | { readonly state: 'present'; readonly value: T };

export type Applied =
  | { readonly done: true }
  | { readonly done: false; readonly lookAgainMs: number; readonly waitingFor: string };
