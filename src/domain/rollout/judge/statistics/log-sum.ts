/** ln(e^a + e^b) without leaving log space; takes -Infinity for "nothing". */
export function logAdd(a: number, b: number): number {
  const low = Math.min(a, b);
  const high = Math.max(a, b);
  return low === Number.NEGATIVE_INFINITY ? high : high + Math.log1p(Math.exp(low - high));
}

/** ln of the sum of e^x over the list; -Infinity for an empty list. */
export function logSum(logs: readonly number[]): number {
  let high = Number.NEGATIVE_INFINITY;
  for (const log of logs) high = Math.max(high, log);
  if (high === Number.NEGATIVE_INFINITY) return high;
  let sum = 0;
  for (const log of logs) sum += Math.exp(log - high);
  return high + Math.log(sum);
}
