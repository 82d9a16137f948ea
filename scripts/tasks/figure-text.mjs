/**
 * Three digits that say something, whatever the size.
 * @param {number} figure
 * @returns {string}
 */
export function figureText(figure) {
  if (!Number.isFinite(figure)) return '?';
  const digits = Math.abs(figure) >= 100 ? 0 : Math.abs(figure) >= 10 ? 1 : 2;
  return figure.toLocaleString('en-US', { maximumFractionDigits: digits });
}
