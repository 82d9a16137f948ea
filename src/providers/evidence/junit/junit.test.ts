import { describe, expect, it } from 'vitest';
import { factsOf, handed, problemsOf } from '../handed.kit.ts';

const tests = (xml: string) => factsOf('tests', 'junit', xml);

describe('a JUnit report', () => {
  it('is counted by its test cases, wherever they stand (REL-2)', async () => {
    const facts = await tests(`<?xml version="1.0" encoding="UTF-8"?>
      <testsuites>
        <testcase name="on its own" time="0.5"/>
        <testsuite name="outer">
          <testcase name="passes" classname="a.B" time="1,001.25"/>
          <testsuite name="inner">
            <testcase name="fails" classname="a.C"><failure message="1 is not 2">at C.java:3</failure></testcase>
            <testcase name="errs"><error><![CDATA[
              no such file <x>]]></error></testcase>
            <testcase name="waits"><skipped/></testcase>
            <testcase name="disabled" status="notrun"/>
          </testsuite>
        </testsuite>
      </testsuites>`);
    expect(facts).toMatchObject({
      total: 6,
      passed: 2,
      failed: 1,
      errors: 1,
      skipped: 2,
      suites: 2,
      flaky: 0,
    });
    expect(facts.durationMs).toBe(1_001_750);
    expect(facts.failures).toEqual([
      { name: 'fails', classname: 'a.C', outcome: 'failed', message: '1 is not 2' },
      { name: 'errs', classname: '', outcome: 'error', message: 'no such file <x>' },
    ]);
  });

  it('may be a single suite, and may use a prefix', async () => {
    expect(await tests('<testsuite><testcase name="a"/></testsuite>')).toMatchObject({ total: 1, suites: 1 });
    expect(await tests('<j:testsuite xmlns:j="x"><j:testcase/></j:testsuite>')).toMatchObject({ passed: 1 });
  });

  it('counts a test that passed at another try as passed and flaky, and one that never did as failed', async () => {
    const facts = await tests(`<testsuite>
      <testcase name="mended"><flakyFailure message="once">trace</flakyFailure></testcase>
      <testcase name="again"><rerunError/></testcase>
      <testcase name="never"><failure message="first"/><rerunFailure message="second"/></testcase>
    </testsuite>`);
    expect(facts).toMatchObject({ total: 3, passed: 2, failed: 1, flaky: 2 });
    expect(facts.failures).toMatchObject([{ name: 'never', message: 'first' }]);
  });

  it('takes a test that failed and was then skipped, or erred in its tear-down, as failed', async () => {
    const facts = await tests(
      '<testsuite><testcase><skipped/><failure/></testcase><testcase><failure/><error/></testcase></testsuite>',
    );
    expect(facts).toMatchObject({ total: 2, failed: 2, errors: 0, skipped: 0 });
  });

  it('never reads a suite that broke outside its tests as one where nothing failed', async () => {
    const facts = await tests(
      '<testsuite name="db"><testcase/><error message="no set-up"><b/>x</error></testsuite>',
    );
    expect(facts).toMatchObject({ total: 2, passed: 1, errors: 1 });
    expect(facts.failures).toMatchObject([{ name: 'db', outcome: 'error', message: 'no set-up' }]);
  });

  it('believes the entries, and says where the sums of a suite are others', async () => {
    const facts = await tests(
      '<testsuite name="s" tests="5" failures="0" errors="0" skipped="1" disabled="1"><testcase/><testcase><failure/></testcase></testsuite>',
    );
    expect(facts).toMatchObject({ total: 2, failed: 1 });
    expect(facts.disagreements.shown).toEqual([
      { where: 's', figure: 'tests', says: 5, counted: 2 },
      { where: 's', figure: 'failures', says: 0, counted: 1 },
      { where: 's', figure: 'skipped', says: 2, counted: 0 },
    ]);
  });

  it('shows the first 20 failures, with at most 500 characters of each', async () => {
    const one = `<testcase name="t"><failure>${'€'.repeat(100_000)}</failure></testcase>`;
    const facts = await tests(`<testsuite>${one.repeat(25)}</testsuite>`);
    expect(facts.failed).toBe(25);
    expect(facts.failures).toHaveLength(20);
    expect(facts.failures.every(({ message }) => message === `${'€'.repeat(499)}…`)).toBe(true);
  });

  it('takes a time that is none, negative or endless as no time', async () => {
    const facts = await tests(
      `<testsuite>${['NaN', '-3', '1e999', 'Infinity', '', '0x10', '1e-1'].map((time) => `<testcase time="${time}"/>`).join('')}</testsuite>`,
    );
    expect(facts.durationMs).toBe(100);
  });
});

