import { expect, it } from 'vitest';
import { inChromium } from './in-chromium.ts';
import { madeUpPage } from './made-up-page.ts';

inChromium('signing out', () => {
  const shown = madeUpPage({ viewport: { width: 1360, height: 900 } });
  const signOut = async (): Promise<void> => {
    await shown.page.locator('.who').click();
    await shown.page.getByRole('menuitem', { name: 'Sign out' }).click();
  };

  it('says that one is still signed in where nobody answers', async () => {
    await shown.show('/projects/waiting');
    await shown.page.route('**/sign-out', (route) => route.abort());
    await signOut();
    await shown.page.getByText('You are still signed in: Rung does not answer.').waitFor();
    expect(shown.complaints.filter((one) => !one.includes('ERR_FAILED'))).toEqual([]);
  });

  it('is done where the session has ended already', async () => {
    await shown.show('/projects/waiting');
    const { stage } = shown.server;
    await shown.page.route('**/sign-out', async (route) => {
      stage.setSignedIn(false);
      await route.continue();
    });
    await signOut();
    await shown.page.getByRole('heading', { name: 'You are signed out' }).waitFor();
  });
});
