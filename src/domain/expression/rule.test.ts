import { describe, expect, it } from 'vitest';
import type { ChangeNumber, ChangeRequest } from '../change-request.ts';
import { anEmptyEnvironment, aReleaseOf } from '../environment.kit.ts';
import { type EnvironmentName, instant, type ReleaseId } from '../ids.ts';
import { aPicture } from './picture.kit.ts';
import { ruleOf } from './rule.ts';

const ask = (expression: string, other: Parameters<typeof aPicture>[0] = {}) => {
  const rule = ruleOf(expression);
  if (rule.problem !== null) throw new Error(`${expression}: ${rule.problem.message}`);
  return rule.ask(aPicture(other));
};
const asked: ChangeRequest = {
  id: 'CHG-0007' as ChangeNumber,
  project: anEmptyEnvironment.project,
  environment: anEmptyEnvironment.id,
  tree: 'a'.repeat(40),
  release: 'release' as ReleaseId,
  version: '1.4.0',
  form: {
    reference: null,
    type: 'normal',
    risk: 'medium',
    window: { from: instant(Date.UTC(2026, 6, 2, 10)), to: instant(Date.UTC(2026, 6, 2, 14)) },
    rollbackMinutes: 10,
    testing: '',
    communication: '',
    description: '',
  },
  requestedBy: { kind: 'automation', rule: 'test' },
  requestedAt: instant(0),
  editedBy: null,
  approvals: [],
  notes: [],
  state: { phase: 'approved', at: instant(0) },
};

const problem = (expression: string) => ruleOf(expression).problem;
const bare = { ...anEmptyEnvironment, name: 'prod' as EnvironmentName };

describe('a rule of one’s own (REL-1)', () => {
  it.each([
    'size(release.services) < 3',
    'release.version.startsWith("1.") && release.branch == "main"',
    'evidence.tests.unit.passed > 400 && evidence.tests["unit"].failed == 0',
    'evidence.tests.all(name, evidence.tests[name].errors == 0)',
    'evidence.coverage.lcov.ratio > 0.8',
    'has(evidence.scan.trivy) && evidence.scan.trivy.critical == 0',
    '!release.notes.exists(note, note.kind == "breaking")',
    'gates.soak == "passed" && gates["rollback-plan"] == "waived"',
    'approvals.exists(one, "qa-lead" in one.roles)',
    'now - release.createdAt > duration("24h")',
    'now.getHours("Europe/London") == 12 && now.getDayOfWeek() != 5',
    'target.tier == "production" && source.version == release.version',
    'requester != "mallory@example.org"',
    'evidence.count.bugs == 0',
  ])('holds: %s', (expression) => {
    expect(ask(expression)).toEqual({ kind: 'answer', isTrue: true });
  });

  it.each([
    ['evidence.tests.integration.passed > 0', 'there is no "integration" in evidence.tests'],
    ['1 / (size(release.services) - 2) > 0', 'division by zero'],
    ['release.services[9] == "web"', 'index out of bounds, index 9 >= size 2'],
    ['now.getHours("Nowhere/City") < 16', 'Invalid time zone specified: Nowhere/City'],
    ['timestamp("tomorrow") > now', 'timestamp() requires a string in ISO 8601 format'],
    ['gates.constructor == "passed"', 'there is no "constructor" in gates'],
  ])('that cannot be worked out is no pass, and says why: %s', (expression, reason) => {
    expect(ask(expression)).toEqual({ kind: 'failed', reason });
  });

  it('sees nothing of a source on the first rung, and no version where none runs as a whole', () => {
    const nothing = 'source.name == "" && source.tier == "" && source.version == ""';
    expect(ask(nothing, { before: [] })).toEqual({ kind: 'answer', isTrue: true });
    expect(ask(nothing)).toEqual({ kind: 'answer', isTrue: false });
    expect(ask('target.name == "prod" && target.version == ""', { target: bare })).toEqual({
      kind: 'answer',
      isTrue: true,
    });
  });

  it('gets no answer where there is more than it was checked for (REL-1)', () => {
    const many = Array.from({ length: 51 }, (_, index) => [`s${index}`, 's'] as const);
    const release = aReleaseOf('1.5.0', Object.fromEntries(many));
    expect(ask('size(release.services) > 0', { release })).toEqual({
      kind: 'overfull',
      field: 'services',
      most: 50,
    });
    expect(ask('release.version == "1.5.0"', { release })).toEqual({ kind: 'answer', isTrue: true });
  });

  it.each([
    ['releas.version == ""', 0, 'There is no name "releas". Did you mean "release"?', 'release'],
    ['release.notes.exists(n, n.knd == "x")', 26, 'There is no field "knd". Did you mean "kind"?', 'kind'],
    ['requester', 0, 'This gives a text, and a gate has to know whether it is open.', undefined],
    ['release.version = "1"', 16, 'A single `=` compares nothing.', '`==`'],
    ['true and false', 5, '"and" is no word of the language.', '`&&`'],
    [
      'release.version.startWith("1")',
      16,
      'There is no function "startWith". Did you mean "startsWith"?',
      'startsWith',
    ],
    [
      'evidence.coverage.lcov.ratio == 1',
      29,
      '`==` cannot stand between a decimal number and a whole number.',
      'a decimal number such as `1.0`',
    ],
    ['{"a": 1}.a == 1', 1, 'A rule makes no maps of its own.', 'the fields that are there'],
    ['', 0, 'Unexpected token: EOF.', undefined],
  ])('is refused where it is read: %s', (expression, offset, message, instead) => {
    expect(problem(expression)).toMatchObject({ offset, message, ...(instead !== undefined && { instead }) });
  });

  it.each([
    'release.branch.matches("(a+)+$")',
    'cel.bind(a, release.version + release.version, a == "")',
    'type(1) == int',
    'dyn(1) == dyn("a")',
    'bytes("a") == b"a"',
  ])('calls nothing that could run away or hide a type: %s', (expression) => {
    expect(problem(expression)?.message).toMatch(/^There is no function/);
  });
});

