import { describe, expect, it } from 'vitest';
import type { EnvironmentName } from '../../domain/ids.ts';
import { type Ladder, laddersFound, laddersOf, ladderWith, pageOfLadders } from './ladder-pages.ts';

const ladder = (pipeline: string | null, ...rungs: readonly string[]): Ladder => ({
  pipeline,
  rungs: rungs as readonly EnvironmentName[],
});
const long = ladder('long', ...[...Array(7).keys()].map((index) => `l${index}`));
const ladders = [ladder('a', 'a0', 'a1'), ladder('b', 'b0', 'b1'), long, ladder('c', 'c0')];

/** Each page as text, following `next` from the first one. */
function pages(all: readonly Ladder[], limit: number): readonly string[] {
  const texts: string[] = [];
  for (let after: number | null = 0; after !== null; ) {
    const page = pageOfLadders(all, after, limit);
    texts.push(page.ladders.map(({ pipeline, rungs }) => `${pipeline}: ${rungs.join(' ')}`).join(' | '));
    after = page.next;
  }
  return texts;
}

describe('pages of ladders', () => {
  it('cut no ladder in two that fits on one, and one that is longer into pieces as long as a page', () => {
    expect(pages(ladders, 3)).toEqual([
      'a: a0 a1',
      'b: b0 b1',
      'long: l0 l1 l2',
      'long: l3 l4 l5',
      'long: l6 | c: c0',
    ]);
    expect(pages(ladders, 5)).toEqual(['a: a0 a1 | b: b0 b1', 'long: l0 l1 l2 l3 l4', 'long: l5 l6 | c: c0']);
    expect(pages(ladders, 50)).toHaveLength(1);
  });

  it('are filled with what stands on no ladder', () => {
    const loose = ladder(null, 'x', 'y', 'z');
    expect(pages([ladder('a', 'a0', 'a1'), loose], 3)).toEqual(['a: a0 a1 | null: x', 'null: y z']);
    expect(pages([ladder(null, 'x', 'y', 'z')], 3)).toEqual(['null: x y z']);
    expect(pages([ladder('a', 'a0', 'a1', 'a2'), loose], 3)).toEqual(['a: a0 a1 a2', 'null: x y z']);
    expect(pages([ladder('empty')], 3)).toEqual(['empty: ']);
  });

  it('say where they stand, and lead back as they led on', () => {
    const second = pageOfLadders(ladders, 2, 3);
    expect(second).toMatchObject({ found: 12, before: 2, previous: 0, next: 4 });
    expect(pageOfLadders(ladders, 0, 3)).toMatchObject({ before: 0, previous: null, next: 2 });
    expect(pageOfLadders(ladders, 10, 3)).toMatchObject({ before: 10, previous: 7, next: null });
  });

  it('are found by any number, for the ladders may have changed since it was given', () => {
    expect(pageOfLadders(ladders, 3, 3)).toEqual(pageOfLadders(ladders, 2, 3));
    expect(pageOfLadders(ladders, 999, 3)).toEqual(pageOfLadders(ladders, 10, 3));
    expect(pageOfLadders([], 7, 3)).toEqual({ ladders: [], found: 0, before: 0, previous: null, next: null });
  });
});

describe('a search for ladders', () => {
  const names = (found: readonly Ladder[]) => found.map(({ pipeline, rungs }) => [pipeline, rungs.length]);

  it('finds whole ones by letters of a rung or of their own name, and single environments beside them', () => {
    expect(names(laddersFound(ladders, 'B1'))).toEqual([['b', 2]]);
    expect(names(laddersFound(ladders, 'lon'))).toEqual([['long', 7]]);
    expect(names(laddersFound([...ladders, ladder(null, 'spare', 'other')], 'spa'))).toEqual([[null, 1]]);
    expect(laddersFound(ladders, ' ')).toBe(ladders);
    expect(laddersFound(ladders, 'nothing')).toEqual([]);
  });

  it('finds the one that an environment stands on, by its whole name', () => {
    expect(names(ladderWith(ladders, 'b1'))).toEqual([['b', 2]]);
    expect(names(ladderWith([ladder(null, 'x', 'y')], 'y'))).toEqual([[null, 1]]);
    expect(ladderWith(ladders, 'b')).toEqual([]);
  });
});

describe('the ladders of a project', () => {
  const rung = (name: string) => ({ environment: name as EnvironmentName, gates: [] });
  const file = { pipelines: { main: [rung('dev'), rung('prod')] }, environments: {} };

  it('are those that it declares, and one of all that stands on none', () => {
    const main = ladder('main', 'dev', 'prod');
    expect(laddersOf(file, [])).toEqual([main]);
    const spec = {} as never;
    const more = {
      ...file,
      environments: { ['dev' as EnvironmentName]: spec, ['loose' as EnvironmentName]: spec },
    };
    expect(laddersOf(more, ['gone' as EnvironmentName])).toEqual([main, ladder(null, 'loose', 'gone')]);
  });

  it('are found by their names however those are written, and are none where nothing beside them is found', () => {
    const all = [ladder('Main', 'dev'), ladder(null, 'x')];
    expect(laddersFound(all, 'mAIN')).toEqual([ladder('Main', 'dev')]);
  });

  it('are asked for by an environment of several as the first of them', () => {
    expect(ladderWith([ladder('one', 'dev', 'a'), ladder('two', 'dev', 'b')], 'dev')).toEqual([
      ladder('one', 'dev', 'a'),
    ]);
  });
});
