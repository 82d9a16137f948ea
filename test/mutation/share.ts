/** A share of what was drawn, and between what the share of all lies, with 95 in 100. */
export interface Share {
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
}

const z = 1.959964;

/** By Wilson's score: Wilson, "Probable inference, the law of succession, and statistical inference" (1927). */
export function shareOf(hits: number, drawn: number): Share {
  if (drawn === 0) return { ratio: 0, low: 0, high: 1 };
  const ratio = hits / drawn;
  const middle = (ratio + z ** 2 / (2 * drawn)) / (1 + z ** 2 / drawn);
  const reach =
    (z / (1 + z ** 2 / drawn)) * Math.sqrt((ratio * (1 - ratio)) / drawn + z ** 2 / (4 * drawn ** 2));
  return { ratio, low: middle - reach, high: middle + reach };
}

export const shareText = ({ ratio, low, high }: Share): string =>
  `${(ratio * 100).toFixed(1)} % (${(low * 100).toFixed(1)} to ${(high * 100).toFixed(1)})`;
