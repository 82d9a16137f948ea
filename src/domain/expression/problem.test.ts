import { describe, expect, it } from 'vitest';
import { failureOf, problemOf, typeText } from './problem.ts';
import { ruleOf } from './rule.ts';

const problem = (expression: string) => {
  const found = ruleOf(expression).problem;
  if (found === null) throw new Error(`nothing is wrong with ${expression}`);
  return found;
};

describe('a name that is nearly right (REL-1)', () => {
  it.each([
    ['releas.version == ""', 0, 'release'],
    ['release.versoin == ""', 8, 'version'],
    ['(release).versoin == ""', 10, 'version'],
    ['target.teir == "production"', 7, 'tier'],
    ['evidence.tests.unit.pased > 0', 20, 'passed'],
    ['evidence.tests["unit"].pased > 0', 23, 'passed'],
    ['release.notes[0].knd == "fix"', 17, 'kind'],
    ['release.notes.all(n, n.txt == "")', 23, 'text'],
    ['approvals[0].rolse == []', 13, 'roles'],
    ['change.window.form < now', 14, 'from'],
    ['release.version.startWith("1")', 16, 'startsWith'],
  ])('is named with the right one: %s', (expression, offset, instead) => {
    expect(problem(expression)).toMatchObject({ offset, instead });
  });

  it('is one of the names that can stand there, where nothing is near', () => {
    expect(problem('xyzzy == 1').instead).toContain('release, source, target');
    expect(problem('xyzzy == 1').message).toMatch(/^There is no name /u);
    expect(problem('release.notes[0].xyzzy == ""').instead).toBe('one of kind, text');
    expect(problem('release.notes.all(n, n.xyzzy == "")').message).toMatch(/^There is no field /u);
    expect(problem('evidence.review["a"].xyzzy == []').instead).toBe('one of approvedBy, requestedChanges');
    expect(problem('evidence.review.a.xyzzy == []').instead).toBe('one of approvedBy, requestedChanges');
    expect(problem('evidence.xyzzy == 1').instead).toBe('one of tests, coverage, scan, count, review');
    expect(problem('change.window.xyzzy == now').instead).toBe('one of from, to');
    // Nobody says of what a list that was made is: then any field may be meant.
    expect(problem('release.notes.map(n, n)[0].versoin == ""').instead).toBe('version');
  });
});

describe('a function that cannot be called', () => {
  it.each([
    ['xyzzy(1)', 0],
    ['true && release.branch.matches("a")', 23],
    ['release.branch.matches("a") || release.commit.matches("matches")', 15],
    ['gates.dyn == "" && dyn(1) == 1', 19],
    ['gates.type.type() == int', 11],
    ['release.notes.all(n, n.text.matches("a"))', 28],
    ['!(-dyn(1) == 1)', 3],
    ['[1, dyn(1)] == [1]', 4],
    ['size(release.branch.matches("a")) > 0', 20],
    ['bytes("a")[0] == 1', 0],
    ['cel.bind(a, 1, a == 1)', 4],
  ])('is named where it stands: %s', (expression, offset) => {
    expect(problem(expression)).toHaveProperty('offset', offset);
    expect(problem(expression).message).toMatch(/^There is no function/u);
  });

  it.each([
    ['release.version.startsWith(1)', 'startsWith'],
    ['size(1) > 0', 'size'],
    ['release.version.size(1) > 0', 'size'],
    ['release.notes.join(", ") == ""', 'join'],
  ])('is named with what it was given: %s', (expression, name) => {
    expect(problem(expression).offset).toBe(0);
    expect(problem(expression).message).toMatch(
      new RegExp(`^\`${name}\` does not take this: .*\\)\\.$`, 'u'),
    );
  });
});

