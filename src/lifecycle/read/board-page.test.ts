import { describe, expect, it } from 'vitest';
import type { EnvironmentName } from '../../domain/ids.ts';
import { aFile } from '../kept.kit.ts';
import { boardPage } from './board-page.ts';

const named = (count: number) => Array.from({ length: count }, (_, index) => `e-${index}` as EnvironmentName);

describe('a page of the board', () => {
  it.each([
    [50, 50, null],
    [51, 20, '20'],
  ])('is all of it for so many as are seen at once, and a part of more: %i', (count, shown, next) => {
    const { ladders, view } = boardPage({ file: aFile, unnamed: named(count) }, {});
    expect(ladders.flatMap(({ rungs }) => rungs)).toHaveLength(shown);
    expect(view).toMatchObject({ environments: count, found: count, before: 0, previous: null, next });
  });

  it('is refused where an environment is asked for that is not there', () => {
    expect(() => boardPage({ file: aFile, unnamed: named(3) }, { environment: 'e-3' })).toThrow(
      expect.objectContaining({ kind: 'absent', code: 'environment-unknown' }),
    );
  });
});
