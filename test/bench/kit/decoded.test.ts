import { expect, it } from 'vitest';
import { decoded } from './decoded.ts';

it('reads what transactions wrote, quotes and long values that stayed included', () => {
  const lines = [
    'BEGIN 7',
    `table public."my notes": INSERT: id[bigint]:1 text[character varying]:'it''s [x]:''y'' ' tags[text[]]:'{a,b}' done[boolean]:true`,
    'COMMIT 7',
    'BEGIN 8',
    `table public.notes: UPDATE: id[bigint]:1 "po""sition"[integer]:null body[json]:unchanged-toast-datum`,
    'table public.notes: DELETE: id[bigint]:1',
    'COMMIT 8',
  ];
  expect(
    decoded(lines).map((one) =>
      one.map(({ values, ...rest }) => ({ ...rest, ...Object.fromEntries(values) })),
    ),
  ).toEqual([
    [
      {
        table: 'public."my notes"',
        action: 'INSERT',
        id: '1',
        text: "it's [x]:'y' ",
        tags: '{a,b}',
        done: 'true',
      },
    ],
    [
      { table: 'public.notes', action: 'UPDATE', id: '1', 'po"sition': null },
      { table: 'public.notes', action: 'DELETE', id: '1' },
    ],
  ]);
});
