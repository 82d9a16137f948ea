import { expect, it } from 'vitest';
import { inChromium } from './in-chromium.ts';
import { madeUpPage } from './made-up-page.ts';

inChromium('a session that ends while somebody writes', () => {
  const shown = madeUpPage({ viewport: { width: 1360, height: 900 } });
  const dialog = () => shown.page.getByRole('dialog');

  /** Ends the session, and waits until the page knows. */
  async function endSession(): Promise<void> {
    const { stage } = shown.server;
    stage.setSignedIn(false);
    stage.setReachable(false);
    stage.setReachable(true);
    await shown.page.waitForResponse((answer) => answer.url().includes('/events') && answer.status() === 401);
  }

  it('leaves the form with what is in it, which can be sent once they are signed in again', async () => {
    await shown.show('/projects/canary?act=rollback&on=staging');
    const { stage } = shown.server;
    await dialog().getByLabel('Why').fill('Orders are lost');
    await endSession();
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

  it.each([
    ['/projects/gated/environments/prod', 'Agree to weaker rules…', 'Comment', /^Agree to weaker rules/],
    ['/projects/gated/environments/prod', 'Refuse…', 'Why', 'Refuse them'],
    ['/projects/gated/changes/CHG-0001', 'Approve…', 'Comment', 'Approve CHG-0001'],
    ['/projects/gated/changes/CHG-0001', 'Reject…', 'Why', 'Reject CHG-0001'],
    ['/projects/gated/changes/CHG-0001', 'Edit…', 'Testing', 'Save CHG-0001'],
    ['/projects/gated/changes/CHG-0001', 'Add a note…', 'Note', 'Add the note'],
  ])('leaves a form that no address leads to: %s %s', async (address, opener, label, sender) => {
    await shown.show(address);
    await shown.page.getByRole('button', { name: opener }).click();
    const field = dialog().getByLabel(label);
    await field.fill('Half a page');
    await endSession();
    const send = dialog().getByRole('button', { name: sender });
    await send.click();
    await dialog().getByText('You are signed out.').waitFor();
    expect(await field.inputValue()).toBe('Half a page');
    shown.server.stage.setSignedIn(true);
    await send.click();
    await dialog().waitFor({ state: 'detached' });
    expect(JSON.stringify(shown.server.stage.asked.at(-1)?.body)).toContain('Half a page');
  });
});