describe('a rule about the change request (REL-7)', () => {
  it.each([
    'change.state == "approved" && change.id == "CHG-0007"',
    'change.type == "normal" && change.risk != "high"',
    'now >= change.window.from && change.window.to - now == duration("3h")',
    'change.rollbackMinutes <= 15',
  ])('looks at what was asked for: %s', (expression) => {
    expect(ask(expression, { change: asked })).toEqual({ kind: 'answer', isTrue: true });
  });

  it('is closed where there is none, and can ask first', () => {
    expect(ask('change.risk == "low"')).toEqual({ kind: 'failed', reason: 'there is no "risk" in change' });
    expect(ask('change.state == "none" && !has(change.risk) && !has(change.window)')).toEqual({
      kind: 'answer',
      isTrue: true,
    });
  });

  it.each([
    ['change.rsk == "low"', 7, 'There is no field "rsk". Did you mean "risk"?'],
    ['change.window.form < now', 14, 'There is no field "form". Did you mean "from"?'],
    ['change.window > now', 14, '`>` cannot stand between ChangeWindow and a time.'],
    ['change.rollbackMinutes < "10"', 23, '`<` cannot stand between a whole number and a text.'],
  ])('is refused at the character that is wrong: %s', (expression, offset, message) => {
    expect(problem(expression)).toMatchObject({ offset, message });
  });
});

describe('the work that a rule can make', () => {
  const nested = (depth: number): string =>
    depth === 0 ? 'true' : `release.notes.all(n${depth}, ${nested(depth - 1)})`;

  it('is bounded before it runs: a list inside a list inside a list is refused', () => {
    expect(problem(nested(1))).toBeNull();
    expect(problem(nested(3))?.message).toMatch(
      /^Working this out can take .* steps; 500 000 at most are allowed\.$/,
    );
  });

  it.each([
    [
      'texts that double',
      `size(release.services.map(a, [a + a + a + a]).map(b, b.map(c, c + c + c + c)).map(d, d.map(e, ${Array.from({ length: 80 }, () => 'e[0]').join(' + ')}))) > 0`,
    ],
    ['texts cut into lists', 'release.notes.all(n, n.text.split("").all(c, c.split("").all(d, d != "a")))'],
    [
      'lists that are joined',
      `release.services.all(s, (${Array.from({ length: 40 }, () => 'release.notes').join(' + ')}).exists(n, n.text == s))`,
    ],
    ['deep brackets', `${'('.repeat(200)}true${')'.repeat(200)}`],
    ['many words', Array.from({ length: 200 }, () => 'true').join(' && ')],
  ])('is bounded for %s', (_, expression) => {
    expect(problem(expression)).not.toBeNull();
  });
});
