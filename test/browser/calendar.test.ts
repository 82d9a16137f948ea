import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { complaintsOf, launchChromium } from './chromium.ts';
import { type FixtureServer, startFixtureServer } from './fixture-server.ts';
import { inChromium } from './in-chromium.ts';

/** With RUNG_BROWSER_PICTURES it leaves a picture after each test in that folder. */
const pictures = process.env['RUNG_BROWSER_PICTURES'];
const wide = { width: 1360, height: 900 };
const narrow = { width: 390, height: 844 };

inChromium('the calendar, over made-up projects', () => {
  let browser: Browser;
  let server: FixtureServer;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    browser = await launchChromium();
    server = await startFixtureServer(join(import.meta.dirname, '../../src/web/dist'));
  });
  afterAll(async () => {
    await browser?.close();
    await server?.[Symbol.asyncDispose]();
  });

  async function show(address: string, options: BrowserContextOptions = {}): Promise<void> {
    page = await (
      await browser.newContext({ viewport: wide, timezoneId: 'Europe/London', ...options })
    ).newPage();
    complaints = complaintsOf(page);
    await page.goto(server.url + address);
    await page.locator('.calendar, .empty').waitFor();
  }

  afterEach(async ({ task }) => {
    if (pictures !== undefined) {
      await mkdir(pictures, { recursive: true });
      const file = `${task.name.slice(0, 50).replaceAll(/\W+/g, '-')}.png`;
      await page.screenshot({ path: join(pictures, file), fullPage: true });
    }
    await page.context().close();
    expect(complaints).toEqual([]);
  });

  const line = (environment: string) => page.getByRole('toolbar', { name: `Calendar of ${environment}` });

  it('says what to write where nothing is declared', async () => {
    await show('/projects/empty/calendar');
    await page.getByText('Every environment is always open').waitFor();
    await page.getByText('windows: ["Tue-Thu 09:00-16:00 Europe/London"]').waitFor();
    expect(await page.locator('.calendar').count()).toBe(0);
  });

  it('shows windows, freezes, exceptions, the end of a soak and now', async () => {
    await show('/projects/canary/calendar');
    const prod = line('prod');
    await prod
      .getByRole('button', { name: /The sale of the year/ })
      .first()
      .waitFor();
    await prod.getByRole('button', { name: /ada@example.org made an exception/ }).waitFor();
    await prod.getByRole('button', { name: /1\.4\.0 has soaked in staging/ }).waitFor();
    expect(await prod.locator('.calendar-mark.window').count()).toBeGreaterThan(3);
    expect(await page.locator('.calendar-now').count()).toBe(4);
    await prod.getByRole('button', { name: /The approval of 1\.4\.0 by bo@example\.org expires/ }).waitFor();
    await page.getByText('By Ada (engineering lead) · #access-leads').waitFor();
    await page.getByRole('cell', { name: 'the price list of the sale' }).waitFor();
    await page.getByRole('button', { name: 'Open prod for a while…' }).waitFor();
  });

  it('is reached from every page, and from the palette', async () => {
    await show('/projects/canary/calendar?weeks=4');
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Board' }).click();
    await page.waitForURL('**/projects/canary');
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Calendar' }).click();
    await page.locator('.calendar').waitFor();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('page calendar');
    await page.getByRole('option', { name: /Calendar/ }).waitFor();
  });

  it('is one stop of the keyboard for each environment, and the arrow keys say what each band is', async () => {
    await show('/projects/canary/calendar');
    const stops = line('prod').locator('.calendar-mark[tabindex="0"]');
    expect(await stops.count()).toBe(1);
    await stops.focus();
    const words = page.locator('.calendar-row', { has: line('prod') }).locator('.calendar-words');
    await page.keyboard.press('End');
    const last = await line('prod').locator('.calendar-mark').last().getAttribute('aria-label');
    expect(await page.evaluate('document.activeElement.getAttribute("aria-label")')).toBe(last);
    const atEnd = await words.textContent();
    await page.keyboard.press('ArrowLeft');
    expect(await words.textContent()).not.toBe(atEnd);
    expect(await stops.count()).toBe(1);
  });

  it('shows twice as much when asked, in its address too', async () => {
    await show('/projects/canary/calendar');
    const before = await page.locator('.calendar-days > span').count();
    await page.getByRole('link', { name: '4 weeks' }).click();
    await page.waitForURL('**/calendar?weeks=4');
    expect([before, await page.locator('.calendar-days > span').count()]).toEqual([14, 28]);
    expect(await page.locator('.calendar-weeks [aria-current]').allTextContents()).toEqual(['4 weeks']);
  });

  it('is wide in the dark', async () => {
    await show('/projects/canary/calendar', { colorScheme: 'dark' });
    await line('prod').waitFor();
  });

  it.each(['light', 'dark'] as const)('fits on a phone, %s', async (colorScheme) => {
    await show('/projects/canary/calendar', { viewport: narrow, colorScheme });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(narrow.width);
  });
});
