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
