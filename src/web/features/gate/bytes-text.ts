const units = ['B', 'kB', 'MB', 'GB'] as const;

/** `812 B`, `1.4 MB` */
export function bytesText(bytes: number): string {
  const step = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
  const count = bytes / 1000 ** step;
  return `${step === 0 || count >= 100 ? Math.round(count) : count.toFixed(1)} ${units[step] ?? 'B'}`;
}
