import type { RecordedTurn } from '../../domain/rollout/recording.ts';
import type { Played } from '../../simulate/index.ts';
import { count, counted, percent } from './figures.ts';
import type { Look } from './look.ts';
import { table } from './table.ts';
import { duration } from './time.ts';
import { padLeft, wrap } from './width.ts';

/** What was counted and measured is for a plot, and long; each change of the rollout's phase and weight is there. */
export interface Shown extends Omit<Played, 'points' | 'recording'> {
  readonly turns: readonly RecordedTurn[];
}

/** How often a scenario ended how, over many seeds. */
export interface Series {
  readonly name: string;
  readonly title: string;
  readonly runs: number;
  /** How many ended as expected; null where nothing is expected. */
  readonly held: number | null;
  readonly ends: readonly {
    /** `rolled back by early stop` */
    readonly end: string;
    readonly count: number;
    readonly medianMs: number;
    readonly medianMet: number;
    readonly medianFailed: number;
  }[];
}

/** A whole run: what happened, how it ended, and whether it should have. */
export function simulationLines(played: Shown, look: Look): readonly string[] {
  const { style } = look;
  const about = played.about === null ? [] : wrap(played.about.replaceAll(/\s+/gu, ' '), look.width - 2);
  return [
    style.strong(played.title),
    ...about.map((line) => `  ${style.faint(line)}`),
    style.faint(`  ${played.name}: ${played.release} to ${played.to}, seed ${String(played.seed)}`),
    '',
    ...timelineLines(played.timeline, look),
    '',
    ...endLines(played, look).map((line) => `  ${line}`),
  ];
}

function timelineLines(timeline: Shown['timeline'], look: Look): readonly string[] {
  const times = timeline.map(({ atMs }) => clockFace(atMs));
  const columns = Math.max(4, ...times.map(({ length }) => length));
  let before = '';
  return timeline.flatMap((entry, index) => {
    const time = times[index] ?? '';
    const shown = time === before ? '' : time;
    before = time;
    const [first = '', ...more] = wrap(entry.message, look.width - columns - 6);
    const indent = ' '.repeat(columns + 6);
    return [
      `  ${padLeft(shown, columns)}  ${sign(entry, look)} ${toned(entry, first, look)}`,
      ...more.map((line) => indent + line),
    ];
  });
}

const signs: Readonly<Record<Shown['timeline'][number]['kind'], string>> = {
  event: '·',
  blocker: '‖',
  happening: '!',
  truth: '~',
};

const sign = ({ kind }: Shown['timeline'][number], { style }: Look): string => style.faint(signs[kind]);

function toned({ kind, tone }: Shown['timeline'][number], text: string, { style }: Look): string {
  if (tone === 'plain') return kind === 'truth' ? style.faint(text) : text;
  return style[tone](text);
}

/** `0:00`, `4:05`, `1:02:10`. */
export function clockFace(ms: number): string {
  const whole = Math.floor(ms / 1000);
  const two = (value: number): string => String(value).padStart(2, '0');
  const [hours, minutes, seconds] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return hours > 0
    ? `${String(hours)}:${two(minutes)}:${two(seconds)}`
    : `${String(minutes)}:${two(seconds)}`;
}

const endWords = ({ as, by }: Shown['ended']): string => (by === null ? as : `${as} by ${by}`);
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function endLines(played: Shown, look: Look): readonly string[] {
  const { ended, met, expectation } = played;
  const { style } = look;
  const detail = ended.as === 'waiting' || ended.as === 'refused' ? wrap(ended.detail, look.width - 2) : [];
  return [
    style.strong(`${capital(endWords(ended))} after ${duration(ended.atMs)}.`),
    ...detail,
    ...(met.requests + met.stableRequests === 0 ? [] : [metText(met)]),
    ...(expectation === null ? [] : expectation.held ? [`${style.good('✓')} As expected.`] : []),
    ...(expectation?.misses ?? []).map((miss) => `${style.bad('✗')} ${miss}`),
  ];
}

const metText = ({ requests, failed, stableRequests, stableFailed }: Shown['met']): string =>
  `${counted(requests, 'request')} met the new version, ${count(failed)} failed (${percent(ratio(failed, requests))}); beside it ${count(stableFailed)} of ${count(stableRequests)} (${percent(ratio(stableFailed, stableRequests))}).`;

const ratio = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

/** A line a scenario, and below it what did not hold. */
export function summaryLines(all: readonly Shown[], look: Look): readonly string[] {
  const { style } = look;
  const rows = all.map((played) => [
    played.expectation === null
      ? style.faint('–')
      : played.expectation.held
        ? style.good('✓')
        : style.bad('✗'),
    played.title,
    endWords(played.ended),
    duration(played.ended.atMs),
    count(played.met.failed),
  ]);
  const columns = [
    { title: '' },
    { title: 'Scenario' },
    { title: 'Ended' },
    { title: 'After', align: 'right' as const },
    { title: 'Failed', align: 'right' as const },
  ];
  const missed = all.filter(({ expectation }) => expectation?.held === false);
  return [
    ...table(columns, rows, look),
    ...missed.flatMap(({ name, expectation }) => [
      '',
      style.strong(name),
      ...(expectation?.misses ?? []).map((miss) => `  ${style.bad('✗')} ${miss}`),
    ]),
    '',
    `${count(all.length - missed.length)} of ${counted(all.length, 'scenario')} ended as expected.`,
  ];
}

/** The share of each end over many seeds. */
export function seriesLines(series: Series, look: Look): readonly string[] {
  const { style } = look;
  const rows = series.ends.map(({ end, count: of, medianMs, medianMet, medianFailed }) => [
    percent(of / series.runs),
    end,
    duration(medianMs),
    count(medianMet),
    count(medianFailed),
  ]);
  const columns = [
    { title: 'Share', align: 'right' as const },
    { title: 'Ended' },
    { title: 'After (median)', align: 'right' as const },
    { title: 'Met it', align: 'right' as const },
    { title: 'Failed', align: 'right' as const },
  ];
  const held =
    series.held === null
      ? []
      : [`  ${count(series.held)} of ${counted(series.runs, 'run')} ended as expected.`];
  return [style.strong(series.title), ...table(columns, rows, look, '  '), ...held, ''];
}
