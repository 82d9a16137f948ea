import type { Person } from './driven-person.ts';
import type { OutsidePosts } from './driven-posts.ts';

const junit = '<testsuite name="access"><testcase name="grants"/></testsuite>';
const sarif = '{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"scanner"}},"results":[]}]}';

const goLive = [
  'Performance testing complete, if applicable',
  'Security review complete',
  'On-call engineer assigned',
  'Stakeholders notified of the maintenance window',
  'DR verification complete',
];

/** What the people of the runbook do for a release at its gates, each in their own name; the way is open before them. */
export class Runbook {
  readonly #person: Person;
  readonly #posts: OutsidePosts;

  constructor(person: Person, posts: OutsidePosts) {
    this.#person = person;
    this.#posts = posts;
  }

  /** CI, the forge and the tracker after their runs; `covered` of two lines are. */
  async isPosted(version: string, covered: 1 | 2): Promise<void> {
    const ran = { fileName: 'junit.xml', text: junit };
    const lcov = `SF:services/serve.js\nDA:1,1\nDA:2,${covered - 1}\nend_of_record\n`;
    await this.#posts.file(version, { ...ran, name: 'unit' });
    await this.#posts.file(version, { ...ran, name: 'integration', environment: 'dev' });
    await this.#posts.file(version, { fileName: 'lcov.info', text: lcov });
    await this.#posts.review(version, 'bo');
    await this.#posts.bugs(version, 0);
  }

  async scan(): Promise<void> {
    await this.#person.answers('Security scan', 'Hand over a file…');
    await this.#person.handsOver('scan.sarif', sarif);
    await this.#person.seesGate('Security scan', 'Open');
  }

  /** Written by one person, who cannot read it for another, and read by another. */
  async rollbackPlan(version: string): Promise<void> {
    const person = this.#person;
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

  readyForSit(): Promise<void> {
    return this.#tickOff('flo', 'Checklist ready-for-sit', ['QA team notified', 'Release notes drafted']);
  }

  goLive(): Promise<void> {
    return this.#tickOff('flo', 'Checklist go-live', goLive);
  }

  async #tickOff(member: string, title: string, items: readonly string[]): Promise<void> {
    await this.#person.hands.actAs(member);
    const form = await this.#person.answers(title, 'Tick off…');
    for (const item of items) await form.getByLabel(item, { exact: true }).check();
    await this.#person.looksAt(title);
    await this.#person.hands.confirm(/^Say so of/);
    await this.#person.seesGate(title, 'Open');
  }

  /** What ran in sit, the operator's word, and that of the users. */
  async signsOff(version: string): Promise<void> {
    const person = this.#person;
    await person.answers('Tests', 'Hand over a file…');
    await person.hands.dialog().getByLabel('Name').fill('sit');
    await person.handsOver('sit-final-tests.xml', junit);
    await person.hands.actAs('cy');
    await person.answers('Validation', 'Validate sit…');
    await person.hands.confirm(`Validate ${version}`);
    const form = await person.answers('User acceptance', 'Sign off…');
    await form.getByLabel('What was tried, scenario 1').fill('Grant a right');
    await form.getByLabel('Who tried it').fill('eve@example.org');
    await form.getByLabel(/^Accept/).check();
    await person.looksAt('sign off');
    await person.hands.confirm(`Accept ${version}`);
    for (const title of ['Tests', 'Validation', 'User acceptance']) await person.seesGate(title, 'Open');
  }

  /** Shows as waived for ever, with the reason. */
  async waives(gate: string, version: string, to: string, reason: string): Promise<void> {
    const person = this.#person;
    await person.hands.actAs('ada');
    await person.hands.button(`Waive ${gate} of ${version} for ${to}`).click();
    await person.hands.dialog().getByLabel('Why it may pass').fill(reason);
    await person.looksAt(`waive ${gate}`);
    await person.hands.confirm(`Waive ${gate}`);
    await person.hands.text(reason).waitFor();
  }

  /** Asked for by one person, and approved by another who saw exactly that. */
  async change(id: string): Promise<void> {
    const person = this.#person;
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
    await person.opensWay('sit', 'prod');
    await person.seesGate('Change request', 'Open');
  }

  /** Asked for by one person, and approved by two with two roles between them. */
  async goesIn(version: string): Promise<void> {
    const person = this.#person;
    await person.hands.actAs('bo');
    await person.promotes(version, 'prod');
    await person.seesBoard();
    await person.looksAt('asked for prod');
    await person.approves('ada', version, 'prod');
    await person.approves('dee', version, 'prod');
  }
}
