import type { People } from '../admission.ts';
import type { LiveChangePhase } from '../change-request.ts';
import type { Because } from './calendar.ts';

/** The calendar of a project as people are shown it. Plain JSON; times are milliseconds since the epoch. */
export interface CalendarView {
  readonly now: number;
  /** What the bands cover. */
  readonly from: number;
  readonly to: number;
  readonly environments: readonly EnvironmentCalendarView[];
}

export interface EnvironmentCalendarView {
  readonly environment: string;
  readonly open: boolean;
  /** Why it is open or closed now, as a sentence. */
  readonly because: string;
  /** When it closes or opens next; null: not within 400 days. */
  readonly changesAt: number | null;
  /** As they are written; none: always open. */
  readonly windows: readonly string[];
  readonly freezes: readonly FreezeView[];
  readonly exceptions: readonly ExceptionView[];
  /** Who may make an exception; without members nobody may. */
  readonly mayExcept: People;
  /** What holds when, without a gap and in order. */
  readonly bands: readonly BandView[];
  /** Of what would go, or waits to go, into the environment. */
  readonly soaks: readonly SoakEndView[];
  /** Of what waits for the environment. */
  readonly approvals: readonly ApprovalEndView[];
  /** Of change requests into the environment that are not decided yet, approved, or being carried out. */
  readonly changes: readonly ChangeWindowView[];
}

export interface FreezeView {
  /** As it is written: `12-20..01-02 Europe/London`. */
  readonly when: string;
  readonly reason: string;
  readonly ofWholeProject: boolean;
}

export interface ExceptionView {
  readonly id: string;
  readonly from: number;
  readonly to: number;
  readonly by: string;
  readonly reason: string;
}

export interface BandView {
  readonly from: number;
  readonly to: number;
  readonly kind: Because['kind'];
  readonly because: string;
}

/** When a release will have soaked in an environment for as long as the way on asks for. */
export interface SoakEndView {
  readonly release: string;
  /** Where it soaks. */
  readonly soaksIn: string;
  readonly endsAt: number;
}

/** When an approval of a promotion that waits becomes void, unless the promotion starts before. */
export interface ApprovalEndView {
  readonly release: string;
  readonly promotion: string;
  readonly by: string;
  readonly endsAt: number;
}

/** The window that a change request asks for. */
export interface ChangeWindowView {
  /** Its number. */
  readonly id: string;
  readonly release: string;
  readonly from: number;
  readonly to: number;
  readonly state: LiveChangePhase;
}
