const unitMs = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
type Unit = keyof typeof unitMs;

/** Milliseconds of `500ms`, `30s`, `5m`, `24h` or `7d`; null for anything else. */
export function durationMs(text: string): number | null {
  const [, figure, unit] = /^([0-9]{1,8})(ms|s|m|h|d)$/.exec(text) ?? [];
  return figure === undefined ? null : Number(figure) * unitMs[unit as Unit];
}

/** The shortest way to write so many milliseconds in a project file. */
export function durationText(ms: number): string {
  const unit = (['d', 'h', 'm', 's'] as const).find((one) => ms % unitMs[one] === 0) ?? 'ms';
  return ms === 0 ? '0s' : `${ms / unitMs[unit]}${unit}`;
}

/** Milliseconds of what the schema has accepted as a duration, or what holds where nothing is written. */
export const writtenMs = (written: string | undefined, absentMs: number): number =>
  durationMs(written ?? '') ?? absentMs;
