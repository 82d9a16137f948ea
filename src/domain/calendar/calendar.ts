import type { ActorId, Branded, Instant } from '../ids.ts';
import type { Freeze } from './freeze.ts';
import type { Window } from './window.ts';

/** UUIDv7. */
export type ExceptionId = Branded<string, 'ExceptionId'>;

/** What a named person allowed for a while, against windows and freezes. */
export interface CalendarException {
  readonly id: ExceptionId;
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
