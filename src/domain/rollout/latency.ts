/**
 * Latency buckets: log-linear with factor 2^(1/8), so that a quantile is known within 9 %. Bucket i holds latencies
 * from `bucketLowerMs(i)` (exclusive) up to `bucketUpperMs(i)` (inclusive); bucket 0 holds everything up to 1 ms.
 */
const bucketsPerDoubling = 8;

/** Upper bound of a bucket, in milliseconds. */
export const bucketUpperMs = (bucket: number): number => 2 ** (bucket / bucketsPerDoubling);

/** 17 doublings: up to 131 s. What took longer is in the last one. */
export const lastBucket = 17 * bucketsPerDoubling;

export function bucketOf(latencyMs: number): number {
  if (!(latencyMs > 1)) return 0;
  return Math.min(lastBucket, Math.ceil(Math.log2(latencyMs) * bucketsPerDoubling - 1e-9));
}

/** Upper bound in milliseconds of the bucket the quantile falls in; null without a request. */
export function quantileMs(latency: Readonly<Record<number, number>>, quantile: number): number | null {
  // The keys of an object that are whole numbers come in rising order.
  const buckets = Object.keys(latency);
  const total = buckets.reduce((sum, bucket) => sum + (latency[Number(bucket)] ?? 0), 0);
  const rank = Math.max(1, Math.ceil(quantile * total));
  let seen = 0;
  for (const bucket of buckets) {
    seen += latency[Number(bucket)] ?? 0;
    if (seen >= rank) return bucketUpperMs(Number(bucket));
  }
  return null;
}
