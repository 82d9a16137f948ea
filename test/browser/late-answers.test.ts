import { expect, it } from 'vitest';
import { inChromium } from './in-chromium.ts';
import { madeUpPage } from './made-up-page.ts';

inChromium('an answer that comes once its form was left', () => {
  const shown = madeUpPage({ viewport: { width: 1360, height: 900 } });
  const dialog = () => shown.page.getByRole('dialog');
  const outcome = () => shown.page.locator('.outcomes');

  /** Asks for a pause on a bad line and leaves the form; gives what lets the answer through. */
  async function leavePauseBehind(answered: { readonly status: number; readonly body: object } | null) {
    const { promise, resolve } = Promise.withResolvers<void>();
    await shown.page.route('**/pause', async (route) => {
      await promise;
      if (answered === null) await route.continue();
      else
        await route.fulfill({
          status: answered.status,
          contentType: 'application/problem+json',
          body: JSON.stringify(answered.body),
        });
    });
    await shown.page.getByRole('button', { name: 'Pause…' }).click();
    await dialog().getByLabel('Why').fill('A look at the database first');
    await dialog().getByRole('button', { name: 'Pause', exact: true }).click();
    await dialog().getByRole('button', { name: 'Leave it' }).click();
    await dialog().waitFor({ state: 'detached' });
    return resolve;
  }

  it('is told, and closes no other form that somebody is writing in', async () => {
    await shown.show('/projects/canary');
    const answer = await leavePauseBehind(null);
    await shown.page.getByRole('button', { name: 'Roll back to 1.2.1…' }).click();
    await dialog().getByLabel('Why').fill('Orders are lost');
    answer();
    await outcome().getByText('1.3.0 in prod is paused.').waitFor();
    expect(await dialog().getByLabel('Why').inputValue()).toBe('Orders are lost');
  });

  it('is told where it says no', async () => {
    await shown.show('/projects/canary');
    const detail = 'This rollout is over.';
    const answer = await leavePauseBehind({
      status: 409,
      body: { kind: 'conflict', code: 'rollout-over', detail },
    });
    answer();
    await outcome().getByText(`Pause: ${detail}`).waitFor();
  });
});
