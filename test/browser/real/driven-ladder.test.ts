import { join } from 'node:path';
import { readFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { systemClock } from '../../../src/engine/clock.ts';
import { type Shoppers, sendShoppers } from '../../../src/story/shoppers.ts';
import { oneJourney } from '../../kit/journey.ts';
import { launchChromium } from '../chromium.ts';
import { inChromium } from '../in-chromium.ts';
import { Person } from './driven-person.ts';
import { DrivenProject } from './driven-project.ts';

/**
 * The first example from its first commit to production by the page alone, with a commit that would weaken production
 * on the way. With RUNG_BROWSER_PICTURES each step leaves a picture in that folder.
 */
const tempo = {
  file: 'rung.yaml',
  instead: [
    // Long enough to be seen while it lasts.
    [/soak: \w+/, 'soak: 10s'],
    [/percent: 10, for: \w+/, 'percent: 10, for: 8s'],
    [/watch: \w+/, 'watch: 8s'],
    [/lease: \w+/, 'lease: 20s'],
    // A machine that many share is slow at times, which is another story.
    [/> 3x baseline/, '> 50x baseline'],
  ],
} as const;

/** Enough that 10 % of it are evidence within seconds. */
const requestsPerSecond = 120;

inChromium('the first example, driven by the page alone', () => {
  const stage = oneJourney();
  const customers: Shoppers[] = [];
  let project: DrivenProject;
  let browser: Browser;
  let person: Person;

  beforeAll(async () => {
    project = await DrivenProject.start('ladder', tempo);
    browser = await launchChromium();
    person = await Person.sitsDown(browser, 'ladder');
  }, 180_000);

  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await person.looksAt('where it ended');
  });

  afterAll(async () => {
    for (const one of customers) one[Symbol.dispose]();
    await browser?.close();
    await project?.[Symbol.asyncDispose]();
  }, 120_000);

  /** What a developer changes for a version of the example's story. */
  async function change(version: string): Promise<Record<string, string>> {
    const part = join(import.meta.dirname, '../../../examples/ladder/story', version, 'files');
    const names = [
      'services/orders/version.json',
      'services/orders/checkout.js',
      'services/web/version.json',
    ];
    const texts = await Promise.all(names.map((name) => readFile(join(part, name), 'utf8')));
    return Object.fromEntries(names.map((name, index) => [name, texts[index] ?? '']));
  }

  async function weakerRules(): Promise<Record<string, string>> {
    const text = await project.read('rung.yaml');
    return { 'rung.yaml': text.replace('count: 2', 'count: 1').replace(/\n *distinct-roles: 2/, '') };
  }

  /** From staging to where prod waits for two people. */
  async function asksForProd(version: string): Promise<void> {
    await person.hands.actAs('ada');
    await person.opensWay('test', 'staging');
    await person.promotes(version, 'staging');
    await person.seesBoard();
    await person.seesRunning(version, 'staging');
    await person.opensWay('staging', 'prod');
    await person.seesGate('Validation', 'Missing');
    expect(await person.readsWayOut('Validation')).toMatch(/rung validate staging/);
    await person.seesGate('Soak', 'Waits');
    await person.seesGate('Smoke tests', 'Open');
    await person.looksAt(`gates of ${version} into prod`);
    await person.hands.actAs('eli');
    await person.answers('Validation', 'Validate staging…');
    await person.hands.confirm(`Validate ${version}`);
    await person.seesGate('Validation', 'Open');
    await person.hands.actAs('ada');
    await person.promotes(version, 'prod');
    await person.seesGate('Soak', 'Open');
    await person.seesBoard();
    await person.way('staging', 'prod').getByText('2 approvals missing').waitFor();
  }

  /** Opens the page of an environment from its card. */
  async function opensEnvironment(name: string): Promise<void> {
    await person.seesBoard();
    await person.hands.rung(name).getByRole('heading').getByRole('link').click();
    await person.hands.text('What ran here').waitFor();
  }

  stage('has a first commit climb from dev to test by itself (REL-1)', async () => {
    await person.page.goto(await project.link());
    await person.hands.text(/git push rung HEAD:develop/).waitFor();
    await project.push('feat: begin', 'develop');
    await person.seesRunning('1.0.0', 'test');
    await person.looksAt('in test', 'in every look');
  });

  stage(
    'promotes to staging and to prod by clicks, with each gate seen closed and open (REL-2, REL-3)',
    async () => {
      await asksForProd('1.0.0');
      await person.looksAt('asked for prod', 'in every look');
      await person.approves('bo', '1.0.0', 'prod');
      await person.approves('cy', '1.0.0', 'prod');
      await person.seesRunning('1.0.0', 'prod');
      for (const [service, path] of [
        ['web', '/version'],
        ['orders', '/checkout'],
      ] as const) {
        const url = await person.hands.rung('prod').getByRole('link', { name: service }).getAttribute('href');
        customers.push(sendShoppers(`${url}${path}`, requestsPerSecond, systemClock));
      }
    },
  );

  stage('shows a commit that weakens prod as a plan, on the board and word by word (INF-7)', async () => {
    await project.push('feat(orders): cheaper by the dozen', 'develop', {
      ...(await change('1.1.0')),
      ...(await weakerRules()),
    });
    await person.hands
      .rung('prod')
      .getByRole('link', { name: 'Weaker rules wait for 2 approvals' })
      .waitFor();
    await person.looksAt('weaker rules on the board', 'in every look');
    const asked = person.page.getByRole('region', { name: 'Asked of you' });
    await asked.getByText(/approvals 2 → 1/).waitFor();
    await asked.getByRole('link', { name: 'Look at them' }).click();
    await person.hands.text('A merge into develop brought them').waitFor();
    await person.hands.text('approvals 2 → 1').waitFor();
    await person.looksAt('weaker rules', 'in every look');
  });

  stage('lets nobody agree to weaker rules who wrote them, and an approver refuse them (INF-7)', async () => {
    await person.hands.actAs('ada');
    const agree = person.hands.button('Agree to weaker rules…');
    expect(await agree.getAttribute('aria-disabled')).toBe('true');
    await person.hands.actAs('cy');
    await person.hands.button('Refuse…').click();
    await person.hands.dialog().getByLabel('Why').fill('Two people have to look at it');
    await person.looksAt('refuse weaker rules');
    await person.hands.confirm('Refuse them');
    await person.hands.text(/^Weaker rules wait/).waitFor({ state: 'detached' });
  });

  stage('still asks for two, who approve what comes next (REL-3)', async () => {
    await person.seesBoard();
    await person.seesRunning('1.1.0', 'test');
    await asksForProd('1.1.0');
    await person.approves('bo', '1.1.0', 'prod');
    await person.approves('eli', '1.1.0', 'prod');
  });

  stage('shows the canary take its share of real traffic, and then all of it (REL-8)', async () => {
    await person.page.getByRole('img', { name: /^10 % of the requests go to 1\.1\.0/ }).waitFor();
    await person.page.locator('.curve canvas').first().waitFor();
    await person.looksAt('canary', 'in every look');
    await person.hands.rung('prod').getByText(/Watch/).waitFor();
    await person.looksAt('watching');
    await person.seesRunning('1.1.0', 'prod');
    await person.looksAt('through');
  });

  stage('agrees to weaker rules when two approvers say so (INF-7)', async () => {
    const text = await project.read('rung.yaml');
    await project.push('chore: say it again', 'develop', { 'rung.yaml': `${text}# asked again\n` });
    for (const [member, left] of [
      ['bo', '1 approval'],
      ['cy', null],
    ] as const) {
      await opensEnvironment('prod');
      await person.hands.actAs(member);
      await person.hands.button('Agree to weaker rules…').click();
      await person.looksAt(`${member} agrees`);
      await person.hands.confirm('Agree to weaker rules for prod');
      if (left === null) await person.hands.text(/^Weaker rules wait/).waitFor({ state: 'detached' });
      else await person.hands.text(`Weaker rules wait for ${left} of 2`).waitFor();
    }
    await person.looksAt('weaker rules in force');
  });

  stage('goes back by hand with a reason, and says so (REL-10)', async () => {
    await person.seesBoard();
    await person.hands.choose('prod', /^Roll back to 1\.0\.0/);
    await person.hands.dialog().getByLabel('Why').fill('Customers report wrong totals');
    await person.hands.dialog().getByRole('cell', { name: '1.0.0' }).first().waitFor();
    await person.looksAt('roll back', 'in every look');
    await person.hands.confirm('Roll back to 1.0.0');
    await person.seesRunning('1.0.0', 'prod');
    await person.hands.text(/Customers report wrong totals/).waitFor();
    await person.looksAt('back', 'in every look');
  });

  stage('complains of nothing', () => {
    expect(person.complaints).toEqual([]);
  });
});
