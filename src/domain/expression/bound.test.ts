import { describe, expect, it } from 'vitest';
import { mostStepsOf } from './bound.ts';
import { language } from './language.ts';
import { aPicture } from './picture.kit.ts';
import { ruleOf } from './rule.ts';

const steps = (expression: string): number => mostStepsOf(language.parse(expression).ast);
/** What reading one field of the picture takes. */
const field = 6;

describe('what a part of a rule can take', () => {
  it.each([
    ['a name or a value: one step', 'true', 1],
    ['an operation: one step, and its parts', '1 < 2', 3],
    ['what stands before a single part', '!true', 2],
    ['a number taken from nothing', '-1 < 2', 4],
    ['a choice: all of its three parts', 'true ? 1 : 2', 4],
    ['comparing texts: a step for each 64 characters of both', 'release.branch == "main"', field + 2 + 4],
    ['a text that is written out: its own length', `"${'a'.repeat(640)}" == "b"`, 3 + 10],
    ['a number that is put into words: 32 characters at most', 'size(string(1))', 3 + 32],
    ['the size of a list: known', 'size(release.services)', field + 2],
    ['the same, asked of the list', 'release.services.size()', field + 2],
    ['the size of a list with one entry: known, too', 'size([release.branch])', field + 1 + 4 + 2],
    ['the time of day: known', 'now.getHours()', 2 + 4],
    ['the time of day elsewhere: much', 'now.getHours("Europe/London")', 3 + 4 + 3000],
    ['comparing lists: each entry and its characters', '["aa", "b"] == []', 5 + 2 + 1],
    ['comparing lists of lists: each entry of each', '[["aa", "b"]] == [["a"]]', 7 + 4 + 1 + 3 + 1],
    ['asking a text: no longer what was asked', 'release.branch.contains("a") == true', 12 + 1 + 1],
    ['whether something is there: where it would be', 'has(evidence.scan.trivy)', 512],
    ['an entry by its name: one', 'evidence.tests["unit"].passed > 0', 519],
  ])('is %s', (_, expression, most) => {
    expect(steps(expression)).toBe(most);
  });

  it.each(['size(X)', 'X.indexOf("a")', 'X.lastIndexOf("a")', 'X.substring(1)', 'X.split("")'])(
    'is a step for each character where each is looked at: %s',
    (call) => {
      const most = steps(call.replace('X', 'release.branch'));
      expect(most).toBeGreaterThan(256);
      expect(most).toBeLessThan(300);
    },
  );

  it('is a step for each character of each text that is joined', () => {
    expect(steps('release.services.join("")')).toBeGreaterThan(50 * 256);
    expect(steps('release.branch.contains("a")')).toBeLessThan(20);
  });
});

