import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { climbToStaging } from '../../src/story/climb.ts';
import { mergeRelease } from '../../src/story/commits.ts';
import type { Stage } from '../../src/story/stage.ts';
import { launchChromium } from './chromium.ts';
import { sendCustomers } from './real/customers.ts';
import { startRealRung } from './real/rung.ts';

/**
 * Takes the pictures in docs/images again: a Rung that runs, in the middle of the canary of 1.1.0, with 1.2.0 behind
 * it. `node test/browser/take-board-pictures.ts [FOLDER]`; the page must be built.
 */
const [folder = join(import.meta.dirname, '../../docs/images')] = process.argv.slice(2);
/** Enough of a curve to see where it goes. */
const pointsOnCurve = 40;
const slowMs = 90_000;

async function intoProd(stage: Stage, version: string): Promise<void> {
  await climbToStaging(stage, version);
  const asked = await stage.promote('ada', version, 'prod', 'It has soaked, and quality is content');
  await stage.approve('bo', asked);
  await stage.approve('cy', asked);
}

const canaryWithCurve = (stage: Stage) =>
  stage.until(
    'a canary with a curve',
    async () => {
      const rollout = await stage.liveRollout('prod');
      return rollout?.state.phase === 'canary' && rollout.curve.length >= pointsOnCurve;
    },
    slowMs,
  );

await mkdir(folder, { recursive: true });
await using rung = await startRealRung({ canary: '90s', owner: 'ada@example.org' });
const { stage } = rung;
await using browser = await launchChromium();
await intoProd(stage, '1.0.0');
using _customers = await sendCustomers(stage);
await intoProd(stage, '1.1.0');
await mergeRelease(stage.props, '1.2.0');
await stage.until('1.2.0 in test', async () => (await stage.runs('test')) === '1.2.0', slowMs);
await canaryWithCurve(stage);

const page = await browser.newPage({ viewport: { width: 1360, height: 900 }, reducedMotion: 'reduce' });
await page.goto(await rung.link());
await page.locator('.curve canvas').nth(1).waitFor();
for (const colorScheme of ['light', 'dark'] as const) {
  await page.emulateMedia({ colorScheme });
  await page.screenshot({ path: join(folder, `board-${colorScheme}.png`), fullPage: true });
}
