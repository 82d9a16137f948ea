import { describe, expect, it } from 'vitest';
import type { Played } from '../played.ts';
import { pageOf } from './page.ts';

const counts = (requests: number, errors: number) => ({
  requests,
  errors,
  probes: 0,
  latency: { 40: requests },
});

const played: Played = {
  name: 's.yaml',
  title: '<script>alert("x")</script>',
  about: 'a & b',
  to: 'prod',
  release: '1.1.0',
  seed: 1,
  ended: { as: 'rolled back', by: 'early stop', detail: '', atMs: 20_000 },
  tookMs: 20_000,
  met: { requests: 40, failed: 10, stableRequests: 160, stableFailed: 0 },
  timeline: [{ atMs: 20_000, kind: 'event', tone: 'bad', message: 'taken back: <b>31</b>' }],
  expectation: null,
  recording: null,
  points: [5_000, 10_000, 15_000, 20_000].map((atMs) => ({
    atMs,
    percent: 10,
    services: { web: { candidate: counts(10, atMs > 10_000 ? 5 : 0), stable: counts(40, 0) } },
  })),
  limits: { errorLimit: 0.05, latencyFactor: 3 },
};

describe('the page of a run', () => {
  const page = pageOf(played);

  it('loads nothing, runs nothing, and shows what was written as text', () => {
    expect(page).not.toMatch(/<script|https?:\/\/|<b>/u);
    expect(page).toContain('&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;');
  });

  it('draws the weight, and errors and p95 of both versions with the limit', () => {
    expect(page.match(/<svg/gu)).toHaveLength(3);
    expect(page).toContain('limit 5.0 %');
    expect(page).toContain('limit 3 × the p95 beside it');
    expect(page.match(/class="limit" x1/gu)).toHaveLength(2);
    expect(page.match(/class="candidate" d="M[^"]+L/gu)).toHaveLength(2);
    expect(page).toContain('<line class="mark bad"');
  });

  it('draws nothing where nothing came through', () => {
    expect(pageOf({ ...played, points: [] })).not.toContain('<svg');
  });
});
