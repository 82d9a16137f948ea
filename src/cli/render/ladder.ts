import type {
  BoardView,
  EnvironmentView,
  PromotionView,
  RolloutView,
  ServiceView,
  WayView,
} from '../rung-client.ts';
import { alarmShort } from './alarms.ts';
import { count, counted, listed, percent } from './figures.ts';
import type { Look } from './look.ts';
import { phaseText, promotionTitle } from './promotion.ts';
import { rolloutHeadline } from './rollout.ts';
import { waitingFileLines } from './rules.ts';
import { ago } from './time.ts';
import { columnsOf, fit, padRight } from './width.ts';

/** The ladder: the highest rung on top, and between two rungs the way up and what stands in it. */
export function ladderLines(board: BoardView, look: Look): readonly string[] {
  const named = board.pipelines.length > 1 || !isAll(board);
  const onPipelines = new Set(board.pipelines.flatMap((pipeline) => pipeline.rungs));
  const beside = board.environments.filter((environment) => !onPipelines.has(environment.name));
  const lines = [
    ...board.pipelines.flatMap((pipeline) => [
      ...(named ? [look.style.faint(`pipeline ${pipeline.name}`)] : []),
      ...pipeline.rungs.toReversed().flatMap((name) => rungLines(board, pipeline.name, name, look)),
      '',
    ]),
    ...beside.flatMap((environment) => environmentLines(board, environment, look)),
    ...(beside.length > 0 ? [''] : []),
    ...emptyLines(board),
    ...askedLines(board, look),
  ];
  return lines.map((line) => fit(line, look.width));
}

/** Whether it is no page of a longer board, and no search. */
const isAll = ({ page }: BoardView): boolean =>
  page.found === page.environments && page.previous === null && page.next === null;

function rungLines(board: BoardView, pipeline: string, name: string, look: Look): readonly string[] {
  const environment = board.environments.find((one) => one.name === name);
  if (environment === undefined) return [];
  const way = board.ways.find((one) => one.pipeline === pipeline && one.to === name);
  return [...environmentLines(board, environment, look), ...(way === undefined ? [] : [wayLine(way, look)])];
}

function environmentLines(board: BoardView, environment: EnvironmentView, look: Look): readonly string[] {
  const { style } = look;
  const nameWidth = Math.max(...board.environments.map((one) => columnsOf(one.name)));
  const indent = ' '.repeat(nameWidth + 4);
  const rollout = board.rollouts.find((one) => one.id === environment.rollout);
  return [
    `  ${style.strong(padRight(environment.name, nameWidth))}  ${padRight(versionText(environment), 10)}  ${healthText(environment, look)}  ${style.faint(sinceText(environment, look))}`.trimEnd(),
    ...serviceLines(environment, look).map((line) => indent + line),
    ...(rollout === undefined ? [] : [indent + rolloutText(rollout, look)]),
    ...waitingLines(board, environment, look).map((line) => indent + line),
    ...agentLines(environment, look).map((line) => indent + line),
    ...alarmShort(environment.alarms, look).map((line) => indent + line),
    ...trafficLines(environment, look).map((line) => indent + line),
    ...rulesWaitingLines(environment, look).map((line) => indent + line),
    ...environment.troubles.map(
      (trouble) => indent + style.bad(`! ${trouble.message}`) + style.faint(` ${trouble.wayOut}`),
    ),
  ];
}

function versionText(environment: EnvironmentView): string {
  if (environment.release !== null) return environment.release.version;
  return environment.services.some((service) => service.stable !== null) ? 'mixed' : '–';
}

const sinceText = (environment: EnvironmentView, look: Look): string =>
  environment.release === null ? '' : `since ${ago(environment.release.since, look)}`;

export function healthText(environment: Pick<EnvironmentView, 'health'>, look: Look): string {
  const { style } = look;
  switch (environment.health) {
    case 'healthy':
      return style.good('● healthy ');
    case 'degraded':
      return style.warning('◐ degraded');
    case 'down':
      return style.bad('✗ down    ');
    case 'empty':
      return style.faint('○ empty   ');
    case 'unknown':
      return style.faint('? unknown ');
  }
}

