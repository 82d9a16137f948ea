import type { ExceptionView, ViewerView } from '../../api/views.ts';
import { actingId, offFor, type People } from '../../components/whose.ts';

/** The API takes no longer one. */
const longestMs = 14 * 24 * 3_600_000;

interface Span {
  /** null: from now on. */
  readonly from: number | null;
  /** null: not said. */
  readonly to: number | null;
}

/** What is wrong with when an exception is to end; null where nothing is. */
export function exceptionEndWrong({ from, to }: Span, now: number): string | null {
  if (to === null) return 'Say until when';
  if (to <= now) return 'That is over already';
  if (from !== null && to <= from) return 'It would end before it starts';
  return to - Math.max(from ?? now, now) > longestMs ? 'That is longer than 14 days' : null;
}

/** What is wrong with when it is to start; null where nothing is. */
export const exceptionStartWrong = (from: string, { from: read }: Span): string | null =>
  from !== '' && read === null ? 'Say when it starts, or leave it empty for now' : null;

/** Why the viewer cannot end an exception before its time; null where they can: whoever made it, or could make one. */
export const revokeOff = ({ by }: ExceptionView, mayExcept: People, viewer: ViewerView): string | null =>
  by === actingId(viewer) ? null : offFor(mayExcept, viewer);
