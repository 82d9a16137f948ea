import { existsSync, readdirSync } from 'node:fs';
import { ensurePage } from './page.mjs';
import { inRoot } from './places.mjs';
import { Problem } from './problem.mjs';
import { concluded, runSuite } from './suite.mjs';

const chromium = process.env['RUNG_CHROMIUM'] ?? '/usr/bin/chromium';

/**
 * The board in a real browser.
 * @param {readonly string[]} args
 */
export async function run(args) {
  const files = readdirSync(inRoot('test', 'browser')).filter((name) => name.endsWith('.test.ts'));
  if (files.length === 0)
    return concluded({
      passed: 0,
      failed: 0,
      skipped: ['the browser suite (test/browser has no *.test.ts yet)'],
    });
  if (!existsSync(chromium))
    throw new Problem(
      `The browser suite needs Chromium, and there is none at ${chromium}.`,
      'Install it (Debian: apt-get install chromium), or name another with RUNG_CHROMIUM.',
    );
  await ensurePage();
  return concluded(await runSuite('browser', args));
}
