import fc from 'fast-check';

/** Models of evidence, and how tools write them; what is read back must be what the model says. */

/** Text that XML can hold. */
const xmlText = fc
  .string({ unit: 'grapheme', maxLength: 30 })
  .map((text) => text.replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, ''));

export const escaped = (text: string): string =>
  text.replaceAll(/[&<>"\t\n\r]/gu, (character) => `&#${character.codePointAt(0) ?? 0};`);

export interface ModelTest {
  readonly name: string;
  readonly outcome: 'passed' | 'failed' | 'error' | 'skipped' | 'flaky';
  readonly message: string;
  readonly timeMs: number;
}
export interface ModelSuite {
  readonly tests: readonly ModelTest[];
  readonly suites: readonly ModelSuite[];
}

const modelTest: fc.Arbitrary<ModelTest> = fc.record({
  name: xmlText,
  outcome: fc.constantFrom('passed', 'failed', 'error', 'skipped', 'flaky'),
  message: xmlText,
  timeMs: fc.nat(100_000),
});
const suiteOf = (inner: fc.Arbitrary<readonly ModelSuite[]>): fc.Arbitrary<ModelSuite> =>
  fc.record({ tests: fc.array(modelTest, { maxLength: 6 }), suites: inner });
const flatSuite = suiteOf(fc.constant([]));
export const modelSuite = suiteOf(fc.array(suiteOf(fc.array(flatSuite, { maxLength: 2 })), { maxLength: 2 }));

export const testsIn = ({ tests, suites }: ModelSuite): readonly ModelTest[] => [
  ...tests,
  ...suites.flatMap((suite) => testsIn(suite)),
];
export const suitesIn = ({ suites }: ModelSuite): number =>
  suites.reduce((sum, suite) => sum + suitesIn(suite), 1);

export function junitOf(suite: ModelSuite): string {
  const tests = testsIn(suite);
  const failed = tests.filter(({ outcome }) => outcome === 'failed').length;
  return `<testsuite name="s" tests="${tests.length}" failures="${failed}">${suite.tests
    .map(testCaseOf)
    .join('\n')}${suite.suites.map(junitOf).join('')}</testsuite>`;
}

const elements = { failed: 'failure', error: 'error', skipped: 'skipped', flaky: 'flakyFailure' } as const;
function testCaseOf({ name, outcome, message, timeMs }: ModelTest): string {
  const inside =
    outcome === 'passed'
      ? ''
      : `<${elements[outcome]} message="${escaped(message)}">trace</${elements[outcome]}>`;
  return `<testcase name="${escaped(name)}" time="${timeMs / 1000}">${inside}<system-out><![CDATA[<failure>${'x'.repeat(50)}]]></system-out></testcase>`;
}

export interface ModelFile {
  readonly file: string;
  /** By line: how often it was hit. */
  readonly lines: ReadonlyMap<number, number>;
}
export const modelFiles: fc.Arbitrary<readonly ModelFile[]> = fc.array(
  fc.record({
    // Few names, so that files come again.
    file: fc.constantFrom('a.ts', 'b/ä.ts', 'c d.ts', 'e'),
    lines: fc
      .array(fc.tuple(fc.integer({ min: 0, max: 2000 }), fc.nat(3)), { minLength: 1, maxLength: 30 })
      .map((entries) => new Map(entries)),
  }),
  { minLength: 1, maxLength: 8 },
);

export const lcovOf = (files: readonly ModelFile[], lineEnd: string): string =>
  files
    .map(({ file, lines }) =>
      [
        'TN:',
        `SF:${file}`,
        ...[...lines].map(([line, hits]) => `DA:${line},${hits}`),
        `LF:${lines.size}`,
        'end_of_record',
        '',
      ].join(lineEnd),
    )
    .join('');

export const coberturaOf = (files: readonly ModelFile[]): string =>
  `<coverage><packages><package><classes>${files
    .map(
      ({ file, lines }) =>
        `<class filename="${escaped(file)}"><lines>${[...lines].map(([line, hits]) => `<line number="${line}" hits="${hits}"/>`).join('')}</lines></class>`,
    )
    .join('')}</classes></package></packages></coverage>`;

export interface ModelResult {
  readonly score: number | null;
  readonly level: 'error' | 'warning' | 'note' | null;
  readonly message: string;
  readonly isSuppressed: boolean;
  readonly isGone: boolean;
}
export const modelResults: fc.Arbitrary<readonly ModelResult[]> = fc.array(
  fc.record({
    score: fc.option(fc.integer({ min: 0, max: 100 }).map((tenths) => tenths / 10)),
    level: fc.constantFrom('error', 'warning', 'note', null),
    message: fc.string({ unit: 'binary' }),
    isSuppressed: fc.boolean(),
    isGone: fc.boolean(),
  }),
  { maxLength: 30 },
);

/** Scores are said by the rules, which stand before or behind the results. */
export function sarifOf(results: readonly ModelResult[], rulesFirst: boolean, indent: number): string {
  const tool = {
    driver: {
      name: 'T',
      rules: results.map(({ score }, index) => ({
        id: `r${index}`,
        ...(score === null ? {} : { properties: { 'security-severity': String(score) } }),
      })),
    },
  };
  const written = results.map(({ level, message, isSuppressed, isGone }, index) => ({
    ...(index % 2 === 0 ? { ruleId: `r${index}` } : { ruleIndex: index }),
    ...(level === null ? {} : { level }),
    message: { text: message },
    suppressions: isSuppressed ? [{ kind: 'external' }] : [],
    ...(isGone ? { baselineState: 'absent' } : {}),
  }));
  const run = rulesFirst ? { tool, results: written } : { results: written, tool };
  return JSON.stringify({ runs: [run], version: '2.1.0' }, null, indent);
}
