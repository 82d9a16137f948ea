import type { BoardView } from '../../api/views.ts';

/** Whether the board is all there is: then nothing is said of pages. */
export const isWhole = ({ page }: Pick<BoardView, 'page'>): boolean =>
  page.found === page.environments && page.previous === null && page.next === null;
