import { spanText } from '../../../src/domain/wording.ts';
import type { Outcome } from './history.ts';

const widestWord = 170;

/** What happened, line by line, as a person reads it; the last so many. */
export function timelineOf({ lines }: Outcome, most = 120): string {
  const shown = lines.slice(-most);
  const left = lines.length - shown.length;
  const text = shown.map(({ atMs, who, text: said }) => {
    const [line = ''] = said.split('\n');
    return `${clockText(atMs)}  ${who.padEnd(26).slice(0, 26)}  ${line.slice(0, widestWord)}`;
  });
  return [...(left > 0 ? [`… ${left} lines before`] : []), ...text].join('\n');
}

function clockText(ms: number): string {
  const [hours, minutes, seconds] = [ms / 3_600_000, (ms / 60_000) % 60, (ms / 1000) % 60];
  const two = (part: number): string => String(Math.floor(part)).padStart(2, '0');
  return `${two(hours)}:${two(minutes)}:${two(seconds)}.${String(Math.floor(ms % 1000)).padStart(3, '0')}`;
}

export const endingOf = ({ seed, steps, broken, virtualMs, digest }: Outcome): string =>
  [
    `Seed ${seed}: ${broken === null ? 'every invariant held' : broken.message}`,
    `${steps.length} steps, ${spanText(virtualMs)} of virtual time, digest ${digest.slice(0, 16)}`,
  ].join('\n');
