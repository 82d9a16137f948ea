import { describe, expect, it } from 'vitest';
import { OpenExchanges, nowhere } from './open-exchanges.ts';
import type { OpenExchange } from './open-exchanges.ts';

class Open implements OpenExchange {
  place = nowhere;
  readonly name: string;
  readonly #onLeave: (one: Open) => void;

  constructor(name: string, onLeave: (one: Open) => void = () => undefined) {
    this.name = name;
    this.#onLeave = onLeave;
  }

  leave(): void {
    this.#onLeave(this);
  }
  cut(): void {}
  settle(): void {}
}

const namesIn = (open: OpenExchanges): readonly string[] =>
  [...open].map((one) => (one as Open).name).toSorted();

describe('what is open to one instance', () => {
  it('knows who came and has not gone, in whatever order they go', () => {
    const all = ['a', 'b', 'c', 'd'].map((name) => new Open(name));
    const [a, b, c, d] = all as [Open, Open, Open, Open];
    const open = new OpenExchanges();
    for (const one of all) open.add(one);
    expect([open.delete(b), open.delete(d)]).toEqual([true, true]);
    expect(namesIn(open)).toEqual(['a', 'c']);
    expect([open.delete(a), open.delete(c), open.size]).toEqual([true, true, 0]);
  });

  it('takes nobody in twice, and lets nobody go twice', () => {
    const [one, other] = [new Open('one'), new Open('other')];
    const open = new OpenExchanges();
    open.add(one);
    open.add(one);
    open.add(other);
    expect(open.size).toBe(2);
    expect([open.delete(one), open.delete(one)]).toEqual([true, false]);
    expect(namesIn(open)).toEqual(['other']);
  });

  it('does not take one for its own that stands elsewhere at the same place', () => {
    const [here, there] = [new OpenExchanges(), new OpenExchanges()];
    const [own, foreign] = [new Open('own'), new Open('foreign')];
    here.add(own);
    there.add(foreign);
    expect(here.delete(foreign)).toBe(false);
    expect(namesIn(here)).toEqual(['own']);
    expect(there.delete(foreign)).toBe(true);
  });

  it('reaches everybody who was there, though each goes while it is asked to', () => {
    const open = new OpenExchanges();
    const asked: string[] = [];
    for (const name of ['a', 'b', 'c']) {
      open.add(new Open(name, (one) => asked.push(one.name) > 0 && open.delete(one)));
    }
    for (const one of open) one.leave();
    expect(asked).toEqual(['a', 'b', 'c']);
    expect(open.size).toBe(0);
  });
});
