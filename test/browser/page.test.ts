import { describe, expect, it } from 'vitest';
import { systemClock } from '../../src/engine/clock.ts';
import { inChromium } from './in-chromium.ts';
import { madeUpPage } from './made-up-page.ts';
import { event, plan } from './fixtures/parts.ts';
import { pointOf } from './fixtures/rollouts.ts';

/** The page in each of its states, over made-up boards. What it does with a real Rung is in board.test.ts. */

inChromium('the page in each of its states', () => {
  const shown = madeUpPage({ viewport: { width: 1360, height: 900 } });
  const { show } = shown;

  const text = (words: string | RegExp) => shown.page.getByText(words).first();
  const button = (name: string | RegExp) => shown.page.getByRole('button', { name });
  const dialog = () => shown.page.getByRole('dialog');

  describe('the board', () => {
    it('teaches the first step where there is no release', async () => {
      await show('/projects/empty');
      await text('git push rung HEAD:develop').waitFor();
    });

    it('shows what is missing, whose it is and until when (REL-16)', async () => {
      await show('/projects/waiting');
      await text('1.4.0 to staging: 2 things are missing').waitFor();
      await text('From Dee (qa lead) · #access-qa').waitFor();
      expect(await shown.page.locator('.blocker-when time').first().textContent()).toMatch(/^20 h \d+ min$/);
    });

    it('says of an environment with a silent agent that it is not known how it is', async () => {
      await show('/projects/waiting');
      const prod = shown.page.getByRole('article', { name: 'prod' });
      await prod.getByText('Not known').waitFor();
      await prod.getByText(/Agent silent; last heard 2 min ago/).waitFor();
    });

    it('says why a release was taken back, with the figures (REL-9)', async () => {
      await show('/projects/taken-back');
      await text(/14 errors in 68 requests/).waitFor();
      await text('1.1.0 serves 100 % again.').waitFor();
    });

    it('shows a rollout that nobody judged as held at 0 %, and how to go on', async () => {
      await show('/projects/judge-lost');
      await text(/Nobody judged for longer than the lease/).waitFor();
      await button('Resume…').click();
      await dialog().getByText('The step starts again from its beginning').waitFor();
    });

    it.each(['light', 'dark'] as const)(
      'fits twelve rungs of forty services on a phone, %s',
      async (colorScheme) => {
        await show('/projects/twelve', { viewport: { width: 390, height: 844 }, colorScheme });
        await shown.page.locator('.curve canvas').first().waitFor();
        expect(await shown.page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
      },
    );
  });

  describe('what a person does', () => {
    it('approves the plan that was shown, and no other (REL-3)', async () => {
      await show('/projects/waiting');
      await button('Review and approve').click();
      await dialog().getByText('orders: say when an order will arrive').waitFor();
      await dialog().getByText('rung approve prod').waitFor();
      await button('Approve 1.3.0 for prod').click();
      await shown.page.getByRole('status').getByText('You approved 1.3.0 for prod.').waitFor();
      await button('Review and approve').waitFor({ state: 'detached' });
      expect(shown.server.stage.asked.at(-1)).toMatchObject({
        path: '/api/v1/projects/waiting/promotions/promotion-1/approve',
        body: { planHash: shown.server.stage.board('waiting').promotions[0]?.plan.hash },
      });
    });

    it('gives no approval to a plan that changed while it was read, and says so (REL-3)', async () => {
      await show('/projects/waiting?act=approve&promotion=promotion-1');
      await button('Approve 1.3.0 for prod').waitFor();
      const { stage } = shown.server;
      const other = { ...plan('1.3.0', '1.2.9', ['web']), hash: 'of-now' };
      const promotions = stage
        .board('waiting')
        .promotions.map((one) => Object.assign({}, one, { plan: other }));
      const said = event(systemClock.now(), 0, 'Another release runs in prod', { position: 1001 });
      stage.change('waiting', { promotions, position: 1001 });
      stage.say('waiting', said);
      await dialog()
        .getByText('The plan has changed since you opened this: close it and look again')
        .waitFor();
      expect(await dialog().getByText('1.2.9').count()).toBe(0);
      await button('Approve 1.3.0 for prod').click({ force: true });
      expect(stage.asked).toEqual([]);
      await button('Leave it').click();
      await button('Review and approve').click();
      await dialog().getByText('1.2.9').first().waitFor();
      await button('Approve 1.3.0 for prod').click();
      await dialog().waitFor({ state: 'detached' });
      expect(stage.asked.at(-1)?.body).toMatchObject({ planHash: 'of-now' });
    });

    it('validates nothing but what ran when it was asked about (OPS-4)', async () => {
      await show('/projects/waiting?act=validate&on=test');
      const { stage } = shown.server;
      const runs = stage.board('waiting').environments.find(({ name }) => name === 'test')?.release;
      await button(`Validate ${runs?.version}`).waitFor();
      const release = { id: 'release-of-now', version: '1.9.0' };
      const environments = stage
        .board('waiting')
        .environments.map((one) => (one.name === 'test' ? Object.assign({}, one, { release }) : one));
      stage.change('waiting', { environments, position: 1001 });
      stage.say('waiting', event(systemClock.now(), 0, '1.9.0 runs in test', { position: 1001 }));
      await dialog()
        .getByText('What runs here has changed since you opened this: close it and look at 1.9.0')
        .waitFor();
      await button(`Validate ${runs?.version}`).click({ force: true });
      expect(stage.asked).toEqual([]);
    });

    it('rolls back one service to a named version, with a reason and a preview (REL-10)', async () => {
      await show('/projects/canary?act=rollback&on=staging');
      await dialog().getByLabel('To', { exact: true }).selectOption('1.2.1');
      await dialog().getByLabel('web', { exact: true }).check();
      await dialog().getByRole('cell', { name: '1.2.1' }).first().waitFor();
      await dialog().getByRole('button', { name: 'Roll back to 1.2.1' }).click({ force: true });
      expect(shown.server.stage.asked.every((one) => (one.body as { dryRun?: boolean }).dryRun)).toBe(true);
      await dialog().getByLabel('Why').fill('Orders are lost');
      await dialog()
        .getByText("rung rollback staging --to 1.2.1 --service web --reason 'Orders are lost'")
        .waitFor();
      await dialog().getByRole('button', { name: 'Roll back to 1.2.1' }).click();
      await dialog().waitFor({ state: 'detached' });
      expect(shown.server.stage.asked.at(-1)).toMatchObject({
        path: '/api/v1/projects/canary/environments/staging/rollback',
        body: { to: '1.2.1', services: ['web'], reason: 'Orders are lost' },
      });
    });

    it('pauses a rollout and sees it held, without loading the page again', async () => {
      await show('/projects/canary');
      await button('Pause…').click();
      await dialog().getByLabel('Why').fill('A look at the database first');
      await dialog().getByRole('button', { name: 'Pause', exact: true }).click();
      await text(/Held at 10 %/).waitFor();
      await text(/Ada paused it: A look at the database first/).waitFor();
    });

    it('promotes a held rollout with a reason, and shows who answered for it (REL-8)', async () => {
      await show('/projects/thin');
      await button('Promote with a reason…').click({ force: true });
      expect(await dialog().count()).toBe(0);
      shown.server.stage.change('thin', {
        viewer: { ...shown.server.stage.board('thin').viewer, roles: ['devops-lead'] },
      });
      await shown.page.reload();
      await button('Promote with a reason…').click();
      await dialog().getByText('The rules that take 1.3.0 back stay armed.').waitFor();
      await dialog().getByLabel('Why it may go on').fill('The shop is closed today');
      await dialog().getByText("rung advance prod --reason 'The shop is closed today'").waitFor();
      await dialog().getByRole('button', { name: 'Go on to Promoting' }).click();
      await text(/Bo promoted it on thin evidence/).waitFor();
      await text(/The shop is closed today/).waitFor();
    });

    it('acts as a member, and the page says that Rung does not check', async () => {
      await show('/projects/waiting');
      await shown.page.getByRole('button', { name: /engineering lead/ }).click();
      await shown.page.getByRole('menuitemradio', { name: /bo@example.org/ }).click();
      await text('Rung does not check who you are on a laptop').waitFor();
      await text('Acting as Bo.').first().waitFor();
    });

    it('finds an environment by the keyboard alone', async () => {
      await show('/projects/waiting');
      await text('dev').waitFor();
      await shown.page.keyboard.press('Control+k');
      await shown.page.getByRole('combobox').fill('stag');
      await shown.page.getByRole('option', { name: /^staging/ }).waitFor();
      await shown.page.getByRole('combobox').fill('environment staging');
      await shown.page.keyboard.press('Enter');
      await shown.page.waitForURL('**/environments/staging');
    });

    it('gets back to where the keyboard was when a dialog is closed', async () => {
      await show('/projects/canary');
      await button('Pause…').focus();
      await shown.page.keyboard.press('Enter');
      await dialog().waitFor();
      await shown.page.keyboard.press('Escape');
      await dialog().waitFor({ state: 'detached' });
      expect(await shown.page.evaluate('document.activeElement.textContent')).toBe('Pause…');
    });
  });

  describe('the live page', () => {
    it('shows an event and what it changed as it happens', async () => {
      await show('/projects/waiting');
      await text('Your approval is asked for').waitFor();
      const { stage } = shown.server;
      const said = event(systemClock.now(), 0, 'Bo withdrew 1.3.0 for prod', { position: 1001 });
      stage.change('waiting', {
        asked: [],
        recent: [said, ...stage.board('waiting').recent],
        position: 1001,
      });
      stage.say('waiting', said);
      await text('Bo withdrew 1.3.0 for prod').waitFor();
      await text('Your approval is asked for').waitFor({ state: 'detached' });
    });

    it('shows that an agent fell silent, and that a service is down, as it happens', async () => {
      await show('/projects/waiting');
      const test = shown.page.getByRole('article', { name: 'test' });
      await test.getByText('Healthy').waitFor();
      const { stage } = shown.server;
      const now = systemClock.now();
      const say = (message: string, kind: string, position: number, change: object) => {
        const said = event(now, 0, message, { position, kind, environment: 'test' });
        const environments = stage
          .board('waiting')
          .environments.map((one) => (one.name === 'test' ? Object.assign({}, one, change) : one));
        stage.change('waiting', { environments, position });
        stage.say('waiting', said);
      };
      say('test is down', 'environment.observed', 1001, { health: 'down' });
      await test.getByText('Down').waitFor();
      say('The agent of test is silent', 'agent.silent', 1002, {
        agent: { lastHeardAt: now - 26_000, silent: true },
      });
      await test.getByText(/Agent silent; last heard/).waitFor();
    });

    it('moves the curves with new figures, and reads nothing again', async () => {
      await show('/projects/canary');
      await shown.page.locator('.curve canvas').first().waitFor();
      let reads = 0;
      shown.page.on('request', (request) => {
        if (new URL(request.url()).pathname.endsWith('/board')) reads += 1;
      });
      const [rollout] = shown.server.stage.board('canary').rollouts;
      if (rollout === undefined) throw new Error('the scene has no rollout');
      const curve = [...rollout.curve, pointOf(systemClock.now(), 40, 0.123)];
      shown.server.stage.figures('canary', { ...rollout, wantedPercent: 25, effectivePercent: 25, curve });
      await shown.page.getByRole('img', { name: /^25 % of the requests go to 1.3.0/ }).waitFor();
      expect(reads).toBe(0);
    });

    it('says at once that the connection is lost and how old is what is seen, and comes back by itself', async () => {
      await show('/projects/canary');
      await text('1.3.0 into prod').waitFor();
      shown.server.stage.setReachable(false);
      await text('Connection lost.').waitFor();
      await text(/What you see is/).waitFor();
      shown.server.stage.setReachable(true);
      await text('Connection lost.').waitFor({ state: 'detached' });
    });

    it('says to somebody who is signed out how to get a new link', async () => {
      shown.server.stage.setSignedIn(false);
      await show('/projects/canary');
      await text('rung open').waitFor();
    });
  });

  it('keeps to its own content security policy, on every page', async () => {
    const addresses = [
      '',
      '/releases',
      '/releases/1.2.0',
      '/environments',
      '/environments/prod',
      '/promotions/promotion-1',
      '/rollouts/rollout-1',
      '/log',
    ];
    await show('/projects/canary');
    for (const address of addresses) {
      await shown.page.goto(`${shown.server.url}/projects/canary${address}`);
      await shown.page.locator('main h1').first().waitFor({ state: 'attached' });
    }
    expect(shown.complaints).toEqual([]);
  });
});
