import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bucketOf, bucketUpperMs, lastBucket, quantileMs } from './latency.ts';

describe('latency buckets', () => {
  it('hold each latency up to their own bound and above the one before', () => {
    fc.assert(
      fc.property(fc.double({ min: 1.001, max: 131_000, noNaN: true }), (ms) => {
        const bucket = bucketOf(ms);
        expect(ms).toBeLessThanOrEqual(bucketUpperMs(bucket) * (1 + 1e-9));
        expect(ms).toBeGreaterThan(bucketUpperMs(bucket - 1));
      }),
    );
  });

  it('have every bound in the bucket that it closes', () => {
    for (let bucket = 0; bucket <= lastBucket; bucket += 1)
      expect(bucketOf(bucketUpperMs(bucket))).toBe(bucket);
  });

  it('take what is under a millisecond into the first and what is endless into the last', () => {
    expect([bucketOf(0), bucketOf(1), bucketOf(Number.POSITIVE_INFINITY)]).toEqual([0, 0, lastBucket]);
  });

  it('know a quantile within 9 %, as the bound of the bucket that holds its rank', () => {
    const latencies = fc.array(fc.double({ min: 1.1, max: 100_000, noNaN: true }), {
      minLength: 1,
      maxLength: 60,
    });
    fc.assert(
      fc.property(latencies, (list) => {
        const buckets: Record<number, number> = {};
        for (const ms of list) buckets[bucketOf(ms)] = (buckets[bucketOf(ms)] ?? 0) + 1;
        const exact = list.toSorted((a, b) => a - b)[Math.ceil((list.length * 19) / 20) - 1] ?? 0;
        const known = quantileMs(buckets, 0.95) ?? 0;
        expect(known).toBeGreaterThanOrEqual(exact * (1 - 1e-9));
        expect(known).toBeLessThanOrEqual(exact * 2 ** (1 / 8) * (1 + 1e-9));
      }),
    );
  });

  it('take what is no time into the first', () => {
    expect([bucketOf(Number.NaN), bucketOf(-5), bucketOf(1.0001)]).toEqual([0, 0, 1]);
  });

  it('know the least of all as the quantile of nothing, and leave empty buckets out', () => {
    expect([quantileMs({ 8: 1, 16: 9 }, 0), quantileMs({ 8: 0, 16: 9 }, 0)]).toEqual([2, 4]);
    expect(quantileMs({ 8: 1, 16: 9 }, 1)).toBe(4);
  });

  it('know no quantile without a request', () => {
    expect(quantileMs({}, 0.95)).toBeNull();
    expect(quantileMs({ 8: 0 }, 0.95)).toBeNull();
  });

  it('find the rank of a p95 for every number of requests', () => {
    for (let requests = 1; requests <= 20_000; requests += 1) {
      const rank = Math.ceil((requests * 19) / 20);
      expect(quantileMs({ 8: rank, 16: requests - rank }, 0.95)).toBe(2);
      if (rank > 1) expect(quantileMs({ 8: rank - 1, 16: requests - rank + 1 }, 0.95)).toBe(4);
    }
  });
});
