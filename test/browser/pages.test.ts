import { expect, it } from 'vitest';
import { systemClock } from '../../src/engine/clock.ts';
import { inChromium } from './in-chromium.ts';
import { madeUpPage } from './made-up-page.ts';
import { event } from './fixtures/parts.ts';

/** A project with more ladders than are shown at once. */
inChromium('the board of thirty ladders', () => {
  const shown = madeUpPage({ viewport: { width: 1360, height: 900 } });
  const { show } = shown;
  const board = '/projects/many';
  const pages = () => shown.page.getByRole('navigation', { name: 'Pages of the board' });
  const rung = (name: string) => shown.page.getByRole('article', { name });
  const find = () => shown.page.getByRole('searchbox', { name: /^Find a ladder/ });
  const dialog = () => shown.page.getByRole('dialog');

  it('is shown page by page, with what is asked of me on each of them (OPS-9)', async () => {
    await show(board);
    await pages().getByText('Environments 1 to 20 of 60').waitFor();
    expect(await shown.page.locator('.rung').count()).toBe(20);
    await shown.page.getByRole('heading', { name: 'region-01', exact: true }).waitFor();
    await shown.page.getByText('Your approval is asked for').waitFor();
    await shown.page.getByRole('link', { name: '1.4.0 into region-29-prod' }).waitFor();
    expect(await pages().getByRole('link').allTextContents()).toEqual(['Next →']);
    await pages().getByRole('link', { name: 'Next' }).focus();
    await shown.page.keyboard.press('Enter');
    await pages().getByText('Environments 21 to 40 of 60').waitFor();
    expect(new URL(shown.page.url()).search).toBe('?after=20');
    await rung('region-11-test').waitFor();
    await shown.page.reload();
    await rung('region-11-test').waitFor();
    await shown.page.goBack();
    await rung('region-01-test').waitFor();
  });

  it('is searched by the keyboard, and says what to do where nothing is found', async () => {
    await show(board);
    await find().fill('region-2');
    await shown.page.keyboard.press('Enter');
    await rung('region-29-prod').waitFor();
    expect(await shown.page.locator('.rung').count()).toBe(20);
    expect(await pages().count()).toBe(0);
    await find().fill('nowhere');
    await shown.page.keyboard.press('Enter');
    await shown.page.getByRole('heading', { name: 'Nothing is called like “nowhere”' }).waitFor();
    expect(new URL(shown.page.url()).search).toBe('?search=nowhere');
    await shown.page.getByRole('button', { name: 'Show all' }).click();
    await rung('region-01-test').waitFor();
  });

  it('follows what happens on the page that is shown', async () => {
    await show(`${board}?after=20`);
    const shownRung = rung('region-11-test');
    await shownRung.getByText('Healthy').waitFor();
    const { stage } = shown.server;
    const name = 'region-11-test';
    const said = event(systemClock.now(), 0, 'It is down', { position: 1001, environment: name });
    const environments = stage
      .board('many')
      .environments.map((one) => (one.name === name ? Object.assign({}, one, { health: 'down' }) : one));
    stage.change('many', { environments, position: 1001 });
    stage.say('many', said);
    await shownRung.getByText('Down').waitFor();
  });

  it('finds environments of other pages where one is asked for by name', async () => {
    await show(board);
    await rung('region-01-test').waitFor();
    await shown.page.keyboard.press('Control+k');
    await shown.page.getByRole('combobox').fill('roll back region-30-prod');
    await shown.page.getByRole('option', { name: /^Roll back region-30-prod/ }).waitFor();
    await shown.page.keyboard.press('Enter');
    await dialog().getByText('Roll back region-30-prod').waitFor();
    await show(`${board}/environments`);
    await shown.page.getByRole('button', { name: 'Show more' }).click();
    await shown.page.getByRole('link', { name: 'region-30-prod' }).waitFor();
    await show(`${board}/log`);
    await shown.page.getByLabel('Environment').fill('region-30-prod');
    await shown.page.waitForURL('**/log?environment=region-30-prod');
    await shown.page.getByLabel('Environment').fill('');
    await shown.page.waitForURL('**/log');
    await show(`${board}/promotions/promotion-1`);
    await shown.page.getByText(/Runs in region-30-test/).waitFor();
  });

  it('fits on a phone', async () => {
    await show(board, { viewport: { width: 390, height: 844 }, colorScheme: 'dark' });
    await pages().waitFor();
    expect(await shown.page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
    expect(shown.complaints).toEqual([]);
  });
});

inChromium('a board that is shown as a whole', () => {
  const shown = madeUpPage({ viewport: { width: 1360, height: 900 } });

  it('says nothing of pages, and offers no search', async () => {
    await shown.show('/projects/twelve');
    await shown.page.getByRole('article', { name: 'dev' }).waitFor();
    expect(await shown.page.getByRole('searchbox').count()).toBe(0);
    expect(await shown.page.getByRole('navigation', { name: 'Pages of the board' }).count()).toBe(0);
  });
});
