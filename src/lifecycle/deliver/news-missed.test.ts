import { describe, expect, it } from 'vitest';
import { digestOf } from '../../domain/canonical.ts';
import { aProject as project } from '../../../test/kit/audit.ts';
import { dev, newsOf, test } from './news.kit.ts';

describe('what a project’s log says to its agents', () => {
  it('is which environments are asked for something else, and nothing else that is written', async () => {
    const { news, change, append } = newsOf();
    using _listening = news.listen();
    const { cursor } = await news.soFar();
    await change(dev, 'environment.observed');
    await append({ kind: 'desired.changed', environment: null }, { kind: 'build.wanted' });
    const quiet = await news.soFar();
    expect(await quiet.changedSince(cursor, [dev, test])).toEqual([]);
    expect(quiet.cursor).toMatch(/^3\./u);
    await change(test);
    const now = await news.soFar();
    expect(await now.changedSince(cursor, [dev, test])).toEqual([test]);
    expect(await now.changedSince(cursor, [dev])).toEqual([]);
    expect(await now.changedSince(now.cursor, [dev, test])).toEqual([]);
  });

  it('is all of it, however much came at once', async () => {
    const { news, append } = newsOf();
    using _listening = news.listen();
    const { cursor } = await news.soFar();
    const others = Array.from(
      { length: 1_000 },
      () => ({ kind: 'desired.changed', environment: test }) as const,
    );
    await append(...others, { kind: 'desired.changed', environment: dev }, { kind: 'build.wanted' });
    expect(await (await news.soFar()).changedSince(cursor, [dev, test])).toEqual([dev, test]);
  });

  it('is read when it is asked for, and not again while nothing is new', async () => {
    const { news, looks, change } = newsOf();
    using _listening = news.listen();
    await news.soFar();
    await news.soFar();
    expect(looks()).toBe(1);
    await change(dev);
    await Promise.all([news.soFar(), news.soFar()]);
    expect(looks()).toBe(2);
  });

  it('is of a checkpoint as soon as it is signed', async () => {
    const { news, change, sign: signed } = newsOf();
    using _listening = news.listen();
    await change(dev);
    expect((await news.soFar()).checkpoint).toBeNull();
    await signed('first');
    expect((await news.soFar()).checkpoint).toMatchObject({ signature: 'first', position: 1 });
    await change(dev);
    expect((await news.soFar()).checkpoint).toMatchObject({ signature: 'first' });
    await signed('second');
    expect((await news.soFar()).checkpoint).toMatchObject({ signature: 'second', position: 2 });
  });

  it('is nothing of what was asked for before a backup was restored', async () => {
    const { news, change, store, clock, sign: signed } = newsOf();
    await change(test);
    const backup = store.backUp();
    using _listening = news.listen();
    await news.soFar();
    await change(dev);
    await signed('lost');
    const lost = await news.soFar();
    expect(lost.checkpoint).toMatchObject({ signature: 'lost' });
    store.restore(backup);
    await clock.advance(5_000);
    const restored = await news.soFar();
    expect(restored.checkpoint).toBeNull();
    await change(test);
    await change(test);
    const now = await news.soFar();
    expect(await now.changedSince(restored.cursor, [dev, test])).toEqual([test]);
    expect(await now.changedSince(lost.cursor, [dev, test])).toBeNull();
  });

  it('is of the checkpoint that a backup has, as soon as that was restored', async () => {
    const { news, change, store, sign: signed } = newsOf();
    using _listening = news.listen();
    await change(dev);
    await signed('first');
    const backup = store.backUp();
    await change(dev);
    await change(dev);
    await signed('lost');
    expect((await news.soFar()).checkpoint).toMatchObject({ signature: 'lost' });
    store.restore(backup);
    await change(dev);
    expect((await news.soFar()).checkpoint).toMatchObject({ signature: 'first' });
  });

  it('is not known of what came before it was first listened to', async () => {
    const { news, change, store } = newsOf();
    await change(dev);
    const { link } = await store.head(project);
    await change(test);
    using _listening = news.listen();
    const now = await news.soFar();
    expect(await now.changedSince(`1.${link.slice(-16)}`, [dev, test])).toBeNull();
    expect(await now.changedSince(`1.${digestOf('another').slice(-16)}`, [dev, test])).toBeNull();
  });
});

