/** ln(e^a + e^b) without leaving log space; takes -Infinity for "nothing". */
export function logAdd(a: number, b: number): number {
  const high = a > b ? a : b;
  const low = a > b ? b : a;
  // Under half of what the last bit of any log but the tiniest is worth: adding it would change nothing.
  if (low === Number.NEGATIVE_INFINITY || (low < high - 60 && Math.abs(high) > 1e-6)) return high;
  return high + Math.log1p(Math.exp(low - high));
}

/** ln of the sum of e^x over the list; -Infinity for an empty list. */
export function logSum(logs: readonly number[]): number {
  let high = Number.NEGATIVE_INFINITY;
  for (const log of logs) if (log > high) high = log;
  if (high === Number.NEGATIVE_INFINITY) return high;
  let sum = 0;
  for (const log of logs) sum += Math.exp(log - high);
  return high + Math.log(sum);
}
