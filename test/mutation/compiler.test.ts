import { describe, expect, it } from 'vitest';
import { mutantOf, mutatedCode } from './code.ts';
import { refusedOf } from './compiler.ts';
import { edited } from './edited.ts';
import { Kept } from './kept.ts';
import { mutantsIn } from './mutants.ts';

describe('what the compiler refuses', () => {
  it('is a fault that gives another type than is promised, and not one that is merely wrong', async () => {
    const code = mutatedCode();
    const wanted = [
      { file: 'src/domain/approvals.ts', was: 'holders[person] ?? []', to: 'holders[person]' },
      { file: 'src/domain/latest.ts', was: 'kept.size <= most', to: 'kept.size < most' },
    ];
    const ids = wanted.map((one) =>
      code.mutants.findIndex((mutant) =>
        Object.entries(one).every(([name, value]) => mutant[name as keyof typeof one] === value),
      ),
    );
    const refused = await refusedOf(ids, code, new Kept(null), () => undefined);
    expect([...refused].map((id) => mutantOf(code, id))).toEqual([expect.objectContaining(wanted[0] ?? {})]);
  });
});

describe('a file with some of its faults in it', () => {
  const text = [
    'const first = (a: number | null): number => (a as number) ?? 1;',
    'const second = (list: readonly string[]): boolean =>\n  list.length > 1;',
    'export class Third {\n  go(): void {\n    tell();\n  }\n  stay = 1;\n}',
    '',
  ].join('\n');
  const all = mutantsIn('src/domain/made-up.ts', text);
  const idOf = (becomes: string): number => all.findIndex(({ typed }) => typed === becomes);
  const put = (...ids: readonly number[]) =>
    edited(text, new Map(ids.flatMap((id) => (all[id] === undefined ? [] : [[id, all[id]]]))));

  it('keeps its types, also in what a fault leaves of an expression', () => {
    expect(put(idOf('((a as number))')).text).toContain('number => ((a as number));');
    const casts =
      'const made = (y: Y) => ({ id: x as Id, ...(y && { y }) });\nconst two = [a as A, b as B<C>];';
    const faults = mutantsIn('src/domain/made-up.ts', casts).map((one) => one.typed);
    expect(faults).toContain('({ id: x as Id })');
    expect(faults).toContain('([b as B<C>])');
    expect(faults).toContain('([a as A])');
  });

  it('knows by line and column in whose declaration something is wrong, wherever that has moved to', () => {
    const [first, second, third] = [idOf('(1)'), idOf('(list.length >= 1)'), idOf('{}')];
    const { text: with3, at } = put(third, first, second);
    expect(with3.split('\n')).toEqual([
      'const first = (a: number | null): number => (1);',
      'const second = (list: readonly string[]): boolean =>',
      '  (list.length >= 1);',
      'export class Third {',
      '  go(): void {',
      '    {}',
      '  }',
      '  stay = 1;',
      '}',
      '',
    ]);
    expect([at(1, 46), at(2, 7), at(3, 3), at(6, 5), at(8, 3), at(4, 8)]).toEqual([
      [first],
      [second],
      [second],
      [third],
      [],
      [],
    ]);
  });
});