describe('how large a value of a rule can get', () => {
  it.each(['lowerAscii()', 'upperAscii()', 'trim()', 'substring(0)'])('is as long as before: %s', (call) => {
    expect(steps(`size(release.branch.${call})`)).toBeGreaterThan(256);
    expect(steps(`size("ab".${call})`)).toBeLessThan(50);
  });

  it.each([
    ['a text that is made one', 'string(release.branch)', 256],
    ['two texts put together', 'release.branch + release.branch', 512],
    ['a text put to a short one', '"ab" + release.branch', 258],
    ['texts of a list with what stands between', 'release.services.join("ab")', 50 * 258],
    ['the longer of two', 'true ? release.branch : "a"', 256],
    ['the longer of two, be it the other', 'true ? "a" : release.branch', 256],
    ['an entry of a list', 'release.services[0]', 256],
    ['an entry of what is put together', '(["a"] + release.services)[0]', 256],
    ['an entry of what is written out', '["a", release.branch, "b"][0]', 256],
    ['a part of a text', 'release.branch.split("")[0]', 256],
    ['a text from a list that was looked through', 'release.services.filter(s, true)[0]', 256],
    ['a text that was made of another', 'release.services.map(s, s + s)[0]', 512],
    ['a text that was made of some', 'release.services.map(s, true, s + s + s)[0]', 768],
  ])('counts the characters of %s', (_, text, characters) => {
    const own = steps(text);
    expect(steps(`size(${text})`)).toBe(own + 1 + characters);
  });

  it.each([
    ['a list of the picture', 'release.services', 50],
    ['a list at the top of it', 'approvals', 100],
    ['a map', 'evidence.tests', 100],
    ['a list that is written out', '[1, 2, 3]', 3],
    ['lists put together', 'release.services + ["a"]', 51],
    ['the longer of two lists', 'true ? ["a"] : release.services', 50],
    ['the characters of a text', 'release.branch.split("")', 257],
    ['a list that was looked through', 'release.services.filter(s, s == "a")', 50],
    ['what was made of a list', 'release.services.map(s, s + s)', 50],
    ['what was made of some of a list', '[1, 2].map(s, s == 1, s + s)', 2],
    ['an entry that is a list', '[release.services, ["a"]][1]', 50],
    ['an entry of an entry of an entry', '[[[release.services]]][0][0][0]', 50],
    ['a list that was made for each entry', '["a", "b"].map(s, release.services)[0]', 50],
    ['lists that were put together in a list', '([["a"]] + [release.services])[0]', 50],
    ['one list in another, put to itself', '[["a"]].map(l, l + l + l)[0]', 3],
  ])('counts the entries of %s', (_, list, entries) => {
    const own = steps(list);
    expect(steps(`${list}.all(x, true)`.replace(/^(.*[+?].*)(\.all)/, '($1)$2'))).toBe(own + 1 + 3 * entries);
  });

  it.each(['all', 'exists', 'exists_one', 'filter', 'map'])(
    'multiplies what %s does for each entry',
    (name) => {
      const inner = steps(`release.services.${name}(t, t == "a")`);
      expect(steps(`release.services.${name}(s, release.services.${name}(t, t == "a"))`)).toBe(
        field + 1 + 50 * (2 + inner),
      );
    },
  );

  it('takes a name of the rule for what it stands for, not for a list of the same name', () => {
    expect(steps('["a"].all(notes, notes == "a")')).toBe(steps('["a"].all(x, x == "a")'));
    expect(steps('["a"].all(notes, [1].all(x, notes == "a"))')).toBe(
      steps('["a"].all(y, [1].all(x, y == "a"))'),
    );
    expect(steps('[["a", "b"]].all(l, l.all(x, true))')).toBe(
      steps('[["a", "b"]]') + 1 + (2 + 1 + 1 + 2 * 3),
    );
  });

  it('counts what came of a question as short', () => {
    expect(steps('size(release.services.exists(s, true) ? "a" : "b")')).toBeLessThan(
      steps('release.services.exists(s, true)') + 40,
    );
    expect(steps('release.services.all(s, true) == true')).toBe(steps('release.services.all(s, true)') + 2);
  });
});

describe('a rule that would run away', () => {
  it.each([
    ['lists taken out of lists', '[[X]][0][0].all(a, [[X]][0][0].all(b, [[X]][0][0].all(c, a == b)))'],
    ['lists made inside lists', 'X.map(a, X.map(b, X))[0][0].all(a, X.all(b, b == a))'],
    [
      'texts put together',
      `X.all(n, ${Array.from({ length: 20 }, () => 'size(n.text + n.text) > 0').join(' && ')})`,
    ],
    ['time zones', 'X.all(n, now.getHours("Europe/London") > 9)'],
  ])('is refused before it runs: %s', (_, expression) => {
    expect(ruleOf(expression.replaceAll('X', 'release.notes')).problem).not.toBeNull();
  });

  it('is none that looks at a list once, or at texts put together', () => {
    const texts = Array.from({ length: 12 }, () => 'n.text').join(' + ');
    const rule = ruleOf(`release.notes.all(n, (${texts}).contains("orders")) && size(release.notes) < 9`);
    expect(rule.problem === null && rule.ask(aPicture())).toEqual({ kind: 'answer', isTrue: true });
  });
});
