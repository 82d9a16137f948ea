import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { kill } from 'node:process';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { mergeRelease } from '../../src/story/commits.ts';
import { climbToStaging } from '../../src/story/climb.ts';
import { beyondTheWindow, complaintsOf, launchChromium, openContext } from './chromium.ts';
import { oneJourney } from '../kit/journey.ts';
import { inChromium } from './in-chromium.ts';
import { type Hands, handsOn } from './real/hands.ts';
import { type RealRung, startRealRung } from './real/rung.ts';
import { type Customers, sendCustomers } from './real/customers.ts';

/**
 * The page over a Rung that runs, from its first release on, as one journey: each stage goes on where the one before it
 * ended, and what cannot be reached any more is skipped. With RUNG_BROWSER_PICTURES it leaves a picture after each of
 * them in that folder.
 */
const pictures = process.env['RUNG_BROWSER_PICTURES'];
/** Two cores that many share are slow. */
const longMs = 60_000;

const looks = [
  ['wide-light', 'light', 1360],
  ['wide-dark', 'dark', 1360],
  ['narrow-dark', 'dark', 390],
  ['narrow-light', 'light', 390],
] as const;

inChromium('the board over a Rung that runs', () => {
  const stage = oneJourney();
  let rung: RealRung;
  let browser: Browser;
  let page: Page;
  let hands: Hands;
  let link: string;
  let customers: Customers | undefined;
  let complaints: string[];

  beforeAll(async () => {
    rung = await startRealRung({ canary: '12s', owner: 'ada@example.org' });
    browser = await launchChromium();
    page = await (await openContext(browser)).newPage();
    page.setDefaultTimeout(longMs);
    complaints = complaintsOf(page);
    hands = handsOn(page);
  }, 180_000);

  async function takePicture(name: string): Promise<void> {
    if (pictures === undefined) return;
    await mkdir(pictures, { recursive: true });
    const file = `${name.slice(0, 50).replaceAll(/\W+/g, '-')}.png`;
    await page.screenshot({ path: join(pictures, file), fullPage: true });
  }

  afterEach(({ task }) => takePicture(task.name));

  afterAll(async () => {
    customers?.[Symbol.dispose]();
    await browser?.close();
    await rung?.[Symbol.asyncDispose]();
  }, 120_000);

  /** Everything before the last approval for prod, done by others. */
  async function askForProd(version: string): Promise<void> {
    await climbToStaging(rung.stage, version);
    await rung.stage.approve('bo', await rung.stage.promote('ada', version, 'prod'));
  }

  stage('signs in by the link, and teaches the first step where there is no release yet', async () => {
    link = await rung.link();
    await page.goto(link);
    await hands.rung('prod').waitFor();
    expect(page.url()).toMatch(/\/projects\/[^/]+$/);
    expect(await page.locator('.rung').count()).toBe(4);
    await hands.text(/git push rung/).waitFor();
  });

  stage('lets nobody in by the same link again', async () => {
    const other = await openContext(browser);
    const second = await other.newPage();
    await second.goto(link);
    await second
      .getByText(/rung open/)
      .first()
      .waitFor();
    expect(await second.locator('.rung').count()).toBe(0);
    await other.close();
  });

  stage('shows a merge become a release and climb by itself, without being loaded again', async () => {
    await mergeRelease(rung.stage.props, '1.0.0');
    for (const environment of ['dev', 'test'])
      await hands.rung(environment).getByRole('link', { name: '1.0.0', exact: true }).waitFor();
    await hands.text(/1\.0\.0 in test: switched over/).waitFor();
  });

  stage('promotes by a click, and takes the word of an operator', async () => {
    await hands.button('Promote 1.0.0 to staging').click();
    await hands.confirm('Promote to staging');
    await hands.rung('staging').getByText('Healthy').waitFor();
    await hands.choose('staging', /^Validate 1\.0\.0/);
    await hands.confirm(/^Validate/);
    await hands.rung('staging').getByText('✓ validated').waitFor();
  });

  stage('takes a file as evidence, says what it says, and gives it back as it came (REL-2)', async () => {
    const junit = '<testsuite name="unit"><testcase classname="web" name="answers"/></testsuite>';
    await hands.rung('staging').getByRole('link', { name: '1.0.0', exact: true }).click();
    await hands.button('Hand over a file…').click();
    const buffer = Buffer.from(junit);
    await hands
      .dialog()
      .getByLabel('The file')
      .setInputFiles({ name: 'junit.xml', mimeType: 'text/xml', buffer });
    await hands.dialog().getByRole('button', { name: 'Hand over junit.xml' }).click();
    await hands.dialog().waitFor({ state: 'detached' });
    await hands.text('1 test: 1 passed').waitFor();
    const coming = page.waitForEvent('download');
    await page.getByRole('link', { name: /junit\.xml/ }).click();
    expect(await readFile(await (await coming).path(), 'utf8')).toBe(junit);
    await page.getByRole('link', { name: 'Board', exact: true }).click();
    await hands.rung('prod').waitFor();
  });

  stage('says in words what is in the way to prod, and whose it is (REL-16)', async () => {
    await hands.button(/^(Ask for|Promote) 1\.0\.0 (in|to) prod/).click();
    await hands.confirm(/^(Ask for|Promote)/);
    await hands.text(/^1\.0\.0 to prod: \d things? (is|are) missing$/).waitFor();
    await hands.text('2 approvals missing of 2 for prod').waitFor();
    await hands.text(/From Eli, Bo, Cy or Dee/).waitFor();
  });

  stage('says whom one plays, and takes two approvals by two people (REL-3)', async () => {
    await hands.actAs('bo');
    await hands.text('Acting as Bo.').waitFor();
    await hands.text('Rung does not check who you are on a laptop').waitFor();
    await hands.approve('1.0.0', 'prod');
    await hands.actAs('cy');
    await hands.approve('1.0.0', 'prod');
    await hands.rung('prod').getByText('Healthy').waitFor();
    customers = await sendCustomers(rung.stage);
  });

  stage('shows a canary start at the last approval, and its figures move (REL-8)', async () => {
    await askForProd('1.1.0');
    await hands.approve('1.1.0', 'prod');
    await page.getByRole('img', { name: /^10 % of the requests go to 1\.1\.0/ }).waitFor();
    const seen = page.getByRole('cell', { name: /^[\d.]+ s of 12 s seen/ });
    const before = await seen.textContent();
    // Looked at from outside: the page's own policy forbids evaluating text in it.
    await expect.poll(() => seen.textContent(), { timeout: 30_000 }).not.toBe(before);
    await page.locator('.curve canvas').first().waitFor();
  });

  stage('pauses, resumes and takes back by a click, each with its reason (REL-10)', async () => {
    await hands.button('Pause…').click();
    await hands.confirm('Pause', 'A look at the database first');
    await hands.text('Held at 10 %').waitFor();
    await hands.text(/Cy paused it: A look at the database first/).waitFor();
    await hands.button('Resume…').click();
    await hands.confirm('Resume', 'It looks well');
    await hands.rung('prod').getByText('Canary 10 %').waitFor();
    await hands.button('Roll back to 1.0.0…').click();
    await hands
      .dialog()
      .getByText(/All requests go to 1\.0\.0 at once/)
      .waitFor();
    await hands.confirm('Roll back to 1.0.0', 'Totals look wrong');
    await hands.text('Cy took it back: Totals look wrong').waitFor();
    await hands.text('1.0.0 serves 100 % again').waitFor();
  });

  stage('tells of a bad release that was taken back by itself, with its evidence (REL-9)', async () => {
    await askForProd('1.2.0');
    await hands.approve('1.2.0', 'prod');
    const outcome = page.getByRole('region', { name: 'How 1.2.0 into prod ended' });
    await outcome.getByText(/\d+ of \d+ requests failed/).waitFor();
    await outcome.getByText(/Taken back by itself/).waitFor();
    await outcome.locator('.curve canvas').first().waitFor();
    await hands.rung('prod').getByRole('link', { name: '1.0.0', exact: true }).waitFor();
  });

  stage('holds what nobody judges, says so, and lets a person resume it', async () => {
    await askForProd('1.3.0');
    await hands.approve('1.3.0', 'prod');
    await page.getByRole('img', { name: /^10 % of the requests go to 1\.3\.0/ }).waitFor();
    const agent = rung.stage.props.pidOf('agent-prod') ?? Number.NaN;
    kill(agent, 'SIGSTOP');
    try {
      await hands.text('Held at 0 %').waitFor();
      await hands.text('Nobody judged for longer than the lease').waitFor();
      await page.getByRole('img', { name: /^0 % of the requests go to 1\.3\.0/ }).waitFor();
    } finally {
      kill(agent, 'SIGCONT');
    }
    await hands.button('Resume…').click();
    await hands.confirm('Resume', 'The agent is back');
    await page.getByRole('img', { name: /^10 % of the requests go to 1\.3\.0/ }).waitFor();
    await hands.text('1.3.0 into prod').waitFor();
    await hands.rung('prod').getByText('Healthy').waitFor();
    await hands.rung('prod').getByRole('link', { name: '1.3.0', exact: true }).waitFor();
  });

  stage('previews a rollback of one service before it is asked for (REL-10)', async () => {
    await hands.choose('prod', /^Roll back to/);
    await hands.dialog().getByLabel('To', { exact: true }).selectOption('1.0.0');
    await hands.dialog().getByLabel('orders', { exact: true }).check();
    await hands.dialog().getByRole('cell', { name: '1.0.0' }).first().waitFor();
    await hands.dialog().getByLabel('Why').fill('A customer reports wrong totals');
    await hands.confirm('Roll back to 1.0.0');
    await hands.rung('prod').getByText('services differ').waitFor();
  });

  stage('says at once that the connection is lost, and comes back by itself', async () => {
    const before = complaints.length;
    kill(rung.stage.props.pidOf('control-plane') ?? Number.NaN, 'SIGKILL');
    await hands.text('Connection lost.').waitFor();
    await hands.text('Connection lost.').waitFor({ state: 'detached' });
    await rung.stage.validate('eli', 'staging');
    await hands.text(/Eli validated 1\.3\.0 in staging/).waitFor();
    // That nobody answered is on the console, and is right there; anything else is not.
    const during = complaints.splice(before);
    complaints.push(...during.filter((one) => !/net::ERR_/.test(one)));
  });

  stage('reaches everything on the ladder by the keyboard, and everything else by ⌘K', async () => {
    await page.locator('body').focus();
    const all = await page.locator('.ladders :is(a, button)').count();
    await page.evaluate(`document.querySelector('.ladders :is(a, button)').focus()`);
    const reached = new Set<string>();
    for (let step = 0; step < all; step += 1) {
      reached.add(
        String(
          await page.evaluate(
            `[...document.querySelectorAll('.ladders :is(a, button)')].indexOf(document.activeElement)`,
          ),
        ),
      );
      await page.keyboard.press('Tab');
    }
    expect(reached.size).toBe(all);
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill('release 1.2.0');
    await page
      .getByRole('option', { name: /1\.2\.0/ })
      .first()
      .waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL('**/releases/1.2.0');
  });

  stage('fits every page into a phone and into a wide window, light and dark', async () => {
    const board = `/projects/${rung.stage.props.project}`;
    const [last] = (await rung.stage.board()).rollouts;
    const addresses = ['', '/releases', '/releases/1.2.0', '/environments', '/environments/prod', '/log'];
    if (last !== undefined) addresses.push(`/rollouts/${last.id}`, `/promotions/${last.promotion}`);
    for (const address of addresses) {
      await page.goto(rung.stage.props.url + board + address);
      await page.locator('main h1').first().waitFor({ state: 'attached' });
      await page.locator('[aria-busy]').waitFor({ state: 'detached' });
      for (const [name, colorScheme, width] of looks) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height: 900 });
        expect.soft(await beyondTheWindow(page), `${address} ${name}`).toBeLessThanOrEqual(0);
        await takePicture(`page${address.slice(0, 20)} ${name}`);
      }
      expect.soft(await page.getByText('This page cannot be shown').count(), address).toBe(0);
    }
  });

  stage('keeps to the content security policy that the server sends, and complains of nothing', () => {
    expect(complaints).toEqual([]);
  });
});
