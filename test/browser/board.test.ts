import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from './chromium.ts';

/**
 * The page over a Rung that runs. Needs a sign-in link that was not used yet, as `rung open` prints it, in
 * RUNG_BROWSER_LINK; with RUNG_BROWSER_PICTURES it leaves pictures in that folder.
 */
const link = process.env.RUNG_BROWSER_LINK;
const pictures = process.env.RUNG_BROWSER_PICTURES;

describe.skipIf(link === undefined)('the page over a Rung that runs (RUNG_BROWSER_LINK)', () => {
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    browser = await launchChromium();
    context = await browser.newContext({ viewport: { width: 1360, height: 900 }, reducedMotion: 'reduce' });
    page = await context.newPage();
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    await page.goto(link ?? '');
    await page.locator('.rung').first().waitFor();
  });
  afterAll(() => browser.close());

  it('signs in by the link and shows a rung for every environment', async () => {
    expect(page.url()).toMatch(/\/projects\/[^/]+$/);
    await page.getByRole('link', { name: 'Environments', exact: true }).click();
    await page.getByRole('table').waitFor();
    const declared = await page.getByRole('row').count();
    await page.getByRole('link', { name: 'Board', exact: true }).click();
    expect(await page.locator('.rung').count()).toBe(declared - 1);
  });

  it('does not let anybody in by the same link again', async () => {
    const other = await browser.newContext();
    const second = await other.newPage();
    await second.goto(link ?? '');
    await second
      .getByText(/rung open|new link/i)
      .first()
      .waitFor();
    await other.close();
  });

  it('opens every page', async () => {
    for (const name of ['Releases', 'Environments', 'Log', 'Board']) {
      await page.getByRole('link', { name, exact: true }).click();
      await page.locator('main h1').waitFor({ state: 'attached' });
      expect(await page.getByText('This page cannot be shown').count()).toBe(0);
    }
  });

  it('acts as a member, and is oneself again', async () => {
    await page.locator('.who').click();
    const member = page.getByRole('menuitemradio', { checked: false }).filter({ hasText: '@' }).first();
    await member.click();
    await page.getByText('Rung does not check who you are on a laptop').first().waitFor();
    await page.getByRole('button', { name: 'Be yourself again' }).click();
    await page.getByRole('button', { name: 'Be yourself again' }).waitFor({ state: 'detached' });
  });

  it.each([
    { name: 'wide', width: 1360, height: 900 },
    { name: 'narrow', width: 390, height: 844 },
  ])('fits a $name window, light and dark', async ({ name, ...viewport }) => {
    await page.setViewportSize(viewport);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(viewport.width);
      if (pictures === undefined) continue;
      await mkdir(pictures, { recursive: true });
      await page.screenshot({ path: join(pictures, `board-${name}-${colorScheme}.png`), fullPage: true });
    }
  });

  it('keeps to the content security policy that the server sends', () => {
    expect(complaints).toEqual([]);
  });
});
