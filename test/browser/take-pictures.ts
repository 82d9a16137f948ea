import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { launchChromium } from './chromium.ts';
import { startFixtureServer } from './fixture-server.ts';

/**
 * Pictures of every scene, to be looked at: `node test/browser/take-pictures.ts FOLDER [ADDRESS…]`. An address is what
 * stands after the host, for example `/projects/canary`.
 */
const everyAddress = [
  'empty',
  'dev-only',
  'waiting',
  'canary',
  'judge-lost',
  'taken-back',
  'twelve',
  'many',
].map((scene) => `/projects/${scene}`);
const looks = [
  { name: 'wide-light', width: 1360, height: 900, colorScheme: 'light' },
  { name: 'wide-dark', width: 1360, height: 900, colorScheme: 'dark' },
  { name: 'narrow-light', width: 390, height: 844, colorScheme: 'light' },
  { name: 'narrow-dark', width: 390, height: 844, colorScheme: 'dark' },
] as const;
type Look = (typeof looks)[number];

async function takePicture(browser: Browser, url: string, look: Look, file: string): Promise<void> {
  const page = await browser.newPage({
    viewport: { width: look.width, height: look.height },
    colorScheme: look.colorScheme,
    reducedMotion: 'reduce',
  });
  page.on('console', (message) => {
    if (message.type() === 'error') process.stderr.write(`${url}: ${message.text()}\n`);
  });
  page.on('pageerror', (error) => process.stderr.write(`${url}: ${error.message}\n`));
  await page.goto(url);
  await page
    .locator(url.includes('act=') ? 'dialog' : 'main')
    .first()
    .waitFor();
  await page.locator('[aria-busy]').waitFor({ state: 'detached' });
  const curves = await page.locator('.curve').count();
  for (let index = 0; index < curves; index += 1)
    await page.locator('.curve').nth(index).locator('canvas').waitFor();
  const beyond = await page.evaluate(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );
  if (Number(beyond) > 0)
    process.stderr.write(`${url} ${look.name}: ${String(beyond)} px wider than the window\n`);
  await page.screenshot({ path: file, fullPage: !url.includes('act=') });
  await page.close();
}

const [folder = '/tmp/rung-pictures', ...addresses] = process.argv.slice(2);
const chosen =
  process.env.LOOK === undefined ? looks : looks.filter((one) => one.name.startsWith(process.env.LOOK ?? ''));
await mkdir(folder, { recursive: true });
await using server = await startFixtureServer(join(import.meta.dirname, '../../src/web/dist'));
const browser = await launchChromium();
for (const address of addresses.length === 0 ? everyAddress : addresses) {
  for (const look of chosen) {
    const name = address.replace('/projects/', '').replaceAll(/[^a-z0-9-]+/gi, '_');
    await takePicture(browser, server.url + address, look, join(folder, `${name}-${look.name}.png`));
  }
}
await browser.close();
