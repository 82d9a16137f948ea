import type { BoardView, PromotionView, WayView } from '../../api/views.ts';
import { isEmpty } from '../environment/health.ts';
import { besidesPerson, isAskOfMerge } from '../promotion/merge-ask.ts';

/** How the way between two rungs stands, and what can be done about it. */
export type WayState =
  | { readonly kind: 'even'; readonly words: string }
  | { readonly kind: 'moving'; readonly version: string; readonly promotion: string; readonly words: string }
  | {
      readonly kind: 'asked';
      readonly version: string;
      readonly promotion: string;
      readonly words: string;
      /** Of a merge, which a person has still to answer: whether anything else is missing. */
      readonly merge: 'ready' | 'misses more' | null;
    }
  | { readonly kind: 'open'; readonly version: string }
  /** It may be asked for now, and starts by itself. */
  | { readonly kind: 'waits'; readonly version: string; readonly words: string }
  | { readonly kind: 'refused'; readonly version: string; readonly words: string };

export function wayStateOf(
  way: WayView,
  board: Pick<BoardView, 'promotions' | 'environments' | 'rollouts'>,
): WayState {
  const promotion = board.promotions.find((one) => one.id === way.promotion);
  if (promotion !== undefined) {
    const version = promotion.release.version;
    return promotion.state.phase === 'running'
      ? { kind: 'moving', version, promotion: promotion.id, words: movingWords(promotion.id, board) }
      : askedState(way, promotion);
  }
  if (way.release === null) return { kind: 'even', words: evenWords(way, board) };
  const { version } = way.release;
  if (way.admission === null) return { kind: 'refused', version, words: way.summary };
  if (way.admission.allowed) return { kind: 'open', version };
  const kind = way.admission.blockers.some((one) => one.effect === 'refused') ? 'refused' : 'waits';
  return { kind, version, words: shortSummary(way) };
}

function askedState(way: WayView, promotion: PromotionView): WayState {
  const merge = mergeOf(way);
  return {
    kind: 'asked',
    version: promotion.release.version,
    promotion: promotion.id,
    words: shortSummary(way, merge === null ? mostSaid : 1),
    merge,
  };
}

function mergeOf({ admission }: WayView): 'ready' | 'misses more' | null {
  const blockers = admission?.blockers ?? [];
  if (!isAskOfMerge(blockers)) return null;
  return besidesPerson(blockers).length === 0 ? 'ready' : 'misses more';
}

/** As many as have room on the way, where no button stands below an ask; the panel of what is missing has all. */
const mostSaid = 2;

/**
 * What is in the way, in two parts at most. That the viewer has no role comes last: it says the least about the
 * release.
 */
function shortSummary({ summary, waitsFor, admission }: WayView, most = mostSaid): string {
  if (waitsFor.length < 2) return summary;
  const isAboutViewer = (_words: string, index: number): boolean =>
    admission?.blockers[index]?.kind === 'role unknown';
  const ordered = [
    ...waitsFor.filter((words, index) => !isAboutViewer(words, index)),
    ...waitsFor.filter(isAboutViewer),
  ];
  const more = ordered.length - most;
  return `${ordered.slice(0, most).join(', then ')}${more > 0 ? ` +${more}` : ''}`;
}

function movingWords(promotion: string, { rollouts }: Pick<BoardView, 'rollouts'>): string {
  const phase = rollouts.find((one) => one.promotion === promotion)?.state.phase;
  return phase === 'held' || phase === 'rolling back' || phase === 'watching' ? phase : 'rolling out';
}

function evenWords(way: WayView, { environments }: Pick<BoardView, 'environments'>): string {
  const from = environments.find((one) => one.name === way.from);
  if (from === undefined || isEmpty(from)) return 'nothing to send yet';
  return from.release === null ? 'services differ' : 'the same release';
}

/** The ways on which something is missing that a person may want to know of, in the ladder's order. */
export const blockedWays = (board: BoardView): readonly WayView[] =>
  board.ways.filter(
    (way) =>
      way.admission !== null &&
      !way.admission.allowed &&
      (way.release !== null || way.promotion !== null) &&
      wayStateOf(way, board).kind !== 'moving' &&
      way.admission.blockers.some((one) => one.kind !== 'already there'),
  );

/** The version that a way is about. */
export const versionOn = (way: WayView, board: Pick<BoardView, 'promotions'>): string =>
  board.promotions.find((one) => one.id === way.promotion)?.release.version ?? way.release?.version ?? '';
