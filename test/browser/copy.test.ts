import { expect, it } from 'vitest';
import { inChromium } from './in-chromium.ts';
import { madeUpPage } from './made-up-page.ts';

inChromium('copying a command', () => {
  const shown = madeUpPage({ viewport: { width: 1360, height: 900 } });
  const copy = () => shown.page.getByRole('button', { name: /^Copy/ }).first();

  it('says that it was copied', async () => {
    await shown.show('/projects/waiting/log', { permissions: ['clipboard-write'] });
    await copy().click();
    await shown.page.getByText('Copied', { exact: true }).waitFor();
  });

  it('says so where the browser does not let the page', async () => {
    await shown.show('/projects/waiting/log');
    await shown.page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })");
    await copy().click();
    await shown.page.getByText('Copy it by hand').waitFor();
    expect(shown.complaints).toEqual([]);
  });
});
