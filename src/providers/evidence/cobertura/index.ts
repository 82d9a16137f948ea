import type { Format } from '../format.ts';
import { readXml } from '../reading/xml.ts';
import { Report } from './report.ts';

/**
 * Cobertura XML, as coverage.py, gcovr, Istanbul, Coverlet and others write it. What counts are the `line` elements and their
 * hits, never the rates. Most tools name Cobertura's own document type, which is passed over and never fetched.
 */
export const cobertura: Format = {
  name: 'cobertura',
  proves: 'coverage',
  syntax: 'xml',
  title: 'a Cobertura report',
  mediaTypes: ['application/x-cobertura+xml'],
  fileName: /(?:^|[/\\])[^/\\]*(?:cobertura|coverage)[^/\\]*\.xml$/iu,
  recognizes: ({ root }, head) => root === 'coverage' && !/\bclover=/u.test(head),
  async read(file) {
    const report = new Report(file);
    await readXml(file, { externalDocumentType: true }, report);
    return report.facts();
  },
};
