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
  it('cannot follow something that is no version', () => {
    expect(() => nextVersion('latest', [])).toThrow('not the version');
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
});
