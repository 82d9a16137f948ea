import { describe, expect, it } from 'vitest';
import { factsOf, problemsOf } from '../handed.kit.ts';

const run = (results: readonly unknown[], rules: readonly unknown[] = [], more: object = {}): object => ({
  tool: { driver: { name: 'Scanner', version: '1.2', rules } },
  results,
  ...more,
});
const log = (...runs: readonly object[]): string =>
  JSON.stringify(
    { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs },
    null,
    1,
  );
const scan = (...runs: readonly object[]) => factsOf('scan', 'sarif', log(...runs));
const rule = (id: string, score?: unknown, level?: string): object => ({
  id,
  shortDescription: { text: `About ${id}` },
  ...(level === undefined ? {} : { defaultConfiguration: { level } }),
  ...(score === undefined ? {} : { properties: { 'security-severity': score } }),
});

describe('a SARIF log', () => {
  it('is counted by security-severity, and by level where there is none (REL-2)', async () => {
    const facts = await scan(
      run(
        [
          ...[9, 7, 4, 0.1, 0].map((score) => ({ properties: { 'security-severity': String(score) } })),
          ...['error', 'warning', 'note', 'none'].map((level) => ({ level })),
          {},
        ],
        [],
      ),
    );
    expect(facts.bySeverity).toEqual({ critical: 1, high: 2, medium: 3, low: 2, note: 2 });
    expect(facts.tools).toEqual(['Scanner 1.2']);
  });

  it('asks the rule by place, by name, by the name above and in an extension; also where rules follow the results', async () => {
    const results = [
      { ruleIndex: 1, message: { text: 'by place' } },
      { ruleId: 'critical', message: { text: 'by name' } },
      { ruleId: 'critical/sub', message: { text: 'by the name above' } },
      { rule: { index: 0, toolComponent: { index: 0 } }, message: { text: 'in an extension' } },
      { ruleId: 'critical', level: 'note', message: { text: 'score before level' } },
      { ruleId: 'critical', properties: { 'security-severity': 1 }, message: { text: 'own score first' } },
      { ruleId: 'noted' },
    ];
    const facts = await scan({
      results,
      tool: {
        extensions: [{ rules: [rule('ext', '9.9')] }],
        driver: { name: 'S', rules: [rule('noted', undefined, 'note'), rule('critical', 9.1)] },
      },
    });
    expect(facts.bySeverity).toEqual({ critical: 5, high: 0, medium: 0, low: 2, note: 0 });
    expect(facts.findings.at(-1)).toEqual({
      rule: 'noted',
      severity: 'low',
      message: 'About noted',
      place: '',
    });
    expect(facts.findings.find(({ message }) => message === 'in an extension')?.rule).toBe('ext');
  });

  it('counts what was accepted apart, and what is under review or rejected as standing', async () => {
    const facts = await scan(
      run([
        { level: 'error', suppressions: [{ kind: 'inSource' }] },
        { level: 'error', suppressions: [{ status: 'accepted' }] },
        { level: 'error', suppressions: [{ status: 'accepted' }, { status: 'underReview' }] },
        { level: 'error', suppressions: [{ status: 'rejected' }] },
        { level: 'error', suppressions: [] },
      ]),
    );
    expect(facts).toMatchObject({ bySeverity: { high: 3 }, suppressed: 2 });
  });

  it('leaves out what is gone, passed or did not apply, and keeps what somebody has to look at', async () => {
    const facts = await scan(
      run([
        { level: 'error', baselineState: 'absent' },
        { level: 'error', baselineState: 'unchanged' },
        ...['pass', 'notApplicable', 'informational'].map((kind) => ({ kind, level: 'none' })),
        { kind: 'review' },
        { kind: 'open', level: 'warning' },
      ]),
    );
    expect(facts.bySeverity).toEqual({ critical: 0, high: 1, medium: 1, low: 0, note: 1 });
  });

  it('shows 20 findings, the worst first, though they come last', async () => {
    const many = (count: number, level: string): object[] =>
      Array.from({ length: count }, (_, index) => ({
        ruleId: `${level}-${index}`,
        level,
        message: { text: `${level} ${'“'.repeat(600)}` },
        locations: [
          { physicalLocation: { artifactLocation: { uri: 'src/a.ts' }, region: { startLine: index + 1 } } },
          { physicalLocation: { artifactLocation: { uri: 'elsewhere' } } },
        ],
      }));
    const facts = await scan(run([...many(3000, 'note'), ...many(2, 'error')]));
    expect(facts.findings).toHaveLength(20);
    expect(facts.findings.map(({ severity }) => severity).slice(0, 3)).toEqual(['high', 'high', 'low']);
    expect(facts.findings[1]?.place).toBe('src/a.ts:2');
    expect(facts.findings[0]?.message).toHaveLength(500);
    expect(facts.bySeverity.low).toBe(3000);
  });

  it('keeps the rules of two runs apart', async () => {
    const facts = await scan(
      run([{ ruleIndex: 0 }], [rule('a', 9.5)]),
      run([{ ruleIndex: 0 }], [rule('a', 1)], { tool: { driver: { name: 'Other', rules: [rule('a', 1)] } } }),
    );
    expect(facts.bySeverity).toMatchObject({ critical: 1, low: 1 });
    expect(facts.tools).toEqual(['Scanner 1.2', 'Other']);
  });
});

