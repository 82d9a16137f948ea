import { describe, expect, it } from 'vitest';
import { factsOf, problemsOf } from '../handed.kit.ts';

describe('a posted count', () => {
  it('is a number, and where it comes from (REL-2)', async () => {
    const json = '{"count": 2, "tracker": "Jira", "link": "https://jira.example.org/q?x=1"}';
    expect(await factsOf('count', 'count', json)).toEqual({
      kind: 'count',
      count: 2,
      tracker: 'Jira',
      link: 'https://jira.example.org/q?x=1',
    });
    expect(await factsOf('count', 'count', '{"count":0}')).toMatchObject({
      count: 0,
      tracker: null,
      link: null,
    });
  });

  it.each([
    ['is missing', '{"cuont": 1}', ['not-a-count']],
    ['is negative', '{"count": -1}', ['not-a-count']],
    ['is a fraction', '{"count": 1.5}', ['not-a-count']],
    ['is a text', '{"count": "1"}', ['not-a-count']],
    ['is endless', '{"count": 1e999}', ['not-a-number 1:11', 'not-a-count']],
    ['comes twice', '{"count": 9, "count": 0}', ['doubled-key 1:14']],
    ['has a link with a password', '{"count": 0, "link": "https://a:b@c"}', ['not-a-link']],
    ['has a link that runs', '{"count": 0, "link": "javascript:alert(1)"}', ['not-a-link']],
  ])('is refused by name when it %s', async (_, json, codes) => {
    expect(await problemsOf('count', json)).toEqual(codes);
  });
});
