import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { systemClock } from '../../../src/engine/clock.ts';
import { climbToStaging } from '../../../src/story/climb.ts';
import { oneJourney } from '../../kit/journey.ts';
import { launchChromium } from '../chromium.ts';
import { inChromium } from '../in-chromium.ts';
import { Person } from './driven-person.ts';
import { type LicenceCheck, startLicenceCheck } from './licence-check.ts';
import { type RealRung, startRealRung } from './rung.ts';

/**
 * What a person asks of others, and does against the rules in their own name, over a Rung that runs: prod is closed, a
 * program of the team's own says no, and two approvals are missing. One journey, each stage from where the last one ended.
 */
const dayMs = 24 * 3_600_000;
const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;

const closedBecause = /prod is open \w+ 03:00-03:05 UTC/;

/** The example, with a prod that is open for five minutes of a day that is far enough. */
const rules = (licenceCheck: string) => (projectFile: string) => {
  const day = weekdays[new Date(systemClock.now() + 3 * dayMs).getUTCDay()] ?? 'Sun';
  return projectFile
    .replace('purpose: What customers use', `$&\n    windows: ["${day} 03:00-03:05 UTC"]`)
    .replace(
      /- soak: 2s.*/,
      `- webhook: { name: licence-check, url: "${licenceCheck}", timeout: 10m }
        - checklist: { name: go-live, items: [Release notes sent] }
      waive: [engineering-lead]
      emergency: { from: [engineering-lead], second: [devops-lead] }`,
    );
};

