import { expect, it } from 'vitest';
import { createVirtualClock, someMoment } from '../../engine/virtual-clock.ts';
import { Turns } from './turns.ts';

/** Work that ends when it is told to, and says when it began. */
function piece(log: string[], name: string) {
  const { promise, resolve } = Promise.withResolvers<void>();
  const work = async (): Promise<void> => {
    log.push(`${name} begins`);
    await promise;
    log.push(`${name} ends`);
  };
  return { work, end: resolve };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it('runs what collided when nothing else runs, and holds back what comes meanwhile', async () => {
  const log: string[] = [];
  const turns = new Turns(createVirtualClock(someMoment));
  const [first, second, alone, late] = ['first', 'second', 'alone', 'late'].map((name) => piece(log, name));
  const all = [
    turns.together(first?.work ?? settled),
    turns.together(second?.work ?? settled),
    turns.alone(alone?.work ?? settled),
    turns.together(late?.work ?? settled),
  ];
  for (const one of [second, first, alone, late]) {
    await settled();
    one?.end();
  }
  await Promise.all(all);
  expect(log).toEqual([
    'first begins',
    'second begins',
    'second ends',
    'first ends',
    'alone begins',
    'alone ends',
    'late begins',
    'late ends',
  ]);
});

it('takes no more than one at a time of those that collided, also after one that failed', async () => {
  const log: string[] = [];
  const turns = new Turns(createVirtualClock(someMoment));
  const failed = turns.alone(async () => {
    log.push('fails');
    throw new Error('again');
  });
  const next = turns.alone(async () => void log.push('goes on'));
  await expect(failed).rejects.toThrow('again');
  await next;
  expect(log).toEqual(['fails', 'goes on']);
});

it('holds nobody back for longer than a second', async () => {
  const log: string[] = [];
  const clock = createVirtualClock(someMoment);
  const turns = new Turns(clock);
  const stuck = piece(log, 'stuck');
  const all = [turns.alone(stuck.work), turns.together(async () => void log.push('goes on'))];
  await settled();
  expect(log).toEqual(['stuck begins']);
  await clock.advance(1_000);
  await settled();
  expect(log).toEqual(['stuck begins', 'goes on']);
  stuck.end();
  await Promise.all(all);
});
