import { expect, it } from 'vitest';
import { inChromium } from './in-chromium.ts';
import { madeUpPage } from './made-up-page.ts';

inChromium('a session that ends while somebody writes', () => {
  const shown = madeUpPage({ viewport: { width: 1360, height: 900 } });
  const dialog = () => shown.page.getByRole('dialog');

  it('leaves the form with what is in it, which can be sent once they are signed in again', async () => {
    await shown.show('/projects/canary?act=rollback&on=staging');
    const { stage } = shown.server;
    await dialog().getByLabel('Why').fill('Orders are lost');
    stage.setSignedIn(false);
    stage.setReachable(false);
    stage.setReachable(true);
    await shown.page.waitForResponse((answer) => answer.url().includes('/events') && answer.status() === 401);
    const send = dialog().getByRole('button', { name: /^Roll back to/ });
    await send.click();
    await dialog().getByText('You are signed out.').waitFor();
    expect(await dialog().getByLabel('Why').inputValue()).toBe('Orders are lost');
    stage.setSignedIn(true);
    await send.click();
    await dialog().waitFor({ state: 'detached' });
    expect(stage.asked.at(-1)).toMatchObject({ body: { reason: 'Orders are lost' } });
    await shown.page.getByRole('heading', { name: 'You are signed out' }).waitFor();
  });
});
