import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { oneJourney } from '../../kit/journey.ts';
import { launchChromium } from '../chromium.ts';
import { inChromium } from '../in-chromium.ts';
import { Person } from './driven-person.ts';
import { DrivenProject } from './driven-project.ts';

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
  ],
} as const;

const junit = '<testsuite name="access"><testcase name="grants"/></testsuite>';
const lcov = 'SF:services/serve.js\nDA:1,1\nDA:2,0\nend_of_record\n';
const sarif = '{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"scanner"}},"results":[]}]}';

const goLive = [
  'Performance testing complete, if applicable',
  'Security review complete',
  'On-call engineer assigned',
  'Stakeholders notified of the maintenance window',
  'DR verification complete',
];

inChromium('the runbook’s project, driven by the page alone', () => {
  const stage = oneJourney();
  let project: DrivenProject;
  let browser: Browser;
  let person: Person;

  beforeAll(async () => {
    project = await DrivenProject.start('access', tempo);
    browser = await launchChromium();
    person = await Person.sitsDown(browser, 'access');
  }, 180_000);

  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await person.looksAt('where it ended');
  });

  afterAll(async () => {
    await browser?.close();
    await project?.[Symbol.asyncDispose]();
  }, 120_000);

  /** CI, the forge and the tracker after their runs. */
  async function post(version: string): Promise<void> {
    const { posts } = project;
    await posts.file(version, { fileName: 'junit.xml', text: junit, name: 'unit' });
    await posts.file(version, {
      fileName: 'junit.xml',
      text: junit,
      name: 'integration',
      environment: 'dev',
    });
    await posts.file(version, { fileName: 'lcov.info', text: lcov });
    await posts.review(version, 'bo');
    await posts.bugs(version, 0);
  }

  async function seesClosed(titles: readonly string[]): Promise<void> {
    for (const title of titles) {
      await person.seesGate(title, 'Missing');
      expect(await person.readsWayOut(title), title).toMatch(/rung /);
    }
  }

  async function seesOpen(titles: readonly string[]): Promise<void> {
    for (const title of titles) await person.seesGate(title, 'Open');
  }

  /** Written by one person, read by another. */
  async function planRollback(version: string): Promise<void> {
    await person.hands.actAs('flo');
    const form = await person.answers('Rollback plan', 'Read or write it…');
    await form.getByLabel('Steps').fill('Roll back prod, then look at the grants');
    await form.getByLabel(/can still read the data/).check();
    await person.looksAt('rollback plan');
    await person.hands.confirm('Write it down');
    await person
      .gate('Rollback plan')
      .getByText(/nobody else has read it/)
      .waitFor();
    await person.answers('Rollback plan', 'Read or write it…');
    await person.hands.dialog().getByText('You wrote it: somebody else has to read it').waitFor();
    await person.hands.button('Leave it').click();
    await person.hands.actAs('bo');
    await person.answers('Rollback plan', 'Read or write it…');
    await person.hands.dialog().getByText('look at the grants').waitFor();
    await person.looksAt('rollback plan read');
    await person.hands.confirm('I have read it');
    await person.hands.text(`You read the rollback plan of ${version}.`).waitFor();
    await person.seesGate('Rollback plan', 'Open');
  }

  async function tickOff(title: string, items: readonly string[]): Promise<void> {
    const form = await person.answers(title, 'Tick off…');
    for (const item of items) await form.getByLabel(item, { exact: true }).check();
    await person.looksAt(title);
    await person.hands.confirm(/^Say so of/);
    await person.seesGate(title, 'Open');
  }

  /** Asked for by one person, and approved by another who saw exactly that. */
  async function changeInto(to: string, version: string, id: string): Promise<void> {
    await person.hands.actAs('flo');
    const form = await person.answers('Change request', 'Ask for a change…');
    await form.getByLabel('Testing').fill('Smoke tests');
    await form.getByLabel('Communication').fill('#deployments');
    await person.looksAt('change request', 'in every look');
    await person.hands.confirm('Ask for the change');
    await person.gate('Change request').getByText(`${id} is not approved yet`).waitFor();
    await person.hands.actAs('gus');
    await person.gate('Change request').getByRole('link', { name: id }).click();
    await person.hands.button('Approve…').click();
    await person.looksAt('change request approve');
    await person.hands.confirm(`Approve ${id}`);
    await person.hands.text('Counts').waitFor();
    await person.looksAt('change request approved');
    await person.hands.text(`${version} into ${to}`).waitFor();
    await person.opensWay('sit', to);
    await person.seesGate('Change request', 'Open');
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
    await post('1.0.0');
    await project.posts.alarm('dev', 'resolved');
    await seesOpen(['Tests', 'Review', 'Blocking bugs', 'Alarms']);
    await person.seesGate('Coverage', 'Closed');
    await person.gate('Coverage').getByText(/50 %/).first().waitFor();
    await person.looksAt('posted');
  });

  stage('takes from people what only they can say, in their own names (REL-4)', async () => {
    await person.answers('Security scan', 'Hand over a file…');
    await person.handsOver('scan.sarif', sarif);
    await person.seesGate('Security scan', 'Open');
    await planRollback('1.0.0');
    await person.hands.actAs('flo');
    await tickOff('Checklist ready-for-sit', ['QA team notified', 'Release notes drafted']);
  });

  stage('lets a gate pass for a reason, and by those alone who may (REL-2)', async () => {
    await person.hands.button('Waive coverage of 1.0.0 for sit').click();
    await person.hands.dialog().getByLabel('Why it may pass').fill('The rest is generated');
    await person.hands.dialog().getByRole('button', { name: 'Waive coverage' }).click();
    await person.hands
      .dialog()
      .getByText(/Ask somebody who is engineering-lead/)
      .waitFor();
    await person.looksAt('waive refused');
    await person.hands.button('Leave it').click();
    await person.hands.actAs('ada');
    await person.hands.button('Waive coverage of 1.0.0 for sit').click();
    await person.hands.dialog().getByLabel('Why it may pass').fill('The rest is generated');
    await person.hands.confirm('Waive coverage');
    await person.seesGate('Coverage', 'Waived');
    await seesOpen(['Soak', 'Stability']);
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
    await person.answers('Tests', 'Hand over a file…');
    await person.hands.dialog().getByLabel('Name').fill('sit');
    await person.handsOver('sit-final-tests.xml', junit);
    await person.hands.actAs('cy');
    await person.answers('Validation', 'Validate sit…');
    await person.hands.confirm('Validate 1.0.0');
    const form = await person.answers('User acceptance', 'Sign off…');
    await form.getByLabel('What was tried, scenario 1').fill('Grant a right');
    await form.getByLabel('Who tried it').fill('eve@example.org');
    await form.getByLabel(/^Accept/).check();
    await person.looksAt('sign off');
    await person.hands.confirm('Accept 1.0.0');
    await tickOff('Checklist go-live', goLive);
    await seesOpen(['Tests', 'Validation', 'User acceptance', 'Alarms']);
  });

  stage('takes a change request from one person and its approval from another (REL-7)', async () => {
    await changeInto('prod', '1.0.0', 'CHG-0001');
  });

  stage('is asked for by one person, approved by two others, and goes in (REL-3)', async () => {
    await person.hands.actAs('bo');
    await person.promotes('1.0.0', 'prod');
    await person.seesBoard();
    await person.looksAt('asked for prod');
    await person.approves('ada', '1.0.0', 'prod');
    await person.approves('dee', '1.0.0', 'prod');
    await person.seesRunning('1.0.0', 'prod');
    await person.looksAt('in prod', 'in every look');
  });

  stage('closes the change request by itself, with its real times (REL-7)', async () => {
    await person.page.getByRole('link', { name: 'Releases', exact: true }).click();
    await person.page.getByRole('link', { name: '1.0.0', exact: true }).click();
    await person.page.getByRole('link', { name: /CHG-0001/ }).click();
    await person.page
      .getByText(/^Closed/)
      .first()
      .waitFor();
    await person.looksAt('change closed', 'in every look');
  });
});
