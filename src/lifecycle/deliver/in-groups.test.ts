import { describe, expect, it } from 'vitest';
import { Failure } from '../../domain/failure.ts';
import { inGroups } from './in-groups.ts';

/** Commits when it is told to, and notes what went into each. */
function held() {
  const commits: (readonly string[])[] = [];
  const gates: PromiseWithResolvers<void>[] = [];
  const take = inGroups<string>((items) => {
    commits.push(items);
    const gate = Promise.withResolvers<void>();
    gates.push(gate);
    return gate.promise;
  });
  const settle = () => new Promise(setImmediate);
  return { commits, gates, take, settle };
}

describe('messages of many agents', () => {
  it('that come while one is committed are committed together', async () => {
    const { commits, gates, take, settle } = held();
    const all = Promise.all([take('a'), take('b'), take('c')]);
    gates[0]?.resolve();
    await settle();
    gates[1]?.resolve();
    await all;
    expect(commits).toEqual([['a'], ['b', 'c']]);
  });

  it('do not fail for one among them that cannot be kept', async () => {
    const refused = new Failure('denied', 'environment-foreign', 'no');
    const take = inGroups<string>(async (items) => {
      if (items.includes('bad')) throw refused;
    });
    const outcomes = await Promise.allSettled([take('first'), take('good'), take('bad'), take('well')]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
  });

  it('are all told at once that the database is away', async () => {
    const { commits, gates, take, settle } = held();
    const outcomes = Promise.allSettled(['a', 'b', 'c'].map(take));
    gates[0]?.resolve();
    await settle();
    gates[1]?.reject(new Failure('unavailable', 'database-away', 'away'));
    expect((await outcomes).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
    expect(commits).toHaveLength(2);
  });

  it('are tried one by one where they were in each other’s way, and one alone is tried once', async () => {
    const { commits, gates, take, settle } = held();
    const busy = new Failure('unavailable', 'database-busy', 'busy');
    const outcomes = Promise.allSettled(['a', 'b', 'c'].map(take));
    gates[0]?.reject(busy);
    await settle();
    gates[1]?.reject(busy);
    await settle();
    gates[2]?.resolve();
    await settle();
    gates[3]?.resolve();
    expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
    expect(commits).toEqual([['a'], ['b', 'c'], ['b'], ['c']]);
  });

  it('are committed also when they come after a pause', async () => {
    const { commits, gates, take, settle } = held();
    for (const [index, item] of ['a', 'b'].entries()) {
      const done = take(item);
      gates[index]?.resolve();
      await done;
      await settle();
    }
    expect(commits).toEqual([['a'], ['b']]);
  });
});
