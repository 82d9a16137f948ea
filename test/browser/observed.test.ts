import { expect, it } from 'vitest';
import { beyondTheWindow } from './chromium.ts';
import { inChromium } from './in-chromium.ts';
import { madeUpPage } from './made-up-page.ts';

/** Alarms and the traffic that is counted at all times, over a made-up board. */

inChromium('what is observed of an environment', () => {
  const shown = madeUpPage({ viewport: { width: 1440, height: 900 } });
  const { show } = shown;

  const alarms = () => shown.page.getByRole('region', { name: 'Alarms' });

  it('says on the board which alarms fire there, and that not all can be known', async () => {
    await show('/projects/merged');
    const staging = shown.page.getByRole('article', { name: 'staging', exact: true });
    await staging.getByText('orders-errors and disk-full fire').waitFor();
    await staging.getByText('Not all alarms are known').waitFor();
    expect(
      await shown.page.getByRole('article', { name: 'test', exact: true }).getByText('fire').count(),
    ).toBe(0);
  });

  it('shows each alarm with its source, its labels, and who posted it', async () => {
    await show('/projects/merged/environments/staging');
    await alarms().getByRole('heading', { name: '2 alarms fire' }).waitFor();
    const now = alarms().getByRole('list', { name: 'Alarms now' });
    const errors = now.getByRole('listitem').filter({ hasText: 'orders-errors' });
    await errors.getByText('seen by Prometheus at http://127.0.0.1:9090').waitFor();
    await errors.getByText('service=orders').waitFor();
    expect(await errors.getByRole('link').getAttribute('href')).toBe('http://127.0.0.1:9090/alerts');
    const disk = now.getByRole('listitem').filter({ hasText: 'disk-full' });
    await disk.getByText('posted by Bo').waitFor();
    await now
      .getByRole('listitem')
      .filter({ hasText: 'slow-answers' })
      .getByText('Silenced', { exact: true })
      .waitFor();
    await alarms()
      .getByText(/^◆ Alertmanager .* has not answered for 4 min/)
      .waitFor();
    expect(await alarms().getByText('queue-long').isVisible()).toBe(false);
    await alarms().getByText('Over in the last eight days: 1').click();
    await alarms().getByText('queue-long').waitFor();
  });

  it('never takes for well what nobody watches, and says how to change that', async () => {
    await show('/projects/merged/environments/dev');
    await alarms().getByRole('heading', { name: 'Nobody watches it' }).waitFor();
    await alarms().getByText("rung alarm fire '…' --in dev").waitFor();
    await shown.page.getByText('Nothing was counted yet').waitFor();
  });

  it('shows the traffic of the last day, and at the gate that looks at it', async () => {
    await show('/projects/merged/environments/staging');
    const traffic = shown.page.getByRole('region', { name: 'Traffic of the last 24 h' });
    await traffic.getByText('128\u2009400').waitFor();
    await traffic.getByText('913 (0.7 %)').waitFor();
    await traffic.getByText('23 h 24 min').waitFor();
    await shown.page.goto(`${shown.server.url}/projects/merged/releases/1.3.0/to/prod`);
    const seen = shown.page
      .locator('details.gate', { hasText: 'Stability' })
      .getByRole('list', { name: 'Observed now' });
    await seen
      .getByText(/last 24 h: 128\u2009400 requests, 0\.7 % failed; observed for 23 h 24 min/)
      .waitFor();
    await seen.getByText('orders-errors and disk-full fire').waitFor();
    await seen.getByRole('link', { name: 'staging' }).click();
    await shown.page.waitForURL('**/environments/staging');
  });

  it.each(['light', 'dark'] as const)('fits a phone, %s', async (colorScheme) => {
    await show('/projects/merged/environments/staging', {
      viewport: { width: 390, height: 844 },
      colorScheme,
    });
    await alarms().getByText('Silenced', { exact: true }).waitFor();
    expect(await beyondTheWindow(shown.page)).toBe(0);
    expect(shown.complaints).toEqual([]);
  });
});
