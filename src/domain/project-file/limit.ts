/** The ratio (0 to 1) in `> 5%`; null for anything else. */
export function errorRatioLimit(text: string): number | null {
  const [, percent] = /^> ?([0-9]{1,2}(?:[.][0-9]{1,4})?) ?%$/.exec(text) ?? [];
  return percent === undefined ? null : Number((Number(percent) / 100).toPrecision(12));
}

/** The factor in `> 3x baseline`; null for anything else. */
export function baselineFactor(text: string): number | null {
  const [, factor] = /^> ?([0-9]{1,3}(?:[.][0-9]{1,3})?) ?x baseline$/.exec(text) ?? [];
  return factor === undefined ? null : Number(factor);
}

export interface ShareLimit {
  /** From 0 to 1. */
  readonly limit: number;
  /** Whether the limit itself still does. */
  readonly inclusive: boolean;
}

/**
 * The share in `> 80`, `>= 80 %` or `80`, with the sign that has to stand there; null for anything else. A bare number
 * is taken with the sign that is meant.
 */
export function shareLimit(written: string | number, sign: '>' | '<'): ShareLimit | null {
  const [, found = sign, equals = '', percent] =
    /^\s*([<>])?(=)?\s*(\d{1,3}(?:\.\d{1,4})?)\s*%?\s*$/.exec(String(written)) ?? [];
  if (percent === undefined || found !== sign || Number(percent) > 100) return null;
  return { limit: Number((Number(percent) / 100).toPrecision(12)), inclusive: equals === '=' };
}
