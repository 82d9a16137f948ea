import { describe, expect, it } from 'vitest';
import { factsOf, problemsOf } from '../handed.kit.ts';

const report = (lines: string, root = ''): string =>
  `<?xml version="1.0" ?>
<!DOCTYPE coverage SYSTEM "http://cobertura.sourceforge.net/xml/coverage-04.dtd">
<coverage line-rate="1.0" ${root}><sources><source>.</source></sources><packages><package name="p"><classes>
<class name="A" filename="a.py" line-rate="1">${lines}</class>
</classes></package></packages></coverage>`;
const coverage = (xml: string) => factsOf('coverage', 'cobertura', xml);

describe('a Cobertura report', () => {
  it('is counted by the hits of its lines, and not by the rates it claims (REL-2)', async () => {
    const facts = await coverage(
      report(
        `<methods/><lines><line number="1" hits="3"/><line number="2" hits="0"/>
         <line number="3" hits="1" branch="true" condition-coverage="50% (1/2)"/></lines>`,
        'lines-valid="3" lines-covered="3" branches-valid="2" branches-covered="1"',
      ),
    );
    expect(facts).toMatchObject({ linesFound: 3, linesHit: 2, branchesFound: 2, branchesHit: 1, files: 1 });
    expect(facts.disagreements.shown).toEqual([{ where: '', figure: 'lines-covered', says: 3, counted: 2 }]);
  });

  it('counts a line once that stands in its method and in its class, or in two classes of a file', async () => {
    const line = '<line number="7" hits="1" branch="true" condition-coverage="100% (2/2)"/>';
    const facts = await coverage(
      report(
        `<methods><method><lines>${line}</lines></method></methods><lines>${line}</lines></class>
         <class name="A$1" filename="a.py"><lines><line number="7" hits="0"/><line number="8" hits="0"/></lines>`,
      ),
    );
    expect(facts).toMatchObject({ linesFound: 2, linesHit: 1, branchesFound: 2, branchesHit: 2, files: 1 });
  });

  it.each([
    ['counts below nothing', report('<line number="1" hits="-1"/>'), ['not-a-count 4:47', 'no-lines']],
    ['lost its numbers', report('<line hits="1"/><line number="2" hits="1"/>'), ['not-a-count 4:47']],
    [
      'covers more branches than there are',
      report('<line number="1" hits="1" condition-coverage="(3/2)"/>'),
      ['not-a-count 4:47'],
    ],
    ['names no file', report('').replace('filename="a.py"', ''), ['file-not-named 4:1', 'no-lines']],
    ['has no line', report(''), ['no-lines']],
    ['is a Clover report', '<coverage clover="4"><project/></coverage>', ['another-format 1:1']],
    ['is a JUnit report', '<testsuite/>', ['another-format 1:1']],
    [
      'declares entities',
      '<!DOCTYPE coverage [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><coverage/>',
      ['document-type-refused 1:60'],
    ],
    ['is cut off', report('<lines>').slice(0, 260), [expect.stringMatching(/^cut-off/u)]],
  ])('is refused by name when it %s', async (_, xml, codes) => {
    expect(await problemsOf('cobertura', xml)).toEqual(codes);
  });
});
