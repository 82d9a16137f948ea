import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { Explanations } from './explained.ts';
import { instrument } from './instrument.ts';
import { type Mutant, mutantsIn, withoutTypes } from './mutants.ts';
import { shareOf } from './share.ts';

const file = 'src/domain/made-up.ts';

const mutantsOf = (text: string): readonly Mutant[] => mutantsIn(file, text);

/** `was -> becomes` of each, without the types that were taken out. */
const faultsOf = (text: string): readonly string[] =>
  mutantsOf(text).map(({ was, to }) => `${was} -> ${to}`.replaceAll(/\s+/gu, ' '));

/** What `answer` in this code is while one of its mutants is there; the last one is with none. */
function answersOf(text: string): readonly unknown[] {
  const mutants = mutantsOf(text);
  const code = instrument(withoutTypes(text), mutants, 0);
  return [...mutants.keys(), -1].map((active): unknown =>
    runInNewContext(`${code}; answer;`, { rungMutant: (id: number) => id === active }),
  );
}

describe('the faults that are made', () => {
  it('settle a condition, leave out its sides, and move its bound', () => {
    expect(faultsOf('if (a < 2 && isOpen) go();')).toEqual([
      'a < 2 && isOpen -> true',
      'a < 2 && isOpen -> false',
      'a < 2 && isOpen -> a < 2',
      'a < 2 && isOpen -> isOpen',
      'a < 2 -> a <= 2',
      'a < 2 -> a >= 2',
    ]);
  });

  it('leave out what is done, elements of lists, and words that the program tells apart', () => {
    expect(faultsOf("tell(who);\nconst rules = [order, mark];\nconst state = { phase: 'held' };")).toEqual([
      'tell(who); -> ',
      '[order, mark] -> [mark]',
      '[order, mark] -> [order]',
      "'held' -> ''",
    ]);
  });

  it('leave lists alone that types are made of, for the compiler finds what is wrong with them', () => {
    expect(faultsOf("const phases = ['open', 'closed'] as const;")).toEqual([]);
    expect(faultsOf("const phases = ['open'];")).toEqual(["['open'] -> []", "'open' -> ''"]);
  });

  it('leave sentences for people, keys, types and names alone', () => {
    const text =
      "import type { A } from './a.ts';\nconst told: { [key: string]: 'x' } = { 'a-b': 'It is held.' };";
    expect(faultsOf(text)).toEqual([]);
  });

  it('go on where a chain should have ended, and never take a part out of it', () => {
    expect(faultsOf('const members = role?.members.toSorted()?.[0];')).toEqual([
      'role?.members.toSorted()?.[0] -> role.members.toSorted()?.[0]',
      'role?.members.toSorted()?.[0] -> role?.members.toSorted()[0]',
    ]);
  });

  it('are each told with the place where they lie', () => {
    const [first] = mutantsOf('function isOld(age: number) {\n  return age > 3;\n}');
    expect(first).toMatchObject({ inside: 'isOld', line: 2, column: 10, was: 'age > 3' });
    const inClass = mutantsOf(
      'class Age {\n  #isOld = false;\n  #is(age: number) {\n    return age > 3;\n  }\n}',
    );
    expect(new Set(inClass.map(({ inside }) => inside))).toEqual(new Set(['#isOld', '#is']));
  });
});

describe('code with all of its faults in it', () => {
  it('answers as before while none of them is there, and each by itself changes what it should', () => {
    const text =
      'const list: number[] = [1, 2]; const answer = list.some((one) => one > 1) ? list.length + 1 : 0;';
    expect(answersOf(text)).toEqual([2, 0, 3, 0, 0, 3, 0, 3, 1, 3]);
  });

  it('leaves out a statement behind an `if` without taking its `else`', () => {
    const text = 'let answer = 0; if (answer > 0) answer = 1; else answer = 2;';
    expect(answersOf(text).at(-1)).toBe(2);
    expect(answersOf(text)).toContain(0);
  });

  it('has every line where it was', () => {
    const text = 'const a = [\n  1,\n  2,\n];\nconst answer = a.filter(\n  (one) => one > 1,\n);';
    expect(instrument(text, mutantsOf(text), 7).split('\n')).toHaveLength(text.split('\n').length);
  });
});

describe('an explanation', () => {
  const explained = new Explanations([
    { file, inside: 'isOld', was: 'age > 3', becomes: 'age >= 3', why: 'nobody is three' },
  ]);
  const inFunction = (name: string, text: string): readonly Mutant[] =>
    mutantsOf(`\n\nfunction ${name}(age) {\n  return ${text};\n}`);
  const whysIn = (mutants: readonly Mutant[]) => mutants.map((mutant) => explained.for(mutant)?.why);

  it('finds its mutant by name and text, wherever the line went, and however it was broken', () => {
    expect(whysIn(inFunction('isOld', 'age > 3'))).toContain('nobody is three');
    expect(whysIn(inFunction('isOld', 'age >\n    3'))).toContain('nobody is three');
  });

  it('fits no other place, and says when it fits none at all', () => {
    const elsewhere = inFunction('isNew', 'age > 3');
    expect(whysIn(elsewhere)).not.toContain('nobody is three');
    expect(explained.outdated(elsewhere)).toHaveLength(1);
    expect(explained.outdated(inFunction('isOld', 'age > 3'))).toEqual([]);
  });
});

it('says between what the share of all mutants lies, by Wilson’s score', () => {
  const { ratio, low, high } = shareOf(90, 100);
  expect([ratio, low, high].map((one) => one.toFixed(4))).toEqual(['0.9000', '0.8256', '0.9448']);
  expect(shareOf(10, 10).low).toBeCloseTo(0.7225, 4);
});
