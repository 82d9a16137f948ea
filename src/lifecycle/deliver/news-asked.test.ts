import { describe, expect, it } from 'vitest';
import { aProject as project } from '../../../test/kit/audit.ts';
import { dev, newsOf, test } from './news.kit.ts';

describe('what a project’s log says to its agents', () => {
  it('is asked of the database once for all, and nothing is asked that cannot be new', async () => {
    const { news, change, sign: signed, clock, takeAsked } = newsOf();
    using _listening = news.listen();
    const { cursor } = await news.soFar();
    expect(takeAsked()).toEqual([0, 0]);
    await change(dev);
    expect(await (await news.soFar()).changedSince(cursor, [dev])).toEqual([dev]);
    expect(takeAsked()).toEqual([1, 1]);
    await signed('first');
    expect(await (await news.soFar()).changedSince(cursor, [dev])).toEqual([dev]);
    expect(takeAsked()).toEqual([1, 1]);
    await clock.advance(5_000);
    await news.soFar();
    expect(takeAsked()).toEqual([1, 0]);
    await change(test);
    await news.soFar();
    expect(takeAsked()).toEqual([1, 0]);
  });

  it('is told with the end of the log where listening begins, which is looked up once', async () => {
    const { news, append, takeAsked } = newsOf();
    await append({ kind: 'build.wanted' });
    using _listening = news.listen();
    expect((await news.soFar()).cursor).toMatch(/^1\./u);
    expect(takeAsked()[0]).toBe(0);
  });

  it('is compared with where an agent stands, which is looked up once where it is not known', async () => {
    const { news, append, store, takeAsked } = newsOf();
    using _listening = news.listen();
    await news.soFar();
    await append({ kind: 'build.wanted' });
    const { position, link } = await store.head(project);
    await append({ kind: 'build.wanted' });
    takeAsked();
    const now = await news.soFar();
    for (let turn = 0; turn < 2; turn += 1)
      expect(await now.changedSince(`${position}.${link.slice(-16)}`, [dev])).toEqual([]);
    expect(takeAsked()[0]).toBe(2);
  });

  it('is known to who stands at its very beginning, however many stand elsewhere', async () => {
    const { news, append, change } = newsOf();
    using _listening = news.listen();
    const { cursor } = await news.soFar();
    await change(dev);
    for (let turn = 0; turn < 1_000; turn += 1) {
      await append({ kind: 'build.wanted' });
      await news.soFar();
    }
    expect(await (await news.soFar()).changedSince(cursor, [dev])).toEqual([dev]);
  });
});
