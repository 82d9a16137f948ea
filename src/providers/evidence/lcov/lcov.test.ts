import { describe, expect, it } from 'vitest';
import { factsOf, problemsOf } from '../handed.kit.ts';

const coverage = (text: string) => factsOf('coverage', 'lcov', text);

describe('an lcov tracefile', () => {
  it('is counted line by line and branch by branch (REL-2)', async () => {
    const facts = await coverage(
      `TN:unit|SF:src/a.ts|FN:1,go|FNDA:3,go|FNF:1|FNH:1
       |DA:1,3|DA:2,0,Zm9v|DA:3,18446744073709551615|LF:3|LH:2
       |BRDA:2,0,0,-|BRDA:2,0,1,4|BRF:2|BRH:1|end_of_record
       |# a comment||SF:src/b.ts|DA:1,0|end_of_record`.replaceAll(/\s*\|/gu, '\r\n'),
    );
    expect(facts).toEqual({
      kind: 'coverage',
      linesFound: 4,
      linesHit: 2,
      lineRatio: 0.5,
      branchesFound: 2,
      branchesHit: 1,
      branchRatio: 0.5,
      files: 2,
      lowest: [
        { file: 'src/b.ts', linesFound: 1, linesHit: 0, lineRatio: 0 },
        { file: 'src/a.ts', linesFound: 3, linesHit: 2, lineRatio: 2 / 3 },
      ],
      disagreements: { count: 0, shown: [] },
    });
  });

  it('lays the records of one file over each other, as each test of a run writes one', async () => {
    const record = (hits: readonly number[], taken: string): string =>
      `SF:a\n${hits.map((count, index) => `DA:${index + 1},${count}\n`).join('')}BRDA:1,0,0,${taken}\nBRDA:1,0,1,0\nend_of_record\n`;
    const facts = await coverage(record([1, 0, 0], '1') + record([0, 1], '-'));
    expect(facts).toMatchObject({ files: 1, linesFound: 3, linesHit: 2, branchesFound: 2, branchesHit: 1 });
  });

  it('adds the branches of one that was compiled in two ways', async () => {
    const facts = await coverage(
      'SF:a\nDA:1,1\nBRDA:1,0,0,1\nend_of_record\nSF:a\nDA:1,1\nBRDA:1,0,7,0\nend_of_record\n',
    );
    expect(facts).toMatchObject({ branchesFound: 2, branchesHit: 1 });
  });

  it('knows no ratio of branches where none was measured', async () => {
    expect(await coverage('SF:a\nDA:1,1\nend_of_record')).toMatchObject({ lineRatio: 1, branchRatio: null });
  });

  it('says where its sums are not what it lists', async () => {
    const facts = await coverage('SF:a\nDA:1,1\nDA:2,0\nLF:2\nLH:2\nend_of_record\n');
    expect(facts.linesHit).toBe(1);
    expect(facts.disagreements).toEqual({
      count: 1,
      shown: [{ where: 'a', figure: 'LH', says: 2, counted: 1 }],
    });
  });

  it.each([
    ['is cut off', 'SF:a\nDA:1,1\nDA:2,', ['not-a-count 3:1', 'cut-off 3:1']],
    ['has no end', 'SF:a\nDA:1,1\n', ['cut-off 2:1']],
    [
      'counts below nothing',
      'SF:a\nDA:1,-1\nDA:NaN,1\nDA:1,1\nend_of_record',
      ['not-a-count 2:1', 'not-a-count 3:1'],
    ],
    ['has a line beyond all files', 'SF:a\nDA:999999999,1\nend_of_record', ['not-a-count 2:1', 'no-lines']],
    [
      'begins in the middle',
      'DA:1,1\nend_of_record',
      ['outside-a-record 1:1', 'outside-a-record 2:1', 'no-lines'],
    ],
    ['has sums alone', 'SF:a\nLF:10\nLH:10\nend_of_record', ['sums-alone 4:1', 'no-lines']],
    ['has no line', 'TN:\nSF:a\nend_of_record', ['no-lines']],
    ['lost an end', 'SF:a\nDA:1,1\nSF:b\nDA:1,1\nend_of_record', ['record-not-ended 3:1']],
    ['is some other text', 'all good!\n', ['not-lcov 1:1', 'no-lines']],
    ['is XML', '<coverage/>', ['another-format 1:1']],
    ['has an endless line', `SF:${'x'.repeat(300_000)}`, ['too-long 1:1']],
  ])('is refused by name when it %s', async (_, text, codes) => {
    expect(await problemsOf('lcov', text)).toEqual(codes);
  });

  it('is refused when more would have to be remembered than there is room for', async () => {
    const sparse = Array.from({ length: 200_000 }, (_, file) => `SF:${file}\nDA:7,1\nend_of_record\n`);
    expect(await problemsOf('lcov', sparse.join(''))).toEqual(['too-much-to-remember']);
  });
});
