import { describe, expect, it } from 'vitest';
import { readCommitMessage } from './conventional-commit.ts';

const other = { kind: 'other', breaking: false, scope: null };

describe('what a commit message says of its change (REL-5)', () => {
  it.each([
    ['feat: a basket', { ...other, kind: 'feature', text: 'a basket' }],
    ['feature: a basket', { ...other, kind: 'feature', text: 'a basket' }],
    ['FEAT(web):  a basket ', { ...other, kind: 'feature', scope: 'web', text: 'a basket' }],
    ['fix(): round up', { ...other, kind: 'fix', text: 'round up' }],
    ['fix(api)!: round up', { kind: 'fix', breaking: true, scope: 'api', text: 'round up' }],
    ['docs: a page', { ...other, text: 'a page' }],
    ['\n\nfix: round up\n\nand more', { ...other, kind: 'fix', text: 'round up' }],
    ['fix: round up\r\n\r\nand more\r\n', { ...other, kind: 'fix', text: 'round up' }],
    ['  tidy up  ', { ...other, text: 'tidy up' }],
    ['', { ...other, text: '' }],
    ['feat:no space', { ...other, text: 'feat:no space' }],
    ['feat: ', { ...other, text: 'feat:' }],
    ['Revert "feat: a basket"', { ...other, text: 'Revert "feat: a basket"' }],
    ['a-feat: b', { ...other, text: 'a-feat: b' }],
    ['constructor: a', { ...other, text: 'a' }],
    ['fix: a\n\nBREAKING CHANGE: b', { ...other, kind: 'fix', breaking: true, text: 'a' }],
    ['fix: a\n\nBREAKING-CHANGE: b', { ...other, kind: 'fix', breaking: true, text: 'a' }],
    ['tidy\r\n\r\nBREAKING CHANGE: b', { ...other, breaking: true, text: 'tidy' }],
    ['fix: a\n\nThis is no BREAKING CHANGE: b', { ...other, kind: 'fix', text: 'a' }],
    ['fix: a\n\nBREAKING CHANGES are none', { ...other, kind: 'fix', text: 'a' }],
  ])('is read from %j', (message, said) => {
    expect(readCommitMessage(message)).toEqual(said);
  });
});
