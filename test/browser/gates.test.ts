import { describe, expect, it } from 'vitest';
import { beyondTheWindow } from './chromium.ts';
import { inChromium } from './in-chromium.ts';
import { madeUpPage } from './made-up-page.ts';

/** Gates, their evidence and the forms that open them, over a made-up board. */
const wayAddress = '/projects/gated/releases/1.4.0/to/staging';

inChromium('the gates of a way', () => {
  const shown = madeUpPage({ viewport: { width: 1360, height: 900 } });
  const { show } = shown;

  const text = (words: string | RegExp) => shown.page.getByText(words).first();
  const dialog = () => shown.page.getByRole('dialog');
  const gate = (title: string) => shown.page.locator('details.gate', { hasText: title });
  const button = (name: string | RegExp) => dialog().getByRole('button', { name });
  const sent = () => shown.server.stage.asked.at(-1);

  describe('what is seen', () => {
    it('leads from the way on the board to each gate with its state in words', async () => {
      await show('/projects/gated');
      await text(/^1\.4\.0 can go to staging once .* of soak are over, its tests pass/).waitFor();
      await shown.page.getByRole('link', { name: '2 of 8 gates open, 1 waived' }).click();
      await shown.page.waitForURL(`**${wayAddress}`);
      await gate('Tests').getByText('Closed', { exact: true }).waitFor();
      await gate('Coverage').getByText('Open', { exact: true }).waitFor();
      await gate('User acceptance').getByText('Missing', { exact: true }).waitFor();
      await gate('Soak').getByText('Waits', { exact: true }).waitFor();
    });

    it('shows who waived a gate, in which role and why', async () => {
      await show(wayAddress);
      const waived = gate('Security scan');
      await waived.getByText('Waived', { exact: true }).waitFor();
      await waived.getByText(/Ada \(engineering lead\).*“The path is checked two calls before”/).waitFor();
    });

    it('gives the file of a piece of evidence at one click, and what failed in it at another', async () => {
      await show(wayAddress);
      const file = gate('Tests').getByRole('link', { name: /junit\.xml/ });
      expect(await file.getAttribute('download')).toBe('junit.xml');
      expect(await file.getAttribute('href')).toMatch(/^\/api\/v1\/projects\/gated\/evidence\/[\w-]+\/file$/);
      await gate('Tests').getByRole('button', { name: 'Details of Test results: unit' }).click();
      await text('keeps the basket when the session ends').waitFor();
      await text(/expected 3 items, found 0/).waitFor();
    });

    it('keeps for ever how the gates stood when a promotion started, with nothing left to do', async () => {
      await show('/projects/gated/promotions/promotion-gated');
      await text('Gates as they stood when it started').waitFor();
      await gate('Security scan').getByText('Waived', { exact: true }).waitFor();
      expect(await shown.page.getByRole('button', { name: /^Waive/ }).count()).toBe(0);
    });

    it.each([
      '/projects/gated',
      wayAddress,
      '/projects/gated/releases/1.4.0',
      '/projects/gated/changes/CHG-0001',
    ])('fits a phone and keeps to its content security policy: %s', async (address) => {
      await show(address, { viewport: { width: 390, height: 844 } });
      await shown.page.locator('.panel').first().waitFor();
      expect(await beyondTheWindow(shown.page)).toBe(0);
      expect(shown.complaints).toEqual([]);
    });
  });

  describe('what is done', () => {
    it('waives with a reason, and keeps what was typed when that is refused, with who may (REL-2)', async () => {
      await show(wayAddress);
      await shown.page.getByRole('button', { name: 'Waive tests of 1.4.0 for staging' }).click();
      await dialog().getByLabel('Why it may pass').fill('They fail on one machine alone');
      await button('Waive tests').click();
      await dialog().getByText('Ask somebody who is qa-lead.').waitFor();
      expect(await dialog().getByLabel('Why it may pass').inputValue()).toBe(
        'They fail on one machine alone',
      );
      expect(sent()).toMatchObject({
        path: '/api/v1/projects/gated/releases/1.4.0/waivers',
        body: { to: 'staging', gate: 'tests', reason: 'They fail on one machine alone' },
      });
    });

    it('says who may sign off to somebody who may not', async () => {
      await show(wayAddress);
      const signOff = gate('User acceptance').getByRole('button', { name: 'Sign off…' });
      expect(await signOff.getAttribute('aria-disabled')).toBe('true');
      await gate('User acceptance').getByText('Not yours: ask Dee (qa lead)').waitFor();
    });

    it('signs off with scenarios, testers and a note, by the keyboard alone', async () => {
      await show('/projects/gated?act=uat&release=1.4.0&on=test');
      await dialog().getByLabel('What was tried, scenario 1').focus();
      await shown.page.keyboard.type('Pay by card');
      await dialog().getByLabel('Who tried it').focus();
      await shown.page.keyboard.type('eve@example.org, fay@example.org');
      await dialog()
        .getByLabel(/^Reject/)
        .focus();
      await shown.page.keyboard.press('Space');
      await button('Reject 1.4.0').focus();
      await shown.page.keyboard.press('Enter');
      await dialog().waitFor({ state: 'detached' });
      expect(sent()).toMatchObject({
        path: '/api/v1/projects/gated/evidence',
        body: {
          release: '1.4.0',
          environment: 'test',
          facts: {
            kind: 'uat',
            verdict: 'rejected',
            testers: ['eve@example.org', 'fay@example.org'],
            scenarios: [{ title: 'Pay by card', passed: true, note: '' }],
          },
        },
      });
    });

    it('accepts nothing of which a scenario failed', async () => {
      await show('/projects/gated?act=uat&release=1.4.0&on=test');
      await dialog().getByLabel('What was tried, scenario 1').fill('Pay by card');
      await dialog().getByLabel('How scenario 1 went').selectOption('failed');
      await dialog()
        .getByLabel(/^Accept/)
        .check();
      await dialog().getByText('A scenario did not pass').waitFor();
      expect(await button('Accept 1.4.0').getAttribute('aria-disabled')).toBe('true');
    });

    it('ticks off a checklist, and says nothing of what was not touched', async () => {
      await show(wayAddress);
      await gate('Checklist go-live').getByRole('button', { name: 'Tick off…' }).click();
      await dialog().getByLabel('Release notes sent', { exact: true }).check();
      await button('Say so of 1 item').click();
      await dialog().waitFor({ state: 'detached' });
      expect(sent()?.body).toEqual({
        release: '1.4.0',
        name: 'go-live',
        facts: { kind: 'checklist', items: [{ item: 'Release notes sent', done: true, note: '' }] },
      });
    });

    it('reads the rollback plan that another wrote', async () => {
      await show(wayAddress);
      await gate('Rollback plan').getByRole('button', { name: 'Read or write it…' }).click();
      await dialog().getByText('Tell #access-qa').waitFor();
      await button('I have read it').click();
      await dialog().waitFor({ state: 'detached' });
      expect(sent()?.path).toBe('/api/v1/projects/gated/releases/1.4.0/rollback-plan/read');
    });

    it('hands over a file, and shows what is wrong with it in its very lines', async () => {
      await show('/projects/gated?act=upload&release=1.4.0');
      const choose = (name: string) =>
        dialog()
          .getByLabel('The file')
          .setInputFiles({
            name,
            mimeType: 'text/xml',
            buffer: Buffer.from('<testsuite>\n  <testcase name="a">\n'),
          });
      await choose('broken.xml');
      await button('Hand over broken.xml').click();
      await dialog().getByText('broken.xml:2:3').waitFor();
      await dialog()
        .getByRole('list', { name: 'Lines of broken.xml' })
        .getByText('<testcase name="a">')
        .waitFor();
      await choose('junit.xml');
      await button('Hand over junit.xml').click();
      await dialog().waitFor({ state: 'detached' });
      expect(sent()?.body).toEqual({ text: '<testsuite>\n  <testcase name="a">\n' });
    });

    it('agrees to weaker rules for an environment, to the file that was looked at (INF-7)', async () => {
      await show('/projects/gated/environments/prod');
      await text('Weaker rules wait for 1 approval of 2').waitFor();
      await text('approvals 2 → 1').waitFor();
      await shown.page.getByRole('button', { name: 'Agree to weaker rules…' }).click();
      await button('Agree to weaker rules for prod').click();
      await dialog().waitFor({ state: 'detached' });
      expect(sent()).toMatchObject({
        path: '/api/v1/projects/gated/environments/prod/rules/approve',
        body: { hash: `sha256:${'d'.repeat(64)}` },
      });
    });

    it('asks for a change with every field, and approves one that another asked for (REL-7)', async () => {
      await show(wayAddress);
      await gate('Change request').getByRole('button', { name: 'Ask for a change…' }).click();
      await dialog().getByLabel('Risk').selectOption('high');
      await dialog().getByLabel('Testing').fill('Smoke tests');
      await dialog().getByLabel('Communication').fill('#deployments');
      await button('Ask for the change').click();
      await dialog().waitFor({ state: 'detached' });
      expect(sent()?.body).toMatchObject({
        release: '1.4.0',
        to: 'staging',
        risk: 'high',
        rollbackMinutes: 5,
      });
      await shown.page.goto(`${shown.server.url}/projects/gated/changes/CHG-0001`);
      await shown.page.getByRole('button', { name: 'Approve…' }).click();
      await button('Approve CHG-0001').click();
      await dialog().waitFor({ state: 'detached' });
      expect(sent()).toMatchObject({
        path: '/api/v1/projects/gated/change-requests/CHG-0001/approve',
        body: { seen: `sha256:${'b'.repeat(64)}` },
      });
    });
  });
});
