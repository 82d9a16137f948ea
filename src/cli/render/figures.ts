/** `15.0 %`, `0.08 %`, or a dash where nobody knows: unknown is never shown as zero. */
export function percent(ratio: number | null): string {
  if (ratio === null) return '–';
  const value = ratio * 100;
  const digits = value !== 0 && value < 0.1 ? 2 : 1;
  return `${value.toFixed(digits)} %`;
}

/** A share of traffic, as people say it: `10 %`. */
export const share = (trafficPercent: number): string => `${String(Math.round(trafficPercent * 10) / 10)} %`;

export function milliseconds(ms: number | null): string {
  if (ms === null) return '–';
  return ms < 10
    ? `${ms.toFixed(1)} ms`
    : ms < 10_000
      ? `${String(Math.round(ms))} ms`
      : `${(ms / 1000).toFixed(1)} s`;
}

export const perSecond = (rate: number | null): string =>
  rate === null ? '–' : `${rate < 10 ? rate.toFixed(1) : String(Math.round(rate))}/s`;

const thousands = new Intl.NumberFormat('en-GB');
export const count = (number: number): string => thousands.format(number);

/** `1 approval`, `2 approvals`. */
export const counted = (number: number, thing: string, plural = `${thing}s`): string =>
  `${count(number)} ${number === 1 ? thing : plural}`;

/** A bar of so many columns, filled by a share of 0 to 1. Never full before it is. */
export function bar(filledShare: number, columns: number): string {
  const bounded = Math.min(1, Math.max(0, filledShare));
  const filled = bounded === 1 ? columns : Math.min(columns - 1, Math.round(bounded * columns));
  return '█'.repeat(filled) + '░'.repeat(columns - filled);
}

/** `ada, bo and cy`. */
export function listed(names: readonly string[], last = 'and'): string {
  if (names.length <= 1) return names[0] ?? '';
  return `${names.slice(0, -1).join(', ')} ${last} ${names.at(-1) ?? ''}`;
}
