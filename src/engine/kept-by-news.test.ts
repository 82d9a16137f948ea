import { describe, expect, it } from 'vitest';
import { KeptByNews } from './kept-by-news.ts';

/** A store of one value that hears as it is told to. */
class Told {
  stretch: number | null = 1;
  value: string | undefined = 'first';
  reads = 0;
  readonly kept = new KeptByNews<string, string>({ hearing: () => this.stretch });

  get = (): Promise<string | undefined> =>
    this.kept.get('key', async () => {
      this.reads += 1;
      return this.value;
    });
}

describe('what is kept by news', () => {
  it('is read once for as long as every change is told', async () => {
    const told = new Told();
    expect([await told.get(), await told.get(), told.reads]).toEqual(['first', 'first', 1]);
    told.value = 'second';
    told.kept.forget('key');
    expect([await told.get(), told.reads]).toEqual(['second', 2]);
  });

  it('is neither trusted nor kept while changes may be missed', async () => {
    const told = new Told();
    await told.get();
    told.stretch = null;
    told.value = 'second';
    expect(await told.get()).toBe('second');
    told.value = 'third';
    expect(await told.get()).toBe('third');
  });

  it('is of no worth once the store hears again, though nobody was told of anything', async () => {
    const told = new Told();
    await told.get();
    told.value = 'second';
    told.stretch = 2;
    expect([await told.get(), await told.get(), told.reads]).toEqual(['second', 'second', 2]);
  });

  it.each([
    ['was changed', (told: Told) => told.kept.forget()],
    ['was changed somewhere else', (told: Told) => told.kept.forget('other')],
    ['may have been changed unheard', (told: Told) => (told.stretch = 2)],
  ])('is not what %s while it was read', async (_how, change) => {
    const told = new Told();
    const read = told.kept.get('key', async () => {
      change(told);
      return 'first';
    });
    expect(await read).toBe('first');
    told.value = 'second';
    expect(await told.get()).toBe('second');
  });

  it('is not that there is nothing', async () => {
    const told = new Told();
    told.value = undefined;
    expect(await told.get()).toBeUndefined();
    told.value = 'first';
    expect(await told.get()).toBe('first');
  });
});
