import { escaped } from './escaped.ts';

/** A value over time; null where there is none: the line is broken there. */
export interface Line {
  readonly name: string;
  readonly style: 'candidate' | 'stable' | 'weight';
  readonly values: readonly { readonly atMs: number; readonly value: number | null }[];
}

export interface Plot {
  readonly title: string;
  readonly lines: readonly Line[];
  /** Drawn across, with its name. */
  readonly limit: { readonly name: string; readonly value: number } | null;
  readonly unit: (value: number) => string;
  readonly marks: readonly Mark[];
  readonly toMs: number;
}

export interface Mark {
  readonly atMs: number;
  readonly tone: 'good' | 'warning' | 'bad' | 'plain';
  readonly text: string;
}

const [width, height] = [960, 150];
const [left, right, top, bottom] = [64, 36, 12, 22];
const ticks = 6;

/** One plot as SVG. Colours come from the page's style sheet, so that it is read in light and in dark. */
export function plotSvg({ title, lines, limit, unit, marks, toMs }: Plot): string {
  const values = lines.flatMap((line) => line.values.flatMap(({ value }) => value ?? []));
  const highest = 1.1 * Math.max(limit?.value ?? 0, ...values, Number.MIN_VALUE);
  const x = (ms: number): number => left + ((width - left - right) * ms) / Math.max(1, toMs);
  const y = (value: number): number => height - bottom - ((height - top - bottom) * value) / highest;
  const frame = `<rect class="frame" x="${left}" y="${top}" width="${width - left - right}" height="${height - top - bottom}"/>`;
  return [
    `<figure><figcaption>${escaped(title)}</figcaption>`,
    `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(title)}">`,
    frame,
    ...[0, highest / 1.1].map(
      (value) =>
        `<text x="${left - 6}" y="${place(y(value) + 4)}" text-anchor="end">${escaped(unit(value))}</text>`,
    ),
    ...timeTicks(toMs).map(
      (ms) => `<text x="${place(x(ms))}" y="${height - 6}" text-anchor="middle">${clock(ms)}</text>`,
    ),
    ...marks.map(
      ({ atMs, tone, text }) =>
        `<line class="mark ${tone}" x1="${place(x(atMs))}" x2="${place(x(atMs))}" y1="${top}" y2="${height - bottom}"><title>${clock(atMs)} ${escaped(text)}</title></line>`,
    ),
    ...(limit === null
      ? []
      : [
          `<line class="limit" x1="${left}" x2="${width - right}" y1="${place(y(limit.value))}" y2="${place(y(limit.value))}"/>`,
          `<text x="${left + 4}" y="${place(y(limit.value) - 4)}">${escaped(limit.name)}</text>`,
        ]),
    ...lines.map(
      (line) =>
        `<path class="${line.style}" d="${pathOf(line, x, y)}"><title>${escaped(line.name)}</title></path>`,
    ),
    '</svg></figure>',
  ].join('\n');
}

function pathOf(line: Line, x: (ms: number) => number, y: (value: number) => number): string {
  let isDown = false;
  return line.values
    .flatMap(({ atMs, value }) => {
      if (value === null) {
        isDown = false;
        return [];
      }
      const word = isDown ? 'L' : 'M';
      isDown = true;
      return [`${word}${place(x(atMs))} ${place(y(value))}`];
    })
    .join('');
}

const place = (value: number): string => value.toFixed(1);

const timeTicks = (toMs: number): readonly number[] =>
  Array.from({ length: ticks + 1 }, (_, index) => (toMs * index) / ticks);

/** `4:05`, `1:02:10`. */
export function clock(ms: number): string {
  const whole = Math.floor(ms / 1000);
  const two = (value: number): string => String(value).padStart(2, '0');
  const [hours, minutes, seconds] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
}