describe('a JUnit report that is none', () => {
  it.each([
    ['is empty', '', ['empty']],
    ['has blanks alone', ' \n ', ['another-format 1:1']],
    ['has no test', '<testsuites>\n<testsuite name="a" tests="0"/></testsuites>', ['no-tests']],
    ['is cut off', '<testsuite>\n<testcase name="a"/>\n<testcase na', ['cut-off 3:12']],
    ['is an error page', '<!DOCTYPE html>\n<html><body>502</body></html>', ['another-format 1:1']],
    ['is JSON', '{"tests": 3}', ['another-format 1:1']],
    ['is another XML', '<?xml version="1.0"?>\n<coverage>', ['another-format 2:1']],
    ['closes what it did not open', '<testsuite>\n<testcase></testsuite>', ['broken-xml 2:22']],
    [
      'counts below nothing, and in words',
      '<testsuite tests="-1" failures="NaN"><testcase/></testsuite>',
      ['not-a-count 1:1', 'not-a-count 1:1'],
    ],
    ['has a declared entity', '<!DOCTYPE t [<!ENTITY a "b">]><testsuite/>', ['document-type-refused 1:30']],
    [
      'names a file to fetch',
      '<!DOCTYPE t SYSTEM "file:///etc/passwd"><testsuite/>',
      ['document-type-refused 1:40'],
    ],
    ['uses an entity', '<testsuite name="&lol;"/>', ['entity-refused 1:22']],
    ['uses what every object has', '<testsuite name="&constructor;"/>', ['entity-refused 1:30']],
    ['has an attribute that breaks parsers', '<testsuite hasOwnProperty="a" b="c"/>', ['broken-xml 1:35']],
  ])('is refused by name when it %s', async (_, xml, codes) => {
    expect(await problemsOf('junit', xml)).toEqual(codes);
  });

  it('is refused when its elements stand too deep, or an attribute or comment is endless', async () => {
    expect(await problemsOf('junit', '<testsuite>'.repeat(300))).toEqual(['too-deep 1:2201']);
    expect(await problemsOf('junit', `<testsuite name="${'x'.repeat(70_000)}"/>`)).toEqual([
      expect.stringMatching(/^too-long/u),
    ]);
    expect(await problemsOf('junit', `<testsuite><!--${'x'.repeat(200_000)}--></testsuite>`)).toEqual([
      expect.stringMatching(/^too-long/u),
    ]);
  });

  it('says at most 20 problems, and that there are more', async () => {
    const reading = await handed('junit', `<testsuites>${'<testsuite tests="x"/>'.repeat(50)}</testsuites>`);
    if (reading.kind === 'read') throw new Error('was read');
    expect(reading.problems).toHaveLength(21);
    expect(reading.problems.at(-1)?.code).toBe('too-many-problems');
  });

  it('says in each problem what to do', async () => {
    const reading = await handed('junit', '<testsuite><testcase>');
    expect(reading).toEqual({
      kind: 'unreadable',
      problems: [
        {
          code: 'cut-off',
          message: 'The file ends before its first element is closed: it was cut off',
          instead: 'hand over the whole file; a tool that was killed leaves such a report',
          place: { file: 'report', line: 1, column: 21 },
        },
      ],
    });
  });
});
