import { isLive } from '../../domain/rollout/types.ts';
import type { BoardQuery, BoardView } from '../rung-client.ts';
import { count } from './figures.ts';
import type { Look } from './look.ts';
import { phaseText, promotionTitle } from './promotion.ts';
import { rolloutHeadline } from './rollout.ts';
import { waitingFileLines } from './rules.ts';
import { shellWord } from './shell-word.ts';
import { fit } from './width.ts';

/** What is under way or waits in environments of other pages. */
export function elsewhereLines(board: BoardView, look: Look): readonly string[] {
  const here = new Set<string>(board.environments.map(({ name }) => name));
  const isElsewhere = ({ environment }: { readonly environment: string }): boolean => !here.has(environment);
  const asked = new Set(board.asked);
  const lines = [
    ...board.rollouts
      .filter((one) => isElsewhere(one) && isLive(one.state))
      .map((one) => `  ${one.environment}  ${rolloutHeadline(one, look)}`),
    ...board.promotions
      .filter((one) => isElsewhere(one) && one.state.phase === 'waiting' && !asked.has(one.id))
      .map((one) => `  ${promotionTitle(one)}: ${phaseText(one, look)}`),
    ...board.weakened
      .filter(isElsewhere)
      .map(({ environment, waiting }) => `  ${environment}  ${waitingFileLines(environment, waiting)[0]}`),
  ];
  if (lines.length === 0) return [];
  return [look.style.strong('On other pages'), ...lines.map((line) => fit(line, look.width)), ''];
}

/** Which part of the board this is, and how to see the rest; nothing where it is all of it. */
export function restLines(
  { page, environments }: BoardView,
  { search, environment }: BoardQuery,
  { style }: Look,
): readonly string[] {
  if (page.found === 0 && search !== undefined)
    return [
      `Nothing is called like “${search}”, no environment and no pipeline.`,
      style.faint('`rung status` shows the board from its beginning.'),
    ];
  if (page.previous === null && page.next === null) return [];
  const narrowed = [
    ...(search === undefined ? [] : [`--search ${shellWord(search)} `]),
    ...(environment === undefined ? [] : [`--environment ${environment} `]),
  ].join('');
  const first = page.before + 1;
  const last = page.before + environments.length;
  return [
    `These are environments ${count(first)} to ${count(last)} of ${count(page.found)}.`,
    ...(page.next === null
      ? []
      : [style.faint(`the next ones:  rung status ${narrowed}--after ${page.next}`)]),
    style.faint('find one:       rung status --search LETTERS, or --environment NAME'),
    style.faint('all of them:    rung status --all'),
  ];
}
