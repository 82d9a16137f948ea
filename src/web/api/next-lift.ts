import type { Admission, BoardView, CalendarView, WhyView } from './views.ts';

/** A little later than promised, so that the server's clock has passed it, too. */
const graceMs = 150;
/** A blocker that is late is not asked after more often than this. */
const leastMs = 1000;
/** The longest that a browser's timer can wait. */
const mostMs = 2 ** 31 - 1;

/**
 * In how many milliseconds to read the board again because time alone lifts something, such as a soak: of that no
 * event tells. null where nothing waits for time.
 */
export function nextLiftMs(board: Pick<BoardView, 'ways' | 'promotions' | 'now'>): number | null {
  const admissions = [...board.ways, ...board.promotions].map((one) => one.admission);
  return waitFor(admissions.flatMap(lifts), board.now);
}

/** The same for one way, which may be of a release that the board does not show. */
export const nextLiftOfWayMs = ({ admission }: Pick<WhyView, 'admission'>, now: number): number | null =>
  waitFor(lifts(admission), now);

/** The same for the calendar: when a place opens or closes, or a soak or an approval ends. */
export function nextChangeMs({ environments, now }: CalendarView): number | null {
  const moments = environments.flatMap(({ changesAt, soaks, approvals }) => [
    ...(changesAt === null ? [] : [changesAt]),
    ...[...soaks, ...approvals].map(({ endsAt }) => endsAt),
  ]);
  return waitFor(
    moments.filter((at) => at > now),
    now,
  );
}

const waitFor = (moments: readonly number[], now: number): number | null =>
  moments.length === 0 ? null : Math.min(mostMs, Math.max(leastMs, Math.min(...moments) - now + graceMs));

const lifts = (admission: Admission | null): readonly number[] =>
  (admission?.blockers ?? []).flatMap(({ earliest }) => (earliest === null ? [] : [earliest]));