/** Services are named only where they tell more than the environment does. */
function serviceLines(environment: EnvironmentView, look: Look): readonly string[] {
  const mixed = environment.release === null;
  return environment.services
    .filter((service) => (mixed && service.stable !== null) || !isWhole(service))
    .map((service) => {
      const version = service.stable?.version ?? 'nothing';
      return `${service.service} ${version}${isWhole(service) ? '' : look.style.warning(`, ${instancesText(service)}`)}`;
    });
}

const isWhole = (service: ServiceView): boolean =>
  service.instances === null || service.instances.healthy >= service.instances.wanted;

export const instancesText = (service: ServiceView): string =>
  service.instances === null
    ? 'not seen yet'
    : `${String(service.instances.healthy)} of ${counted(service.instances.wanted, 'instance')} healthy`;

const rolloutText = (rollout: RolloutView, look: Look): string =>
  `${rolloutHeadline(rollout, look)}${look.style.faint(`  rung watch ${rollout.environment}`)}`;

/** What waits for this environment and does not stand in a way from another one already. */
function waitingLines(board: BoardView, environment: EnvironmentView, look: Look): readonly string[] {
  const onWay = new Set(board.ways.map((way) => way.promotion));
  return board.promotions
    .filter(
      (one) => one.environment === environment.name && one.state.phase === 'waiting' && !onWay.has(one.id),
    )
    .map((promotion) => `${promotionTitle(promotion)}: ${phaseText(promotion, look)}`);
}

function agentLines(environment: EnvironmentView, look: Look): readonly string[] {
  if (!environment.agent.silent) return [];
  const heard = environment.agent.lastHeardAt;
  if (heard === null) return [look.style.warning('! its agent has not been heard yet')];
  return [
    look.style.warning(`! its agent is silent, last heard ${ago(heard, look)}; what is shown may be old`),
  ];
}

function rulesWaitingLines({ name, rules }: EnvironmentView, { style }: Look): readonly string[] {
  if (rules.waiting === null) return [];
  const [what, command] = waitingFileLines(name, rules.waiting);
  return [style.warning(`! ${what}`), style.faint(`  ${command}`)];
}

/** Over the last day; nothing where no request came. */
function trafficLines({ traffic }: EnvironmentView, look: Look): readonly string[] {
  if (traffic?.errorRatio == null) return [];
  const { errorRatio, requests } = traffic;
  return [look.style.faint(`${percent(errorRatio)} errors of ${count(requests)} requests in 24 h`)];
}

function wayLine(way: WayView, look: Look): string {
  const { style } = look;
  if (way.release === null) return style.faint('   ↑ nothing new below');
  const ready = way.promotion === null && way.admission?.blockers.length === 0;
  const next = ready ? style.faint(`  rung promote ${way.release.version} --to ${way.to}`) : '';
  return `   ${ready ? style.good('↑') : style.warning('↑')} ${way.release.version}: ${way.summary}${next}`;
}

/** What to do where nothing runs anywhere yet. */
function emptyLines(board: BoardView): readonly string[] {
  const isEmpty = board.environments.every((environment) => environment.health === 'empty');
  if (!isEmpty || !isAll(board) || board.promotions.length > 0) return [];
  const first = board.environments.find((environment) => environment.source !== null);
  const push =
    first === undefined
      ? ''
      : ` Push a commit to ${first.source ?? ''}, and it is built and goes to ${first.name}.`;
  return [`Nothing runs yet.${push}`, ''];
}

function askedLines(board: BoardView, look: Look): readonly string[] {
  const asked = board.promotions.filter((promotion) => board.asked.includes(promotion.id));
  if (asked.length === 0) return [];
  return [look.style.strong('Asked of you'), ...asked.map((promotion) => askedLine(promotion, look)), ''];
}

const askedLine = (promotion: PromotionView, look: Look): string =>
  `  ${look.style.live('◉')} ${promotionTitle(promotion)}  ${look.style.faint(`rung approve ${promotion.environment}`)}`;

/** One line on who looks at what. */
export function boardTitle(board: BoardView, look: Look): string {
  const { viewer } = board;
  const roles = viewer.roles.length === 0 ? '' : ` (${listed(viewer.roles)})`;
  const who = viewer.actingAs === null ? viewer.id : `${viewer.actingAs}, acted by ${viewer.id}`;
  return `${look.style.strong(board.project.name)} ${look.style.faint(`as ${who}${roles}`)}`;
}
