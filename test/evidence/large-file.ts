/** Files of evidence as large as one likes, made while they are read. */

export interface LargeFile {
  readonly format: string;
  readonly opening: string;
  /** What is repeated until the file is large enough; differs with its number. */
  readonly entry: (index: number) => string;
  readonly closing: string;
}

const trace = 'AssertionError: expected 1 to be 2\n    at check (src/orders/check.test.ts:14:9)\n'.repeat(8);

export const largeFiles: Readonly<Record<string, LargeFile>> = {
  'JUnit, tests alone': {
    format: 'junit',
    opening: '<testsuites><testsuite name="all">',
    entry: (index) =>
      `<testcase name="answers question ${index}" classname="src.orders.check" time="0.0${index % 10}">${
        index % 50 === 0
          ? `<failure message="expected 1 to be 2" type="AssertionError">${trace}</failure>`
          : ''
      }</testcase>\n`,
    closing: '</testsuite></testsuites>',
  },
  'JUnit, one test’s output': {
    format: 'junit',
    opening: '<testsuite><testcase name="talks"/><system-out>',
    entry: (index) => `12:00:00 INFO request ${index} was answered with 200 in 12 ms by orders é\n`,
    closing: '</system-out></testsuite>',
  },
  Cobertura: {
    format: 'cobertura',
    opening: '<coverage><packages><package name="p"><classes>',
    entry: (index) =>
      `<class name="C${index}" filename="src/c${index}.py"><lines>${Array.from(
        { length: 100 },
        (_, line) =>
          `<line number="${line + 1}" hits="${(line * index) % 3}"${line % 5 === 0 ? ' branch="true" condition-coverage="50% (1/2)"' : ''}/>\n`,
      ).join('')}</lines></class>\n`,
    closing: '</classes></package></packages></coverage>',
  },
  lcov: {
    format: 'lcov',
    opening: 'TN:\n',
    entry: (index) =>
      `SF:src/part-${index % 20_000}/file.ts\n${Array.from(
        { length: 200 },
        (_, line) =>
          `DA:${line * 2 + 1},${(line * index) % 3}\n${line % 5 === 0 ? `BRDA:${line},0,0,${index % 2}\nBRDA:${line},0,1,-\n` : ''}`,
      ).join('')}LF:200\nend_of_record\n`,
    closing: '',
  },
  SARIF: {
    format: 'sarif',
    opening:
      '{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"Scanner","rules":[{"id":"js/xss","properties":{"security-severity":"7.8"}}]}},"results":[',
    entry: (index) =>
      `${index === 0 ? '' : ',\n'}${JSON.stringify(
        {
          ruleId: index % 3 === 0 ? 'js/xss' : `rule-${index % 400}`,
          level: 'warning',
          message: { text: `Value ${index} flows into “innerHTML” without being escaped` },
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: `src/page-${index}.ts`, uriBaseId: 'SRC' },
                region: { startLine: index, startColumn: 3, endColumn: 40 },
              },
            },
          ],
          partialFingerprints: { primaryLocationLineHash: `39fa2ee980eb94b0:${index}` },
        },
        null,
        1,
      )}`,
    closing: ']}]}',
  },
};

const chunkCharacters = 60_000;

/** The file's bytes, in chunks, until there are at least so many. */
export async function* bytesOf(
  { opening, entry, closing }: LargeFile,
  atLeast: number,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  let pending = opening;
  for (let index = 0; bytes < atLeast; index += 1) {
    pending += entry(index);
    if (pending.length < chunkCharacters) continue;
    const chunk = Buffer.from(pending);
    pending = '';
    bytes += chunk.byteLength;
    yield chunk;
  }
  yield Buffer.from(pending + closing);
}
