import type { Instant } from '../../domain/ids.ts';
import type { Style } from './style.ts';

/** All that decides how the same facts look: where they are printed, and when. */
export interface Look {
  readonly style: Style;
  /** Columns. */
  readonly width: number;
  readonly now: Instant;
  /** IANA name; the machine's own where it is absent. */
  readonly timeZone?: string | undefined;
}
