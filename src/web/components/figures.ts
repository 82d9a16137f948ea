/** `0.4 %`; `12 %` from ten on; `–` where nothing was measured. */
export function ratioText(ratio: number | null | undefined): string {
  if (ratio === null || ratio === undefined) return '–';
  const percent = ratio * 100;
  if (percent === 0) return '0 %';
  if (percent < 0.1) return '< 0.1 %';
  return `${percent < 10 ? Number(percent.toFixed(1)) : Math.round(percent)} %`;
}

/** `84 ms`, `1.2 s`; `–` where nothing was measured. */
export function latencyText(ms: number | null | undefined): string {
  if (ms === null || ms === undefined) return '–';
  return ms < 1000 ? `${Math.round(ms)} ms` : `${Number((ms / 1000).toFixed(1))} s`;
}

/** `41.2 requests/s` */
export const rateText = (perSecond: number | null | undefined): string =>
  perSecond === null || perSecond === undefined ? 'no traffic' : `${Number(perSecond.toFixed(1))} requests/s`;

/** `10 %` */
export const percentText = (percent: number): string => `${Number(percent.toFixed(1))} %`;

/** Grouped by thin spaces: `12 480`. */
export const wholeText = (count: number): string =>
  String(Math.round(count)).replaceAll(/\B(?=(\d{3})+$)/g, '\u2009');
