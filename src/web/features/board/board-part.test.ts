import { expect, it } from 'vitest';
import { boardPart, boardSearch } from './board-part.ts';

it('takes a page and letters from an address, and drops what makes no sense there', () => {
  expect(boardSearch({ after: 20, search: ' eu ' })).toEqual({ after: 20, search: 'eu' });
  expect(boardSearch({ after: '40', search: 7 })).toEqual({ after: 40, search: '7' });
  for (const after of [0, -1, 1.5, 'x', null, 1e12]) expect(boardSearch({ after, search: '' })).toEqual({});
  expect(boardSearch({ search: 'x'.repeat(100) }).search).toHaveLength(40);
});

it('asks for the same page and letters', () => {
  expect(boardPart({ after: 20, search: 'eu' })).toEqual({ after: '20', search: 'eu' });
  expect(boardPart({})).toEqual({});
});
