import { expect, it } from 'vitest';
import type { ReleaseView } from '../../src/web/api/views.ts';
import { event } from './fixtures/parts.ts';
import { inChromium } from './in-chromium.ts';
import { madeUpPage } from './made-up-page.ts';

inChromium('the mark of a release that was taken back', () => {
  const shown = madeUpPage({ viewport: { width: 1360, height: 900 } });
  const dialog = () => shown.page.getByRole('dialog');
  const lift = () => dialog().getByRole('button', { name: 'Let 1.2.0 be tried again' });

  /** The release is taken back once more, and the page hears of it. */
  async function takeBackAgain(): Promise<void> {
    await shown.page.route('**/releases/1.2.0', async (route) => {
      const response = await route.fetch();
      const release = (await response.json()) as ReleaseView;
      const mark = { ...release.mark, rollout: 'rollout-9', reason: 'orders lost every second one' };
      await route.fulfill({ response, json: { ...release, mark } });
    });
    const { stage } = shown.server;
    const { now, position } = stage.board('taken-back');
    const read = shown.page.waitForResponse('**/releases/1.2.0');
    stage.say('taken-back', event(now, 0, '1.2.0 was taken back', { position: position + 1 }));
    await read;
  }

  it('is lifted as it was read, by the rollout that it tells of (REL-9)', async () => {
    await shown.show('/projects/taken-back?act=lift-mark&release=1.2.0');
    await dialog().getByText('It was taken back from prod: web answered 14 errors').waitFor();
    await dialog().getByLabel('Why').fill('The database was to blame');
    await shown.page.route('**/lift-mark', (route) => route.fulfill({ json: {} }));
    const asked = shown.page.waitForRequest('**/releases/1.2.0/lift-mark');
    await lift().click();
    expect((await asked).postDataJSON()).toEqual({
      reason: 'The database was to blame',
      rollout: 'rollout-0',
    });
    await dialog().waitFor({ state: 'detached' });
  });

  it('is not lifted where the release was taken back once more since it was read (REL-9)', async () => {
    await shown.show('/projects/taken-back?act=lift-mark&release=1.2.0');
    await dialog().getByLabel('Why').fill('The database was to blame');
    await takeBackAgain();
    await dialog().getByText('It was taken back once more since you opened this').first().waitFor();
    expect(await dialog().getByLabel('Why').inputValue()).toBe('The database was to blame');
  });
});
