/** How the judge writes figures. A bound is rounded away from what it bounds, so that the sentence stays true. */

const trimmed = (value: number, digits: number): string => String(Number(value.toFixed(digits)));

const digitsFor = (percent: number): number => (percent < 0.1 ? 2 : 1);

/** `4.8 %`, rounded to the nearest. */
export const percent = (ratio: number): string => `${trimmed(ratio * 100, digitsFor(ratio * 100))} %`;

export const percentUp = (ratio: number): string => rounded(ratio * 100, Math.ceil);

export const percentDown = (ratio: number): string => rounded(ratio * 100, Math.floor);

function rounded(value: number, round: (value: number) => number): string {
  const scale = 10 ** digitsFor(value);
  // 5 % is 5.000000000000001 in binary: what lies so near to a step is on it.
  const steps = value * scale;
  const whole = Math.abs(steps - Math.round(steps)) < 1e-6 ? Math.round(steps) : round(steps);
  return `${trimmed(whole / scale, 2)} %`;
}

/** `12,400` */
export const count = (value: number): string => Math.round(value).toLocaleString('en-US');

/** `1 request`, `2 requests` */
export const counted = (value: number, noun: string): string =>
  `${count(value)} ${noun}${value === 1 ? '' : 's'}`;

/** `31 of 240 requests failed (12.9 %)` */
export const failed = (of: { readonly requests: number; readonly errors: number }): string =>
  of.requests === 0
    ? 'no request'
    : `${count(of.errors)} of ${counted(of.requests, 'request')} failed (${percent(of.errors / of.requests)})`;

/** `3:12 of 5:00`, `1:02:10 of 2:00:00`; seconds where the whole is under a minute: `2.5 s of 8 s`. */
export const timeOf = (partMs: number, wholeMs: number): string =>
  wholeMs < 60_000
    ? `${seconds(partMs)} of ${seconds(wholeMs)}`
    : `${clockFace(partMs)} of ${clockFace(wholeMs)}`;

/** `0 s`, `45 s`, `1:05`. */
export const time = (ms: number): string => (ms < 60_000 ? seconds(ms) : clockFace(ms));

const seconds = (ms: number): string => `${trimmed(Math.floor(ms / 100) / 10, ms < 10_000 ? 1 : 0)} s`;

function clockFace(ms: number): string {
  const whole = Math.floor(ms / 1000);
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (value: number): string => String(value).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

/** A span in words: `2 min`, `90 s`, `2 h`. */
export function span(ms: number): string {
  if (ms >= 3_600_000 && ms % 3_600_000 === 0) return `${ms / 3_600_000} h`;
  if (ms >= 60_000 && ms % 60_000 === 0) return `${ms / 60_000} min`;
  return `${trimmed(ms / 1000, 1)} s`;
}

/** `84 ms`; the bucket's bound is not worth more digits. */
export const milliseconds = (ms: number): string => `${trimmed(ms, ms < 10 ? 1 : 0)} ms`;

/** An e-value from its logarithm, as `0.7`, `143` or `over 1,000,000`. */
export function evidence(log: number): string {
  if (log > Math.log(1e6)) return 'over 1,000,000';
  const value = Math.exp(log);
  if (value < 0.05) return 'under 0.1';
  return value < 10 ? trimmed(value, 1) : count(Math.floor(value));
}
