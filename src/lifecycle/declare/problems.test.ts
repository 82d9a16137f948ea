import { describe, expect, it } from 'vitest';
import type { Problem } from '../../domain/failure.ts';
import { problemsOf } from '../../../test/kit/project-file.ts';
import { besides, invalidFile, otherVersion, projectFileName } from './parse.ts';
import { readYaml } from './yaml.ts';

const at = (line: number, column: number): Problem => ({
  message: `${line}:${column}`,
  place: { file: 'rung.yaml', line, column },
});

describe('the problems of a file', () => {
  it('stand in the order of the file, those of no place first', () => {
    const problems = [at(10, 1), at(2, 30), at(2, 4), { message: 'nowhere' }, at(1, 200)];
    const failure = invalidFile('plan.yaml', problems, 'plan-invalid', 'Mend it.');
    expect(failure.problems.map(({ message }) => message)).toEqual([
      'nowhere',
      '1:200',
      '2:4',
      '2:30',
      '10:1',
    ]);
    expect(failure).toMatchObject({ kind: 'invalid', code: 'plan-invalid', wayOut: 'Mend it.' });
  });

  it('are counted', () => {
    const message = (count: number): string =>
      invalidFile('plan.yaml', Array(count).fill(at(1, 1)), 'plan-invalid', 'Mend it.').message;
    expect(message(1)).toMatch(/ one problem\b/u);
    expect(message(2)).toMatch(/ 2 problems\b/u);
  });

  it('are not those of what was refused already', () => {
    const [a, b, none] = [{ message: 'a', pointer: '/a' }, { message: 'b', pointer: '/b' }, { message: 'c' }];
    expect(besides([a], [a, b, none])).toEqual([b, none]);
    expect(besides([none], [a, none])).toEqual([a, none]);
    expect(besides([], [a])).toEqual([a]);
    expect(besides([none, a, b], [a, b])).toEqual([]);
  });

  it('of YAML and of what it says are told together', () => {
    const places = problemsOf('rung: 1\nproject: shop\nproject: Shop\nservices: !!map {}\n');
    expect(places.map((one) => one.split(' ').slice(0, 2))).toEqual([
      ['1:1', ''],
      ['1:1', ''],
      ['3:1', ''],
      ['3:10', '/project'],
      ['4:17', '/services'],
    ]);
  });
});

describe('the version of a file', () => {
  const problem = (text: string, key = 'rung'): string | undefined => {
    const { data, places } = readYaml(text, 'rung.yaml');
    return otherVersion(data, places, key)?.pointer;
  };

  it.each([
    ['rung: 2', '/rung'],
    ['rung: 0', '/rung'],
    ['rung: 1', undefined],
    ['rung: "2"', undefined],
    ['a: 2', undefined],
    ['2', undefined],
  ])('is another one where it is another number: %j', (text, pointer) => {
    expect(problem(text)).toBe(pointer);
  });

  it('stands under a key of the file’s own', () => {
    expect(problem('a: 2', 'a')).toBe('/a');
  });
});

describe('the project file', () => {
  it('is called rung.yaml', () => {
    expect(projectFileName).toBe('rung.yaml');
  });
});
