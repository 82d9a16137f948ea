import { describe, expect, it } from 'vitest';
import { failureKinds, isWorthRetrying } from '../failure.ts';
import { chapter, type ChapterWords, type Written } from './explanation.ts';
import { chapters, explainedCodes, explanationOf } from './index.ts';

const words: ChapterWords = { title: 'Agents', form: 'trouble', look: 'the log of the agent' };
const entry: Written = { title: 'It is silent', because: 'it ended', wayOut: 'Start it.' };

const explained = (written: Partial<Written> = {}, more: Partial<ChapterWords> = {}) =>
  chapter({ ...words, ...more }, { silent: { ...entry, ...written } }).explanations.silent;

describe('an explanation (REL-14)', () => {
  it('is made of what is written, and of what holds for its chapter', () => {
    expect(explained()).toEqual({
      code: 'silent',
      title: 'It is silent',
      form: 'trouble',
      kinds: [],
      causes: ['it ended'],
      evidence: ['the log of the agent'],
      wayOut: ['Start it.'],
      leaves: explained().leaves,
      again: explained().again,
      see: [],
    });
    expect(chapter(words, { a: entry, b: entry })).toMatchObject({
      title: 'Agents',
      explanations: { a: { code: 'a' }, b: { code: 'b' } },
    });
  });

  it('says of itself what is otherwise than in the rest of its chapter', () => {
    const chapterWords = { leaves: 'As it was.', again: 'Never.' };
    expect(explained({}, chapterWords)).toMatchObject(chapterWords);
    const own = { leaves: 'Stopped.', again: 'At once.', see: ['agent-lost'] };
    expect(explained({ ...own, look: ['a', 'b'], because: ['c', 'd'] }, chapterWords)).toMatchObject({
      ...own,
      evidence: ['a', 'b'],
      causes: ['c', 'd'],
    });
  });

  it('is of a failure where it can be thrown', () => {
    expect(explained({ kind: 'absent' })).toMatchObject({ form: 'failure', kinds: ['absent'] });
    expect(explained({ kind: ['absent', 'defect'] }).kinds).toEqual(['absent', 'defect']);
    expect(explained({ kind: [] })).toMatchObject({ form: 'trouble', kinds: [] });
  });

  it.each(failureKinds)('says of a failure that is %s whether trying again may help', (kind) => {
    const isAsHopeless = explained({ kind }).again === explained().again;
    expect(isAsHopeless).toBe(!isWorthRetrying(kind));
    expect(explained({ kind: ['invalid', kind] }).again).toBe(explained({ kind }).again);
    expect(explained().again).not.toBe('');
  });
});

describe('the codes that are explained', () => {
  it('are found by their name, chapter by chapter', () => {
    const all = chapters.flatMap(({ explanations }) => Object.keys(explanations));
    expect(explainedCodes).toEqual(all);
    for (const code of all) expect(explanationOf(code)?.code).toBe(code);
    expect(explanationOf('no-such-code')).toBeNull();
  });
});
