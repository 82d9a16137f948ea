import { expect, it } from 'vitest';
import { askedTogether } from './asked-together.ts';

it('what is asked for while a read is under way is read together, and after it', async () => {
  const reads: (readonly string[])[] = [];
  const gates: PromiseWithResolvers<void>[] = [];
  const ask = askedTogether<string, string>(async (keys) => {
    reads.push(keys);
    const gate = Promise.withResolvers<void>();
    gates.push(gate);
    await gate.promise;
    return new Map(keys.map((key) => [key, `${key} of read ${reads.length}`]));
  });
  const settle = () => new Promise(setImmediate);
  const first = ask(['a']);
  await settle();
  const others = Promise.all([ask(['b']), ask(['a', 'c'])]);
  await settle();
  expect(reads).toEqual([['a']]);
  gates[0]?.resolve();
  await first;
  await settle();
  gates[1]?.resolve();
  expect((await others).map((one) => one.get('a'))).toEqual(['a of read 2', 'a of read 2']);
  expect(reads).toEqual([['a'], ['b', 'a', 'c']]);
});

it('one read that fails does not fail those that come after it', async () => {
  let reads = 0;
  const ask = askedTogether<string, number>(async ([key = '']) => {
    reads += 1;
    if (reads === 1) throw new Error('away');
    return new Map([[key, reads]]);
  });
  await expect(ask(['a'])).rejects.toThrow('away');
  expect((await ask(['a'])).get('a')).toBe(2);
});
