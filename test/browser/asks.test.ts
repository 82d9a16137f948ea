import { describe, expect, it } from 'vitest';
import { systemClock } from '../../src/engine/clock.ts';
import { beyondTheWindow } from './chromium.ts';
import { inChromium } from './in-chromium.ts';
import { madeUpPage } from './made-up-page.ts';

/** What a person can ask of others, or do against the rules in their own name; over a made-up board. */
const board = '/projects/merged';
const way = `${board}/releases/1.3.0/to/prod`;

inChromium('asking others, and exceptions from the rules', () => {
  const shown = madeUpPage({ timezoneId: 'UTC', viewport: { width: 1440, height: 900 } });
  const { show } = shown;

  const text = (words: string | RegExp) => shown.page.getByText(words).first();
  const dialog = () => shown.page.getByRole('dialog');
  const field = (label: string | RegExp) => dialog().getByLabel(label);
  const button = (name: string | RegExp) => dialog().getByRole('button', { name });
  /** A button that is off can be pressed all the same, and then says what is wrong where it is. */
  const press = async (name: string): Promise<void> => {
    await button(name).focus();
    await shown.page.keyboard.press('Enter');
  };
  const gone = () => dialog().waitFor({ state: 'detached' });
  const sent = () => shown.server.stage.asked.at(-1);

  describe('an emergency', () => {
    it('says by name all that it passes over and who confirms it, and needs a reason (REL-12)', async () => {
      await show(way);
      await shown.page.getByRole('button', { name: 'Emergency…' }).click();
      await dialog().getByText('licence-check did not answer within 10 min').waitFor();
      await dialog()
        .getByText(/Confirmed by Bo or Cy \(devops lead\)/)
        .waitFor();
      await press('Ask for the emergency in prod');
      await dialog().locator('.field-wrong', { hasText: 'Say why first' }).waitFor();
      expect(await field('Why it cannot wait').getAttribute('aria-invalid')).toBe('true');
      // The keyboard is at that field.
      await shown.page.keyboard.type('Nobody can sign in');
      await dialog()
        .getByText("rung promote 1.3.0 --to prod --emergency --reason 'Nobody can sign in'")
        .waitFor();
      await button('Ask for the emergency in prod').click();
      await gone();
      expect(sent()).toMatchObject({
        path: '/api/v1/projects/merged/promotions',
        body: { release: '1.3.0', to: 'prod', emergency: true, reason: 'Nobody can sign in' },
      });
      await text('The emergency is asked for: 1.3.0 into prod.').waitFor();
    });

    it('is offered nowhere that declares none, and says so to whom a link led there', async () => {
      await show(`${board}/releases/1.4.0/to/staging`);
      await shown.page.getByRole('button', { name: /^Ask for it/ }).waitFor();
      expect(await shown.page.getByRole('button', { name: 'Emergency…' }).count()).toBe(0);
      await shown.page.goto(`${shown.server.url}${board}?act=emergency&release=1.4.0&to=staging`);
      await dialog().getByText('staging declares no emergency way in.').waitFor();
      await field('Why it cannot wait').fill('Because');
      expect(await button(/^Ask for the emergency/).getAttribute('aria-disabled')).toBe('true');
    });
  });

  describe('what a merge has asked for', () => {
    it('is promoted from the board, and becomes the ask of whoever does (REL-1)', async () => {
      await show(board);
      await shown.page.getByRole('button', { name: 'Ask for 1.3.0 in prod' }).click();
      await dialog().getByText('Promote it, and it is your ask').waitFor();
      expect(await dialog().getByText('A merge into main asks for').count()).toBe(0);
      await button('Ask for 1.3.0 in prod').click();
      await gone();
      expect(sent()?.body).toEqual({ release: '1.3.0', to: 'prod' });
    });

    it('leads from every place where it could be asked for again to what is asked for', async () => {
      await show('/projects/waiting?act=promote&release=1.3.0&to=prod');
      await dialog().getByText('Bo asked for it').waitFor();
      expect(await button(/in prod$/).getAttribute('aria-disabled')).toBe('true');
      await dialog().getByRole('link', { name: 'See what is asked for' }).click();
      await shown.page.waitForURL('**/projects/waiting/promotions/promotion-1');
      await shown.page.goto(`${shown.server.url}/projects/waiting/releases/1.3.0`);
      await shown.page.getByRole('link', { name: 'Asked for in prod' }).waitFor();
      expect(await shown.page.getByRole('button', { name: /^Promote to prod/ }).count()).toBe(0);
    });
  });

  describe('approvals', () => {
    it('are asked for again, with what is put aside and why (REL-3)', async () => {
      await show(`${board}/promotions/promotion-merged`);
      await text(/Approved by Cy, standing in for Bo/).waitFor();
      await text('Does not count: The plan has changed since.').waitFor();
      await shown.page.getByRole('button', { name: 'Ask again…' }).first().click();
      await dialog().getByText('that of Dee (the plan has changed since)').waitFor();
      await dialog()
        .getByText(/Ada or Dee .*#access-leads/)
        .waitFor();
      await button('Ask again').click();
      await gone();
      expect(sent()?.path).toBe('/api/v1/projects/merged/promotions/promotion-merged/remind');
    });

    it('are given by somebody else while one is away, from the menu under the name', async () => {
      await show(board);
      await shown.page.locator('.who').click();
      await shown.page.getByRole('menuitem', { name: 'Let somebody stand in for you…' }).click();
      await press('Let them stand in');
      await dialog().locator('.field-wrong', { hasText: 'Say who stands in for you' }).waitFor();
      await shown.page.keyboard.type('ada@example.org');
      await dialog().locator('.field-wrong', { hasText: 'Nobody stands in for themselves' }).waitFor();
      await field(/^Who/).fill('bo@example.org');
      await field(/^Until/).fill('2020-01-01T09:00');
      await field(/^Why/).fill('On holiday');
      await dialog().locator('.field-wrong', { hasText: 'That is over already' }).waitFor();
      await field(/^Until/).fill(inThreeDays());
      await button('Let Bo stand in').click();
      await gone();
      expect(sent()?.body).toEqual({
        to: 'bo@example.org',
        until: Date.parse(`${inThreeDays()}Z`),
        reason: 'On holiday',
      });
    });

    it('keep what was typed when a delegation is refused', async () => {
      await show(`${board}?act=delegate`);
      await field(/^Who/).fill('dee@example.org');
      await field(/^Why/).fill('On holiday');
      await button('Let Dee stand in').click();
      await dialog()
        .getByRole('alert')
        .getByText('dee@example.org has no role in this project.')
        .first()
        .waitFor();
      expect(await field(/^Who/).inputValue()).toBe('dee@example.org');
      expect(await field(/^Why/).inputValue()).toBe('On holiday');
    });

    it('are one’s own again once a delegation is ended, by one of the two', async () => {
      await show(`${board}/delegations`);
      const now = shown.page.getByRole('region', { name: 'Who stands in: now' });
      await now.getByText('On holiday').waitFor();
      await shown.page
        .getByRole('region', { name: 'Who stands in: before' })
        .getByText('A week off')
        .waitFor();
      await now.getByRole('button', { name: 'End it…' }).click();
      await field(/^Why/).fill('Back early');
      await button('End it').click();
      await gone();
      expect(sent()).toEqual({
        path: '/api/v1/projects/merged/delegations/0197a1b2-0000-7000-8000-000000000060/revoke',
        body: { reason: 'Back early' },
      });
    });
  });

  describe('a closed calendar', () => {
    it('is opened for a while by whom the rules name, with a reason (REL-14)', async () => {
      await show(way);
      await shown.page.getByRole('button', { name: 'Open prod for a while…' }).click();
      await dialog().getByText('Closed now.').waitFor();
      await field(/^From/).fill(inThreeDays());
      await field(/^Why/).fill('The price list of the sale');
      await press('Open prod');
      await dialog().locator('.field-wrong', { hasText: 'It would end before it starts' }).waitFor();
      await field(/^From/).fill('');
      await button('Open prod').click();
      await gone();
      expect(sent()).toMatchObject({
        path: '/api/v1/projects/merged/environments/prod/exceptions',
        body: { reason: 'The price list of the sale' },
      });
      expect(sent()?.body).not.toHaveProperty('from');
    });

    it('is closed again from the calendar, where who may not reads who may', async () => {
      await show(`${board}/calendar`);
      await shown.page.getByRole('button', { name: 'End the exception of prod' }).click();
      await field(/^Why/).fill('It is done');
      await button('End the exception').click();
      await gone();
      expect(sent()).toEqual({
        path: '/api/v1/projects/merged/exceptions/exception-1/revoke',
        body: { reason: 'It is done' },
      });
      await shown.page.goto(`${shown.server.url}/projects/taken-back/calendar`);
      await text('Not yours: ask Ada (engineering lead)').waitFor();
    });
  });

  it('asks a webhook again that did not answer', async () => {
    await show(way);
    const gate = shown.page.locator('details.gate', { hasText: 'Webhook licence-check' });
    await gate.getByRole('button', { name: 'Ask again…' }).click();
    await dialog().getByText('it answered 502').waitFor();
    await button('Ask licence-check again').click();
    await gone();
    expect(sent()).toEqual({
      path: '/api/v1/projects/merged/releases/1.3.0/questions',
      body: { to: 'prod', gate: 'licence-check' },
    });
  });

  it.each([
    board,
    way,
    `${board}/promotions/promotion-merged`,
    `${board}/delegations`,
    `${board}/calendar`,
    '/projects/waiting/delegations',
  ])('fits a phone and keeps to its content security policy: %s', async (address) => {
    await show(address, { viewport: { width: 390, height: 844 } });
    await shown.page.locator('.panel').first().waitFor();
    expect(await beyondTheWindow(shown.page)).toBe(0);
    expect(shown.complaints).toEqual([]);
  });
});

/** As the browser's field wants it; the tests' own zone is UTC. */
const inThreeDays = (): string =>
  `${new Date(systemClock.now() + 3 * 86_400_000).toISOString().slice(0, 13)}:00`;
