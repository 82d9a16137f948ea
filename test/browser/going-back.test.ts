import { expect, it } from 'vitest';
import { inChromium } from './in-chromium.ts';
import { madeUpPage } from './made-up-page.ts';

inChromium('going back from the board', () => {
  const shown = madeUpPage({ viewport: { width: 1360, height: 900 } });
  const { show } = shown;
  const dialog = () => shown.page.getByRole('dialog');
  const last = () => shown.server.stage.asked.at(-1);

  it('goes back to the release that the button names, whatever comes before it meanwhile (REL-10)', async () => {
    await show('/projects/canary?act=rollback&on=staging');
    const button = dialog().getByRole('button', { name: /^Roll back to \d/ });
    const named = ((await button.textContent()) ?? '').replace('Roll back to ', '');
    await dialog().getByRole('cell', { name: named }).first().waitFor();
    await dialog().getByLabel('Why').fill('Orders are lost');
    await dialog().getByText(`rung rollback staging --to ${named} --reason 'Orders are lost'`).waitFor();
    await button.click();
    await dialog().waitFor({ state: 'detached' });
    expect(last()).toMatchObject({
      path: '/api/v1/projects/canary/environments/staging/rollback',
      body: { to: named, reason: 'Orders are lost' },
    });
  });

  it('says so where going back takes a live rollout back, and takes back that one and no other (REL-10)', async () => {
    await show('/projects/canary?act=rollback&on=prod');
    await dialog().getByText('The rollout of 1.3.0 that is live here is taken back').waitFor();
    await dialog().getByText('all requests go to 1.2.1 at once').waitFor();
    await dialog().getByLabel('Why').fill('Orders are lost');
    await dialog().getByRole('button', { name: 'Roll back to 1.2.1' }).click();
    await dialog().waitFor({ state: 'detached' });
    expect(last()).toMatchObject({
      path: '/api/v1/projects/canary/rollouts/rollout-1/abort',
      body: { reason: 'Orders are lost' },
    });
  });
});