describe('what does not go together', () => {
  const same = 'values of the same type';
  it.each([
    ['1 == "a"', 2, '`==`', 'a whole number and a text', same],
    ['(1) == ("a")', 4, '`==`', 'a whole number and a text', same],
    ['1.0 == 1', 4, '`==`', 'a decimal number and a whole number', 'a decimal number such as `1.0`'],
    ['1 == 1.0', 2, '`==`', 'a whole number and a decimal number', 'a decimal number such as `1.0`'],
    ['"1" == 1.0', 4, '`==`', 'a text and a decimal number', same],
    ['now - 1 == now', 4, '`-`', 'a time and a whole number', same],
    ['now == duration("1h")', 4, '`==`', 'a time and a span of time', same],
    ['release.notes == 1', 14, '`==`', 'a list and a whole number', same],
    ['1 == release.services', 2, '`==`', 'a whole number and a list', same],
    ['(1 < 2) + 1 == 2', 8, '`+`', 'true or false and a whole number', same],
    ['change.window > now', 14, '`>`', 'ChangeWindow and a time', same],
  ])('is named at the sign between: %s', (expression, offset, sign, between, instead) => {
    expect(problem(expression)).toEqual({
      offset,
      message: `${sign} cannot stand between ${between}.`,
      instead,
    });
  });

  it.each(['!1', '-"a" == 1'])('may be a sign and what stands after it: %s', (expression) => {
    expect(problem(expression)).toMatchObject({ offset: 0, instead: same });
    expect(problem(expression).message).toMatch(/[^.]\.$/u);
  });
});

describe('what is not expected', () => {
  const sign = 'an operator, such as `&&`';
  it.each([
    ['true = false', 5, '`==`'],
    ['true and false', 5, '`&&`'],
    ['true or false', 5, '`||`'],
    ['not true', 0, '`!`'],
    ['true && not  true', 8, '`!`'],
    ['knot true', 5, sign],
    ['"not a" == "" orange', 14, sign],
    ['true orange', 5, sign],
    ['true xor false', 5, sign],
    ['true # and', 5, sign],
    ['true 😀', 5, sign],
    [' # ', 1, 'an expression'],
    ['😀', 0, 'an expression'],
  ])('is told with what to write instead: %s', (expression, offset, instead) => {
    const found = problem(expression);
    expect(found).toMatchObject({ offset, instead });
    const word = /^(?:and|or|not)\b|^./u.exec(expression.slice(offset))?.[0];
    expect(found.message).toContain(word);
  });
});

describe('what is too much', () => {
  it.each([
    [`${'('.repeat(40)}true${')'.repeat(40)}`, 'nested more than 24'],
    [Array.from({ length: 200 }, () => 'true').join(' && '), 'made of more than 300'],
    [`[${Array.from({ length: 60 }, () => '1').join(', ')}] == [1]`, 'made of more than 50'],
  ])('is told with the limit: %s', (expression, says) => {
    expect(problem(expression).message).toContain(says);
    expect(problem(expression).instead).not.toBe('');
  });

  it('is a map of one’s own', () => {
    expect(problem('{"a": 1}.a == 1')).toMatchObject({ offset: 1, instead: 'the fields that are there' });
  });

  it('is a rule of more than 2000 characters, at the first that is too many', () => {
    const long = (characters: number): string => `"${'a'.repeat(characters - 8)}" != ""`;
    expect(ruleOf(long(2000)).problem).toBeNull();
    expect(problem(long(2001))).toMatchObject({ offset: 2000, instead: 'two rules' });
  });

  it('is a rule that could go on for ever', () => {
    const nested = (depth: number): string =>
      depth === 0 ? 'true' : `release.notes.all(n${depth}, ${nested(depth - 1)})`;
    expect(problem(nested(3)).message).toMatch(/ \d+( \d{3})+ steps/u);
    expect(problem(nested(6)).message).not.toMatch(/\d steps;/u);
  });
});

describe('any other trouble', () => {
  it('is a sentence, at a character that is there', () => {
    expect(problem('release.version == ')).toEqual({ offset: 19, message: 'Unexpected token: EOF.' });
    expect(problem('release.version.x == ""')).toEqual({
      offset: 16,
      message: "Cannot index type 'string'.",
    });
    expect(problemOf(new Error('what is it?'), 'true')).toEqual({ offset: 0, message: 'What is it?' });
    expect(problemOf(new Error('what. is it'), 'true').message).toBe('What. is it.');
    expect(problemOf('odd', 'true')).toEqual({ offset: 0, message: 'Odd.' });
  });

  it('is told as it came where a rule could not be worked out', () => {
    expect(failureOf(new Error('It is 1.5 away. Really.'), 'true')).toBe('It is 1.5 away. Really');
    expect(failureOf('odd', 'true')).toBe('odd');
  });

  it('calls a type by a word of people, or by its own', () => {
    expect(['int', 'list<Note>', 'Note', 'map<string, int>'].map(typeText)).toEqual([
      'a whole number',
      'a list',
      'Note',
      'map<string, int>',
    ]);
  });
});
