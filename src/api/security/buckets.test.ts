import { expect, it } from 'vitest';
import { createBuckets } from './buckets.ts';

it('lets so many through at once, then as many as the rate says, for each name', () => {
  let now = 0;
  const buckets = createBuckets({ monotonicMs: () => now }, { burst: 3, perSecond: 2 });
  const taken = () => [1, 2, 3, 4].map(() => buckets.take('ada'));
  expect(taken()).toEqual([0, 0, 0, 500]);
  expect(buckets.take('bo')).toBe(0);
  now = 400;
  expect([buckets.wait('ada'), buckets.take('ada')]).toEqual([100, 100]);
  now = 500;
  expect([buckets.wait('ada'), buckets.take('ada'), buckets.wait('ada')]).toEqual([0, 0, 500]);
  now = 1_000_000;
  expect(taken()).toEqual([0, 0, 0, 500]);
});
