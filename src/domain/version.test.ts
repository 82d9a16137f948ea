import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { notesOf } from './release-notes.ts';
import { compareVersions, nextVersion } from './version.ts';

const saying = (...messages: readonly string[]) => messages.map((message) => ({ message }));

describe('the version of the next release (REL-5)', () => {
  it('is 1.0.0 for the first release, whatever its commits say', () => {
    expect(nextVersion(null, saying('fix: a typo'))).toBe('1.0.0');
  });
  it.each([
    ['a fix', ['fix: round up'], '1.2.4'],
    ['anything that does not follow the convention', ['tidy up'], '1.2.4'],
    ['no commit at all', [], '1.2.4'],
    ['a feature', ['fix: a', 'feat(web): b', 'chore: c'], '1.3.0'],
    ['a breaking change by its mark', ['fix(api)!: drop v1'], '2.0.0'],
    ['a breaking change by its footer', ['feat: a\n\nBREAKING CHANGE: v1 is gone'], '2.0.0'],
  ])('rises rightly after %s', (_, messages, version) => {
    expect(nextVersion('1.2.3', saying(...messages))).toBe(version);
  });
  it('always rises, whatever commits say', () => {
    fc.assert(
      fc.property(
        fc.nat(50),
        fc.nat(50),
        fc.nat(50),
        fc.array(fc.string()),
        (major, minor, patch, messages) => {
          const before = `${major}.${minor}.${patch}`;
          expect(compareVersions(nextVersion(before, saying(...messages)), before)).toBeGreaterThan(0);
        },
      ),
    );
  });
  it.each(['latest', '1.2', '1.2.3.4', 'v1.2.3', '1.2.3-rc', '1.2.x', '1.2.1234567890', ''])(
    'cannot follow %j, which is no version',
    (text) => {
      const malformed = expect.objectContaining({ kind: 'invalid', code: 'version-malformed' }) as Error;
      expect(() => nextVersion(text, [])).toThrow(malformed);
      expect(() => compareVersions('1.0.0', text)).toThrow(malformed);
    },
  );
  it.each([
    ['1.2.3', '1.2.3', 0],
    ['1.2.3', '1.2.4', -1],
    ['1.2.9', '1.3.0', -1],
    ['1.9.9', '2.0.0', -1],
    ['1.10.0', '1.9.9', 1],
    ['10.0.0', '9.9.9', 1],
    ['0.0.2', '0.0.1', 1],
  ])('%s beside %s is %i: below 0 is older', (left, right, sign) => {
    expect(Math.sign(compareVersions(left, right))).toBe(sign);
    expect(Math.sign(compareVersions(right, left))).toBe(sign === 0 ? 0 : -sign);
  });
});

describe('release notes (REL-5)', () => {
  it('put what breaks first, then features, fixes and the rest, and leave merges out', () => {
    const notes = notesOf([
      { id: 'a', message: 'tidy up' },
      { id: 'b', message: 'fix: round up' },
      { id: 'c', message: 'Merge branch develop' },
      { id: 'd', message: 'feat(web): a basket\n\nwith a long story' },
      { id: 'e', message: 'feat!: another currency' },
    ]);
    expect(notes).toEqual([
      { kind: 'breaking', text: 'another currency', commit: 'e' },
      { kind: 'feature', text: 'web: a basket', commit: 'd' },
      { kind: 'fix', text: 'round up', commit: 'b' },
      { kind: 'other', text: 'tidy up', commit: 'a' },
    ]);
  });

  it.each([
    ['Merge pull request 7 from x', []],
    ['Merge remote-tracking branch x', []],
    ['fix: Merge branch names', []],
    ['say what Merge branch does', ['say what Merge branch does']],
    ['Merge two lists', ['Merge two lists']],
    ['', []],
    ['  \n ', []],
    ['x'.repeat(200), ['x'.repeat(200)]],
    ['x'.repeat(201), [`${'x'.repeat(197)}...`]],
    [`fix(web): ${'x'.repeat(195)}`, [`web: ${'x'.repeat(195)}`]],
    [`fix(web): ${'x'.repeat(196)}`, [`web: ${'x'.repeat(192)}...`]],
  ])('have of %j the line that people need', (message, texts) => {
    expect(notesOf([{ id: 'a', message }]).map(({ text }) => text)).toEqual(texts);
  });

  it('have 500 lines at most, those that matter most', () => {
    const commits = Array.from({ length: 501 }, (_, index) => ({
      id: `c${index}`,
      message: `tidy ${index}`,
    }));
    const notes = notesOf([...commits, { id: 'f', message: 'fix: round up' }]);
    expect(notes).toHaveLength(500);
    expect([notes[0]?.commit, notes[1]?.commit, notes.at(-1)?.commit]).toEqual(['f', 'c0', 'c498']);
  });
});
