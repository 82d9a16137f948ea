import type { Format } from '../format.ts';
import { readXml } from '../reading/xml.ts';
import { Report } from './report.ts';

/**
 * JUnit XML as Surefire, Gradle, pytest, Jest, Vitest, GoogleTest, Node and others write it. There is no one standard: what
 * counts are the `testcase` elements, wherever they stand; sums in attributes are compared with them.
 */
export const junit: Format = {
  name: 'junit',
  proves: 'tests',
  syntax: 'xml',
  title: 'a JUnit report',
  mediaTypes: ['application/junit+xml', 'application/vnd.junit+xml'],
  fileName: /(?:^|[/\\])(?:TEST-[^/\\]*|[^/\\]*junit[^/\\]*)\.xml$/iu,
  recognizes: ({ root }) => root === 'testsuites' || root === 'testsuite',
  async read(file) {
    const report = new Report(file.problems);
    await readXml(file, { externalDocumentType: false }, report);
    return report.facts();
  },
};