describe('who waits for news', () => {
  it('is called once, at the next, unless they went', async () => {
    const { news, change } = newsOf();
    using _listening = news.listen();
    const calls: string[] = [];
    news.onNext(() => calls.push('stays'));
    news.onNext(() => calls.push('went'))[Symbol.dispose]();
    expect(calls).toEqual([]);
    await change(dev);
    await change(dev);
    expect(calls).toEqual(['stays']);
  });

  it('is counted, and heard of nothing once all went; who comes then misses nothing', async () => {
    const { news, change, clock, store, sign: signed } = newsOf();
    const [one, other] = [news.listen(), news.listen()];
    await change(test);
    await signed('before');
    const { cursor } = await news.soFar();
    expect(news.listeners).toBe(2);
    one[Symbol.dispose]();
    let calls = 0;
    news.onNext(() => (calls += 1));
    await change(test);
    expect([calls, news.listeners]).toEqual([1, 1]);
    other[Symbol.dispose]();
    expect([news.listeners, clock.waiting()]).toEqual([0, 0]);
    news.onNext(() => (calls += 1));
    await change(dev);
    await signed('meanwhile');
    expect(calls).toBe(1);
    using _again = news.listen();
    const now = await news.soFar();
    expect(await now.changedSince(cursor, [dev])).toEqual([dev]);
    expect(now.checkpoint?.position).toBe((await store.head(project)).position);
  });
});

describe('a call of the store that was missed', () => {
  it('is made good by whoever asks five seconds after the last look', async () => {
    const { news, change, clock, sign: signed } = newsOf({ isTold: false });
    await change(test);
    await signed('first');
    using _listening = news.listen();
    const { cursor } = await news.soFar();
    await change(dev);
    await signed('missed');
    await clock.advance(4_999);
    expect(await (await news.soFar()).changedSince(cursor, [dev])).toEqual([]);
    await clock.advance(1);
    const now = await news.soFar();
    expect(await now.changedSince(cursor, [dev])).toEqual([dev]);
    expect(now.checkpoint).toMatchObject({ signature: 'missed' });
  });

  it('is made good each minute where nobody asks, and who waits is called if there was something', async () => {
    const { news, change, clock, sign: signed } = newsOf({ isTold: false });
    using _listening = news.listen();
    await change(test);
    await news.soFar();
    let calls = 0;
    const minute = async () => {
      using _next = news.onNext(() => (calls += 1));
      await clock.advance(60_000);
      return calls;
    };
    expect(await minute()).toBe(0);
    await change(dev);
    expect(await minute()).toBe(1);
    await signed('missed');
    expect(await minute()).toBe(2);
    expect(await minute()).toBe(2);
  });
});

describe('a database that is away', () => {
  it('is told to whoever asks, and asked anew once it is back', async () => {
    const { news, change, goAway, sign: signed } = newsOf();
    using _listening = news.listen();
    const { cursor } = await news.soFar();
    await change(dev);
    await signed('first');
    await news.soFar();
    await change(dev);
    await signed('second');
    goAway(true);
    await expect(news.soFar()).rejects.toThrow('away');
    goAway(false);
    const now = await news.soFar();
    expect(await now.changedSince(cursor, [dev])).toEqual([dev]);
    expect(now.checkpoint).toMatchObject({ signature: 'second' });
  });

  it('is no news, and ends no looking', async () => {
    const { news, change, goAway, clock } = newsOf({ isTold: false });
    using _listening = news.listen();
    await news.soFar();
    let calls = 0;
    news.onNext(() => (calls += 1));
    goAway(true);
    await clock.advance(60_000);
    expect(calls).toBe(0);
    goAway(false);
    await change(dev);
    await clock.advance(60_000);
    expect(calls).toBe(1);
  });
});
