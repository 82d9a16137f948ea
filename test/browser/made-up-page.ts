import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { complaintsOf, launchChromium } from './chromium.ts';
import { type FixtureServer, startFixtureServer } from './fixture-server.ts';

/** What a test looks at. */
export interface MadeUpPage {
  readonly server: FixtureServer;
  /** Once it is shown. */
  readonly page: Page;
  /** Of the page that is shown. */
  readonly complaints: string[];
  /** Opens an address in a context of its own, and waits until its heading is there. */
  readonly show: (address: string, options?: BrowserContextOptions) => Promise<void>;
}

/** The page over made-up boards: one browser for a suite, and for each of its tests a server that nothing has changed yet. */
export function madeUpPage(usual: BrowserContextOptions): MadeUpPage {
  let browser: Browser;
  let server: FixtureServer;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    server = await startFixtureServer(join(import.meta.dirname, '../../src/web/dist'));
  });
  afterEach(async () => {
    await page.context().close();
    await server[Symbol.asyncDispose]();
  });

  return {
    get server() {
      return server;
    },
    get page() {
      return page;
    },
    get complaints() {
      return complaints;
    },
    show: async (address, options = {}) => {
      const context = await browser.newContext({ ...usual, ...options });
      page = await context.newPage();
      complaints = complaintsOf(page);
      await page.goto(server.url + address);
      await page.locator('h1').first().waitFor({ state: 'attached' });
    },
  };
}
