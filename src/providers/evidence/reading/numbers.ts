/** A whole number from 0, as formats write counts; null for anything else, such as `-1`, `NaN` or `1e3`. */
export function countOf(written: string): number | null {
  const text = written.trim();
  return /^\d{1,15}$/u.test(text) ? Number(text) : null;
}
