import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { oneJourney } from '../../kit/journey.ts';
import { launchChromium } from '../chromium.ts';
import { inChromium } from '../in-chromium.ts';
import { Person } from './driven-person.ts';
import { DrivenProject } from './driven-project.ts';
import { Runbook } from './driven-runbook.ts';

/**
 * The runbook's project from its first commit to production by the page alone: developers push, programs post, and all
 * that a person does is a click or a key. With RUNG_BROWSER_PICTURES each step leaves a picture in that folder.
 */
const tempo = {
  file: 'rung.fast.yaml',
  instead: [
    // Long enough to be seen while it lasts.
    [/soak: \w+/g, 'soak: 15s'],
    [/percent: 10, for: \w+/, 'percent: 10, for: 8s'],
    [/lease: \w+/, 'lease: 20s'],
    // A machine that many share is slow at times, which is another story.
    [/> 3x baseline/, '> 50x baseline'],
    // Longer than this test: seconds prove nothing, and somebody answers for what is let in earlier.
    [/stability: \{ for: \w+/g, 'stability: { for: 10m'],
  ],
} as const;

inChromium('the runbook’s project, driven by the page alone', () => {
  const stage = oneJourney();
  let project: DrivenProject;
  let browser: Browser;
  let person: Person;
  let runbook: Runbook;

  beforeAll(async () => {
    project = await DrivenProject.start('access', tempo);
    browser = await launchChromium();
    person = await Person.sitsDown(browser, 'access');
    runbook = new Runbook(person, project.posts);
  }, 180_000);

  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await person.looksAt('where it ended');
  });

  afterAll(async () => {
    await browser?.close();
    await project?.[Symbol.asyncDispose]();
  }, 120_000);

  async function seesClosed(titles: readonly string[]): Promise<void> {
    for (const title of titles) {
      await person.seesGate(title, 'Missing');
      expect(await person.readsWayOut(title), title).toMatch(/rung /);
    }
  }

  async function seesOpen(titles: readonly string[]): Promise<void> {
    for (const title of titles) await person.seesGate(title, 'Open');
  }

  /** A change request, by way of the page of its release. */
  async function opensChange(version: string, id: string): Promise<void> {
    await person.page.getByRole('link', { name: 'Releases', exact: true }).click();
    await person.page.getByRole('heading', { level: 1, name: 'Releases' }).waitFor();
    await person.page.getByRole('link', { name: version, exact: true }).first().click();
    await person.page.getByRole('link', { name: id }).click();
    await person.page.getByRole('heading', { level: 1, name: `${id}: ${version} into prod` }).waitFor();
    await person.hands.text(/^Closed/).waitFor();
  }

  stage('begins with an empty ladder that says what to push', async () => {
    await person.page.goto(await project.link());
    await person.hands.text(/git push rung HEAD:develop/).waitFor();
    await person.looksAt('empty');
  });

  stage('has a first commit in dev by itself, and a release branch that asks for sit (REL-1)', async () => {
    await project.push('feat: begin', 'develop');
    await person.seesRunning('1.0.0', 'dev');
    await project.pushTo('release/v1.0.0');
    await person
      .way('dev', 'sit')
      .getByText(/waits for a person/)
      .waitFor();
    await person.looksAt('asked for sit', 'in every look');
  });

  stage('says of each gate into sit that it is closed, and how it opens (REL-2)', async () => {
    await person.opensWay('dev', 'sit');
    await person.seesGate('Soak', 'Waits');
    await person.seesGate('Stability', 'Waits');
    await seesClosed(['Tests', 'Coverage', 'Review', 'Security scan', 'Alarms', 'Blocking bugs']);
    await seesClosed(['Rollback plan', 'Checklist ready-for-sit']);
    await person.looksAt('way to sit', 'in every look');
  });

  stage('opens what programs answer for as soon as they post it', async () => {
    await runbook.isPosted('1.0.0', 1);
    await project.posts.alarm('dev', 'resolved');
    await seesOpen(['Tests', 'Review', 'Blocking bugs', 'Alarms']);
    await person.seesGate('Coverage', 'Closed');
    await person.gate('Coverage').getByText(/50 %/).first().waitFor();
    await person.looksAt('posted');
  });

  stage('takes from people what only they can say, in their own names (REL-4)', async () => {
    await runbook.scan();
    await runbook.rollbackPlan('1.0.0');
    await runbook.readyForSit();
  });

  stage('lets a gate pass for a reason, and by those alone who may (REL-2)', async () => {
    const waive = person.hands.button('Waive coverage of 1.0.0 for sit');
    expect(await waive.getAttribute('aria-disabled')).toBe('true');
    await person.gate('Coverage').getByText('Not yours: ask Ada (engineering lead)').waitFor();
    await person.looksAt('not yours to waive');
    await runbook.waives('coverage', '1.0.0', 'sit', 'The rest is generated');
    await person.seesGate('Coverage', 'Waived');
    await runbook.waives('stability', '1.0.0', 'sit', 'Seconds prove nothing');
    await seesOpen(['Soak']);
    await person.looksAt('all open', 'in every look');
  });

  stage('promotes to sit by a click what the merge has asked for', async () => {
    await person.hands.actAs('bo');
    await person.promotes('1.0.0', 'sit');
    await person.seesBoard();
    await person.seesRunning('1.0.0', 'sit');
    await person.looksAt('in sit');
  });

  stage('says of each gate into prod that it is closed, and how it opens (REL-2)', async () => {
    await person.opensWay('sit', 'prod');
    await person.seesGate('Soak', 'Waits');
    await person.gate('Tests').getByText(/sit/).first().waitFor();
    await seesClosed([
      'Tests',
      'Alarms',
      'Validation',
      'User acceptance',
      'Change request',
      'Checklist go-live',
    ]);
    await seesOpen(['Review', 'Security scan', 'Smoke tests', 'Rollback plan']);
    await person.looksAt('way to prod', 'in every look');
  });

  stage('takes the file of the last tests, a validation, a sign-off and a checklist (REL-4)', async () => {
    await project.posts.alarm('sit', 'resolved');
    await runbook.signsOff('1.0.0');
    await runbook.goLive();
    await person.seesGate('Stability', 'Waits');
    await runbook.waives('stability', '1.0.0', 'prod', 'Nobody uses it yet');
    await seesOpen(['Alarms']);
  });

  stage('takes a change request from one person and its approval from another (REL-7)', async () => {
    await runbook.change('CHG-0001');
  });

  stage('is asked for by one person, approved by two others, and goes in (REL-3)', async () => {
    await runbook.goesIn('1.0.0');
    await person.seesRunning('1.0.0', 'prod');
    await person.looksAt('in prod', 'in every look');
  });

  stage('closes the change request by itself, with its real times (REL-7)', async () => {
    await opensChange('1.0.0', 'CHG-0001');
    await person.hands.text(/stability.*waived|waived.*stability/i).waitFor();
    await person.looksAt('change closed', 'in every look');
  });

  stage('takes another release the same way to sit, where every gate is closed anew (REL-2)', async () => {
    await person.seesBoard();
    await project.push('feat: err now and then', 'develop', {
      'services/answers.json': '{ "version": "1.1.0", "errorsInAHundred": 30, "slowByMs": 0 }\n',
    });
    await person.seesRunning('1.1.0', 'dev');
    await person.opensWay('dev', 'sit');
    await seesClosed(['Tests', 'Coverage', 'Review', 'Security scan', 'Blocking bugs', 'Rollback plan']);
    await runbook.isPosted('1.1.0', 2);
    await runbook.scan();
    await runbook.rollbackPlan('1.1.0');
    await runbook.readyForSit();
    await person.looksAt('second way to sit');
    await runbook.waives('stability', '1.1.0', 'sit', 'It is said to be the probes');
    await seesOpen(['Tests', 'Coverage', 'Soak']);
    await person.promotes('1.1.0', 'sit');
    await person.seesBoard();
    await person.seesRunning('1.1.0', 'sit');
  });

  stage('promotes into prod what a merge into main has asked for (REL-1)', async () => {
    await project.pushTo('main');
    await person
      .way('sit', 'prod')
      .getByText(/waits for a person/)
      .waitFor();
    await person.opensWay('sit', 'prod');
    await runbook.signsOff('1.1.0');
    await runbook.goLive();
    await runbook.waives('stability', '1.1.0', 'prod', 'The canary will tell');
    await runbook.change('CHG-0002');
    await runbook.goesIn('1.1.0');
  });

  stage('takes it back by itself when it errs, and says by what and what serves now (REL-9)', async () => {
    const outcome = person.page.getByRole('region', { name: 'How 1.1.0 into prod ended' });
    await outcome.getByText(/Taken back by itself/).waitFor();
    await outcome
      .getByText(/of \d+ requests failed/)
      .first()
      .waitFor();
    await person.seesRunning('1.0.0', 'prod');
    await person.looksAt('taken back', 'in every look');
    await opensChange('1.1.0', 'CHG-0002');
    await person.hands.text('What went otherwise').waitFor();
    await person.looksAt('change taken back', 'in every look');
  });

  stage('complains of nothing', () => {
    expect(person.complaints).toEqual([]);
  });
});
