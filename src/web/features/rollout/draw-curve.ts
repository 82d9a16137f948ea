import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { preferences } from '../../shell/preferences.ts';
import { clockText } from '../../time/format.ts';
import { serverNow } from '../../time/now.ts';
import type { CurveData } from './curve.tsx';

export interface DrawnCurve extends Disposable {
  show(data: CurveData, limit: number | null): void;
  /** Light became dark, or the time zone changed. */
  recolour(): void;
}

interface DrawOptions {
  readonly limitTone: 'bad' | 'warn';
  /** The axis ends no lower than here, however low the lines are. */
  readonly least: number;
  readonly text: (value: number | null) => string;
  readonly onPoint: (index: number | null) => void;
}

const heightPx = 132;
const font = '11px system-ui, sans-serif';

/** Draws both versions and the limit into a place, as wide as the place is. */
export function drawCurve(place: HTMLElement, options: DrawOptions): DrawnCurve {
  const plot = new uPlot(optionsFor(place, options), [[], [], [], []], place);
  const resize = new ResizeObserver(() => plot.setSize({ width: place.clientWidth, height: heightPx }));
  resize.observe(place);
  return {
    show: ({ at, candidate, stable }, limit) =>
      plot.setData([at.map((ms) => ms / 1000), [...stable], [...candidate], at.map(() => limit)]),
    recolour: () => plot.redraw(false, true),
    [Symbol.dispose]: () => {
      resize.disconnect();
      plot.destroy();
    },
  };
}

function optionsFor(place: HTMLElement, { limitTone, least, text, onPoint }: DrawOptions): uPlot.Options {
  const ink = (name: string) => () => colour(place, name);
  const grid = { stroke: ink('line'), width: 1 };
  return {
    width: place.clientWidth,
    height: heightPx,
    padding: [8, 26, 0, 0],
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, points: { size: 7 } },
    hooks: { setCursor: [(plot) => onPoint(plot.cursor.idx ?? null)] },
    scales: {
      x: { time: true, range: (_plot, first, last) => spanOf(first, last) },
      y: { range: (plot) => [0, ceilingOf(plot.data.slice(1), least)] },
    },
    axes: [
      {
        font,
        stroke: ink('soft'),
        grid: { show: false },
        ticks: { show: false },
        size: 22,
        gap: 6,
        space: 90,
        values: (_plot, seconds) => seconds.map((one) => clockText(one * 1000, preferences.zone())),
      },
      {
        font,
        stroke: ink('soft'),
        grid,
        ticks: { show: false },
        size: 46,
        gap: 4,
        space: 34,
        values: (_plot, values) => values.map(text),
      },
    ],
    series: [
      {},
      { stroke: ink('stable'), width: 1.5, points: { show: isLonely, size: 5 } },
      { stroke: ink('accent'), width: 2.5, points: { show: isLonely, size: 6 } },
      { stroke: ink(limitTone), width: 1.5, dash: [5, 4], points: { show: false } },
    ],
  };
}

/** One moment makes no line; it is shown as a point. */
const isLonely = (plot: uPlot): boolean => plot.data[0].length === 1;

const leastSpanSeconds = 10;

/** From the first to the last moment; never so short that a single moment has no place to stand. */
function spanOf(first: number | null, last: number | null): [number, number] {
  const now = serverNow() / 1000;
  const start = first ?? now;
  return [start, Math.max(last ?? now, start + leastSpanSeconds)];
}

const usualShare = 0.95;

/**
 * Above the lines by a fifth, so that the limit is never on the edge; never nothing. A single sample of few requests
 * that stands out does not make all else flat: it leaves the picture at the top.
 */
function ceilingOf(lines: readonly uPlot.AlignedData[number][], least: number): number {
  const highs = lines.map((line) => {
    const values = Array.from(line).flatMap((one) => (typeof one === 'number' ? [one] : []));
    const sorted = values.toSorted((left, right) => left - right);
    return sorted[Math.ceil(sorted.length * usualShare) - 1] ?? 0;
  });
  return Math.max(least, ...highs.map((high) => high * 1.2));
}

/** A canvas knows no custom properties, and no light-dark(): an element is coloured with it and asked. */
function colour(place: HTMLElement, name: string): string {
  const probe = document.createElement('i');
  probe.style.color = `var(--${name})`;
  place.append(probe);
  const found = getComputedStyle(probe).color;
  probe.remove();
  return found;
}
