import { textAt } from '../reading/json-shape.ts';
import type { Format } from '../format.ts';
import { readJson } from '../reading/json.ts';
import { Log } from './log.ts';

/**
 * SARIF 2.1.0 (OASIS), of any tool. How severe a finding is, is said in `severityOf`. What the scan's users accepted
 * (`suppressions`) is counted apart; what is gone since the baseline, or passed, or did not apply, is no finding.
 */
export const sarif: Format = {
  name: 'sarif',
  proves: 'scan',
  syntax: 'json',
  title: 'a SARIF log',
  mediaTypes: ['application/sarif+json'],
  fileName: /\.sarif(?:\.json)?$/iu,
  recognizes: (_, head) => /"\$schema"\s*:\s*"[^"]{0,400}sarif|"runs"\s*:/iu.test(head),
  async read(file) {
    const log = new Log(file);
    const whole = await readJson(file, log.shape);
    return log.facts(textAt(whole, 'version'));
  },
};