inChromium('asking others, and exceptions from the rules, over a Rung that runs', () => {
  const stage = oneJourney();
  let licenceCheck: LicenceCheck;
  let rung: RealRung;
  let browser: Browser;
  let person: Person;

  beforeAll(async () => {
    licenceCheck = await startLicenceCheck();
    rung = await startRealRung({ canary: '4s', owner: 'ada@example.org', rules: rules(licenceCheck.url) });
    browser = await launchChromium();
    person = await Person.sitsDown(browser, 'asks');
    await climbToStaging(rung.stage, '1.0.0');
    await person.page.goto(await rung.link());
  }, 240_000);

  afterAll(async () => {
    await browser?.close();
    await rung?.[Symbol.asyncDispose]();
    licenceCheck?.[Symbol.dispose]();
  }, 120_000);

  const gate = (title: string): Locator => person.page.locator('details.gate', { hasText: title });
  const field = (label: RegExp): Locator => person.hands.dialog().getByLabel(label);

  stage('asks for what waits, and the program behind the webhook is asked by itself', async () => {
    const { hands } = person;
    await person.opensWay('staging', 'prod');
    await hands.button('Ask for it in prod…').click();
    await hands.confirm('Ask for 1.0.0 in prod');
    await gate('licence-check').getByText('licence-check says no: a licence that nobody knows').waitFor();
    await hands.text('It is asked for: see the promotion').waitFor();
  });

  stage('asks the webhook again once what it found is mended', async () => {
    licenceCheck.verdict = 'pass';
    await gate('licence-check').getByRole('button', { name: 'Ask again…' }).click();
    await person.hands.confirm('Ask licence-check again');
    await gate('licence-check').getByText('Open', { exact: true }).waitFor();
  });

  stage('waives a gate by whom the rules name alone, and shows so for ever (REL-2)', async () => {
    const { hands } = person;
    const waive = () => gate('Checklist go-live').getByRole('button', { name: /^Waive/ });
    await hands.actAs('cy');
    await gate('Checklist go-live').getByText('Not yours: ask Ada or Eli (engineering lead)').waitFor();
    expect(await waive().getAttribute('aria-disabled')).toBe('true');
    await hands.actAs('ada');
    await waive().click();
    await hands.confirm('Waive go-live', 'The notes follow tomorrow');
    await gate('Checklist go-live').getByText('Waived', { exact: true }).waitFor();
    await gate('Checklist go-live').getByText('“The notes follow tomorrow”').waitFor();
  });

  stage('opens a closed calendar for a while in one’s own name, and closes it again (REL-14)', async () => {
    const { hands, page } = person;
    await page.getByText(closedBecause).first().waitFor();
    await hands.button('Open prod for a while…').click();
    await field(/^Why/).fill('The price list of the sale');
    await hands.confirm('Open prod');
    await page.getByText(closedBecause).first().waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'Calendar', exact: true }).click();
    await page.getByRole('cell', { name: 'The price list of the sale' }).waitFor();
    await hands.button('End the exception of prod').click();
    await hands.confirm('End the exception', 'It is done');
    await page.getByRole('cell', { name: 'The price list of the sale' }).waitFor({ state: 'detached' });
  });

  stage('lets somebody stand in for an approver who is away, as one voice with them (REL-3)', async () => {
    const { hands, page } = person;
    await hands.actAs('bo');
    await page.locator('.who').click();
    await page.getByRole('menuitem', { name: 'Let somebody stand in for you…' }).click();
    await field(/^Who/).fill('eli@example.org');
    await field(/^Why/).fill('On holiday');
    await hands.confirm('Let Eli stand in');
    await page.locator('.who').click();
    await page.getByRole('menuitem', { name: 'Who stands in for whom' }).click();
    const now = page.getByRole('region', { name: 'Who stands in: now' });
    await now.getByText('On holiday').waitFor();
    await hands.actAs('cy');
    await now.getByText('Not yours: ask Bo or Eli').waitFor();
    await hands.actAs('eli');
    await now.getByRole('button', { name: 'End it…' }).click();
    await hands.confirm('End it', 'Back early');
    await hands.text('Nobody stands in for anybody').waitFor();
  });

  stage('asks those again whose approval is missing (REL-3)', async () => {
    const { hands, page } = person;
    await person.seesBoard();
    await person
      .way('staging', 'prod')
      .getByRole('link', { name: /missing|window|\+/ })
      .first()
      .click();
    await hands.button('Ask again…').first().click();
    await hands.confirm('Ask again');
    await page.getByText(/Eli asks again for 1\.0\.0 in prod/).waitFor();
  });

  stage(
    'asks for an emergency with all that it passes over, and says who can confirm it (REL-12)',
    async () => {
      const { hands, page } = person;
      await person.opensWay('staging', 'prod');
      await hands.actAs('cy');
      await page.getByText('Not yours: ask Ada or Eli (engineering lead)').first().waitFor();
      await hands.actAs('ada');
      await hands.button('Emergency…').click();
      await hands.dialog().getByText('2 approvals missing of 2 for prod').waitFor();
      await hands.dialog().getByText(closedBecause).waitFor();
      await hands
        .dialog()
        .getByText(/Confirmed by Bo \(devops lead\)/)
        .waitFor();
      await hands.confirm('Ask for the emergency in prod', 'Nobody can sign in');
      await person.seesBoard();
      await hands.text(/Ada asked for 1\.0\.0 in prod as an emergency: Nobody can sign in/).waitFor();
    },
  );

  stage('lets nobody confirm their own emergency by acting as somebody else', async () => {
    const { hands, page } = person;
    await hands.actAs('bo');
    expect(await hands.button('Review and confirm').count()).toBe(0);
    const { promotions } = await rung.stage.board();
    const emergency = Array.from(promotions).find((one) => one.emergency !== undefined)?.id ?? '';
    const { url, project } = rung.stage.props;
    await page.goto(`${url}/projects/${project}/promotions/${emergency}?act=approve&promotion=${emergency}`);
    await hands
      .dialog()
      .getByText(/whoever asked for it, as whomever they act, is no second person/)
      .first()
      .waitFor();
    await hands.dialog().getByRole('button', { name: 'Leave it' }).click();
    await hands.button('Withdraw…').click();
    await hands.confirm('Withdraw it');
    await page.getByText('Withdrawn', { exact: true }).waitFor();
    await person.seesBoard();
  });

  stage('shows an alarm with who posted it, until it is over', async () => {
    const { page } = person;
    const { props } = rung.stage;
    await props.cli('alarm', 'fire', 'disk-full', '--in', 'staging', '--summary', '97 % of /var');
    await person.hands.rung('staging').getByText('disk-full fires').waitFor();
    await person.hands.rung('staging').getByRole('link', { name: 'staging' }).click();
    const alarms = page.getByRole('region', { name: 'Alarms' });
    await alarms.getByText('posted by Ada').waitFor();
    await props.cli('alarm', 'resolve', 'disk-full', '--in', 'staging');
    await alarms.getByRole('heading', { name: 'No alarm fires' }).waitFor();
    await alarms.getByText('Over in the last eight days: 1').waitFor();
  });

  stage('complains of nothing on the way', () => {
    expect(person.complaints).toEqual([]);
  });
});