const nested = (depth: number): string => '{"runs":'.concat('['.repeat(depth));

describe('a SARIF log that is none', () => {
  it.each([
    ['has no run', log(), ['no-runs']],
    ['is of another version', '{"version":"2.0.0","runs":[{"results":[]}]}', ['another-version']],
    ['scanned nothing', log({ tool: {} }), ['no-results 7:3']],
    ['has results that are null', log({ results: null }), ['no-results 7:3']],
    [
      'did not finish',
      log(run([], [], { invocations: [{ executionSuccessful: false }] })),
      [expect.stringMatching(/^scan-not-finished/u)],
    ],
    [
      'has scores and levels of its own',
      '{"version":"2.1.0","runs":[{"results":[\n{"level":"fatal"},\n{"properties":{"security-severity":"NaN"}},\n{"properties":{"security-severity":-1}},\n{"properties":{"security-severity":"11"}}]}]}',
      ['not-a-level 2:17', 'not-a-score 3:42', 'not-a-score 4:39', 'not-a-score 5:41'],
    ],
    ['has a list where an object belongs', '{"version":"2.1.0","runs":{}}', ['wrong-type 1:27', 'no-runs']],
    ['is cut off', log(run([{ level: 'error' }])).slice(0, -20), [expect.stringMatching(/^cut-off/u)]],
    ['is cut off in a text', '{"version":"2.1.', ['cut-off 1:17']],
    ['has a comma too many', '{"version":\n"2.1.0",}', ['broken-json 2:9']],
    ['has words of no JSON', '{"version":\n nope}', ['broken-json 2:3']],
    ['goes on after its end', '{"version":"2.1.0","runs":[]} {}', ['broken-json 1:31']],
    ['has a line break in a text', '{"version":"2.\n1.0"}', ['broken-json 1:15']],
    ['is nested deeply', nested(500), ['wrong-type 1:10', 'too-deep 1:208']],
    [
      'says a thing twice',
      '{"version":"1.0.0","version":"2.1.0","runs":[{"results":[]}]}',
      ['doubled-key 1:20'],
    ],
    [
      'reaches for the prototype',
      '{"version":"2.1.0","x":{"__proto__":{"y":1}},"runs":[{"results":[]}]}',
      ['key-refused 1:25'],
    ],
    ['is an error page', '<html><head/></html>', ['another-format 1:1']],
    ['has an endless text', `{"version":"${'x'.repeat(5_000_000)}"}`, ['too-long 1:11']],
    ['has an endless key', `{"${'x'.repeat(2000)}":1}`, ['too-long 1:2']],
    [
      'has endless keys',
      `{${Array.from({ length: 30_000 }, (_, key) => `"${key}":0`).join(',')}}`,
      [expect.stringMatching(/^too-many-keys/u)],
    ],
  ])('is refused by name when it %s', async (_, json, codes) => {
    expect(await problemsOf('sarif', json)).toEqual(codes);
  });
});
