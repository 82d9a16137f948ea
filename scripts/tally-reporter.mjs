import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';

/** Tells scripts/tasks/suite.mjs what came of a run: how many passed and failed, and by name what was left out. */
export default class TallyReporter {
  /**
   * @param {readonly import('vitest/node').TestModule[]} modules
   * @param {readonly unknown[]} unhandled errors that no test caught
   */
  onTestRunEnd(modules, unhandled) {
    const tests = modules.flatMap((one) => [...one.children.allTests()]);
    const inState = (/** @type {string} */ state) => tests.filter((one) => one.result().state === state);
    // A file that does not load, or a hook that throws, fails no test of its own.
    const broken = modules.flatMap((one) =>
      [one, ...one.children.allSuites()].filter((it) => it.errors().length > 0),
    );
    const tally = {
      passed: inState('passed').length,
      failed: inState('failed').length + broken.length + unhandled.length,
      skipped: inState('skipped').map(nameOf),
    };
    const file = process.env['RUNG_TALLY'];
    if (file !== undefined) writeFileSync(file, JSON.stringify(tally));
  }
}

/** @param {import('vitest/node').TestCase} test */
function nameOf(test) {
  const { note } = /** @type {{ note?: string }} */ (test.result());
  const file = relative(process.cwd(), test.module.moduleId);
  return `${file}: ${test.fullName}${note === undefined ? '' : ` (${note})`}`;
}
