import { describe, expect, it } from 'vitest';
import { emptyTally } from './evidence.ts';
import { addTallies, measured, slowerThan } from './tally.ts';

const counts = { requests: 10, errors: 1, probes: 2, latency: { 3: 6, 5: 4 } };

describe('what is counted', () => {
  it('is taken as it is where every count is one', () => {
    expect(measured(counts)).toBe(counts);
  });

  it.each([
    ['nothing', null],
    ['nothing at all', undefined],
    ['requests that are no number', { ...counts, requests: Number.NaN }],
    ['less than no requests', { ...counts, requests: -1 }],
    ['errors that are no number', { ...counts, errors: Number.POSITIVE_INFINITY }],
  ])('is no measurement where there is %s', (_, given) => {
    expect(measured(given)).toBeNull();
  });

  it('counts an error whose request was not counted as a request, too', () => {
    expect(measured({ ...counts, requests: 1, errors: 3 })).toEqual({ ...counts, requests: 3, errors: 3 });
    const allFailed = { ...counts, requests: 3, errors: 3 };
    expect(measured(allFailed)).toBe(allFailed);
  });

  it('leaves out probes and latencies that are no counts', () => {
    const latency = { 1: Number.NaN, 2: -1, 3: 6, 4: 0, 5: Number.POSITIVE_INFINITY };
    expect(measured({ ...counts, latency })).toEqual({ ...counts, latency: { 3: 6 } });
    expect(measured({ ...counts, probes: Number.NaN })).toEqual({ ...counts, probes: 0 });
  });
});

describe('counts put together', () => {
  it('are sums, bucket by bucket', () => {
    const more = { requests: 5, errors: 2, probes: 1, latency: { 5: 1, 7: 4 } };
    expect(addTallies(counts, more)).toEqual({
      requests: 15,
      errors: 3,
      probes: 3,
      latency: { 3: 6, 5: 5, 7: 4 },
    });
  });

  it('are those of one of the two where the other has nothing, not even a latency', () => {
    expect(addTallies(counts, emptyTally)).toBe(counts);
    expect(addTallies(emptyTally, counts)).toBe(counts);
    const idle = { requests: 0, errors: 0, probes: 0, latency: {} };
    expect(measured(idle)).toBe(idle);
    const late = { ...emptyTally, latency: { 9: 1 } };
    expect(addTallies(counts, late).latency).toEqual({ ...counts.latency, 9: 1 });
    expect(addTallies(late, counts).latency).toEqual({ ...counts.latency, 9: 1 });
  });

  it('tell how many requests took longer than a bucket, which does not count itself', () => {
    expect(slowerThan(3, counts.latency)).toEqual({ slower: 4, all: 10 });
    expect(slowerThan(2, counts.latency)).toEqual({ slower: 10, all: 10 });
    expect(slowerThan(5, counts.latency)).toEqual({ slower: 0, all: 10 });
  });
});
