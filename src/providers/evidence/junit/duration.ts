/** No test takes longer; what says so is no time. */
const mostSeconds = 1e9;

/**
 * A `time` attribute, in seconds, as milliseconds. Surefire writes thousands with commas (`1,234.5`). What is missing, no
 * number, or negative, as after a jump of the clock, is 0: a time decides nothing.
 */
export function durationMsOf(time: string): number {
  const plain = /^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/u.test(time) ? time.replaceAll(',', '') : time;
  const seconds = /^\d*\.?\d+(?:e[+-]?\d{1,3})?$/iu.test(plain) ? Number(plain) : 0;
  return seconds > 0 && seconds < mostSeconds ? seconds * 1000 : 0;
}
