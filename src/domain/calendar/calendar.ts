import type { ActorId, EnvironmentName, Instant } from '../ids.ts';
import type { Freeze } from './freeze.ts';
import type { Window } from './window.ts';

/** What a named person allowed for a while, against windows and freezes. */
export interface CalendarException {
  readonly environment: EnvironmentName;
  readonly from: Instant;
  readonly to: Instant;
  readonly by: ActorId;
  readonly reason: string;
}

/** What rules when one environment may be gone into. */
export interface Calendar {
  /** None: always open. */
  readonly windows: readonly Window[];
  readonly freezes: readonly Freeze[];
  readonly exceptions: readonly CalendarException[];
}

/** What of a project's calendar is about one environment. */
export function calendarOf(
  environment: EnvironmentName,
  windows: readonly Window[],
  all: Pick<Calendar, 'freezes' | 'exceptions'>,
): Calendar {
  return {
    windows,
    freezes: all.freezes.filter(
      (freeze) => freeze.environment === null || freeze.environment === environment,
    ),
    exceptions: all.exceptions.filter((exception) => exception.environment === environment),
  };
}

/** Why a calendar is open or closed. Of several windows, freezes or exceptions it is the one that holds longest. */
export type OpenBecause =
  | { readonly kind: 'no windows' }
  | { readonly kind: 'window'; readonly window: Window }
  | { readonly kind: 'exception'; readonly exception: CalendarException };
export type ClosedBecause =
  | { readonly kind: 'outside windows'; readonly windows: readonly Window[] }
  | { readonly kind: 'freeze'; readonly freeze: Freeze };
export type Because = OpenBecause | ClosedBecause;

export const isOpen = (because: Because): because is OpenBecause =>
  because.kind !== 'outside windows' && because.kind !== 'freeze';
