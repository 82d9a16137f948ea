import { describe, expect, it } from 'vitest';
import { amongLatest, askOnce, inMap, keepLatest } from './latest.ts';

describe('the latest of what is kept', () => {
  it('are those that were put last, however often before', () => {
    const kept = new Map<string, number>();
    for (const [index, key] of ['a', 'b', 'a', 'c', 'd'].entries()) keepLatest(kept, 3, key, index);
    expect([...kept]).toEqual([
      ['a', 2],
      ['c', 3],
      ['d', 4],
    ]);
  });

  it('are made once, and again when they were let go', () => {
    const kept = new Map<string, number>();
    let made = 0;
    const ask = (key: string): number => amongLatest(kept, 2, key, () => (made += 1));
    expect([ask('a'), ask('b'), ask('a'), ask('c'), ask('b'), ask('a')]).toEqual([1, 2, 1, 3, 2, 4]);
    expect([...kept.keys()]).toEqual(['c', 'a']);
  });

  it('may be all there ever were', () => {
    const kept = new Map<string, number>([['none', 0]]);
    let made = 0;
    const ask = (key: string): number => inMap(kept, key, () => (made += 1));
    expect([ask('a'), ask('b'), ask('a'), ask('none')]).toEqual([1, 2, 1, 0]);
  });

  it('are asked for once, and again after they failed or were let go', async () => {
    const kept = new Map<string, Promise<number>>();
    let asked = 0;
    const ask = (key: string, answer: (count: number) => Promise<number>) =>
      askOnce(kept, 2, key, () => answer((asked += 1)));
    const well = async (count: number): Promise<number> => count;
    expect([await ask('a', well), await ask('a', well)]).toEqual([1, 1]);
    await expect(ask('b', async () => Promise.reject(new Error('away')))).rejects.toThrow('away');
    expect(await ask('b', well)).toBe(3);
    await ask('c', well);
    expect([await ask('b', well), await ask('a', well)]).toEqual([3, 5]);
  });

  it('are not let go because an earlier one of the same name fails late', async () => {
    const kept = new Map<string, Promise<number>>();
    const late = Promise.withResolvers<number>();
    const first = askOnce(kept, 1, 'a', () => late.promise);
    await askOnce(kept, 1, 'b', async () => 2);
    await askOnce(kept, 1, 'a', async () => 3);
    late.reject(new Error('away'));
    await expect(first).rejects.toThrow('away');
    expect(await askOnce(kept, 1, 'a', async () => 4)).toBe(3);
  });
});
