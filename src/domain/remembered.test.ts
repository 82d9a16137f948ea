import { describe, expect, it } from 'vitest';
import { remembered } from './remembered.ts';

describe('what follows from an object', () => {
  it('is worked out once for each, whichever was asked for last', () => {
    let worked = 0;
    const nameOf = remembered(({ name }: { readonly name: string }) => `${name} ${(worked += 1)}`);
    const [one, other] = [{ name: 'one' }, { name: 'other' }];
    expect([nameOf(one), nameOf(one), nameOf(other), nameOf(one), nameOf(other)]).toEqual([
      'one 1',
      'one 1',
      'other 2',
      'one 1',
      'other 2',
    ]);
    expect(nameOf({ name: 'one' })).toBe('one 3');
  });

  it('may be nothing, and is worked out once even so', () => {
    let worked = 0;
    const nothing = remembered((): undefined => {
      worked += 1;
      return undefined;
    });
    const [one, other] = [{}, {}];
    for (const each of [one, one, other, one]) nothing(each);
    expect(worked).toBe(2);
  });
});
