import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { beyondTheWindow, complaintsOf, openContext } from '../chromium.ts';
import { type Hands, handsOn } from './hands.ts';

/** Two cores that many share are slow. */
const longMs = 30_000;

/** A picture after each step lies in this folder, where one is named. */
const pictures = process.env['RUNG_BROWSER_PICTURES'] ?? '';

const looks = [
  ['light', 1360],
  ['dark', 1360],
  ['dark', 390],
  ['light', 390],
] as const;

/** Somebody before the browser, who acts as each member in turn and has nothing but the page. */
export class Person {
  readonly page: Page;
  readonly hands: Hands;
  readonly complaints: readonly string[];
  readonly #story: string;
  #taken = 0;

  private constructor(page: Page, story: string) {
    this.page = page;
    this.hands = handsOn(page);
    this.complaints = complaintsOf(page);
    this.#story = story;
  }

  static async sitsDown(browser: Browser, story: string): Promise<Person> {
    const page = await (await openContext(browser)).newPage();
    page.setDefaultTimeout(longMs);
    return new Person(page, story);
  }

  /** Goes to the board, as one does from any page. */
  async seesBoard(): Promise<void> {
    await this.page.getByRole('link', { name: 'Board', exact: true }).click();
    await this.page.locator('.ladders').waitFor();
  }

  /** Opens the way between two rungs with all its gates, by what the board says of it. */
  async opensWay(from: string, to: string): Promise<void> {
    await this.seesBoard();
    await this.way(from, to)
      .getByRole('link', { name: /of \d+ gates? open/ })
      .click();
    await this.page.getByRole('heading', { name: 'Gates', exact: true }).waitFor();
  }

  way(from: string, to: string): Locator {
    return this.page.getByRole('group', { name: `From ${from} to ${to}` });
  }

  /** A version that runs in an environment, and is well there. */
  async seesRunning(version: string, environment: string): Promise<void> {
    const rung = this.hands.rung(environment);
    await rung.getByRole('link', { name: version, exact: true }).waitFor();
    await rung.getByText('Healthy').waitFor();
  }

  /** A gate of the way that is open, by its title. */
  gate(title: string): Locator {
    return this.page
      .locator('details.gate')
      .filter({ has: this.page.locator('summary b', { hasText: new RegExp(`^${title}$`) }) });
  }

  /** How a gate stands, once it stands so. */
  async seesGate(title: string, state: 'Open' | 'Missing' | 'Closed' | 'Waits' | 'Waived'): Promise<void> {
    await this.gate(title).locator('summary .state', { hasText: state }).waitFor();
  }

  /** What a closed gate asks for, in words. */
  async readsWayOut(title: string): Promise<string> {
    return (await this.gate(title).locator('.gate-way-out').innerText()).trim();
  }

  /** Presses the button of a gate, and has the form it opens. */
  async answers(title: string, button: string): Promise<Locator> {
    await this.gate(title).getByRole('button', { name: button }).click();
    return this.hands.dialog();
  }

  /** Asks for what is open on this way; where time alone is missing still, it starts by itself. */
  async promotes(version: string, environment: string): Promise<void> {
    await this.page
      .getByRole('button', { name: new RegExp(`^(Promote to|Ask for it in) ${environment}…$`) })
      .click();
    await this.looksAt(`promote to ${environment}`);
    await this.hands.confirm(
      new RegExp(`^(Promote to ${environment}|Ask for ${version} in ${environment})$`),
    );
  }

  /** As the person named, reads on the board what is asked, and approves it. */
  async approves(member: string, version: string, environment: string): Promise<void> {
    await this.hands.actAs(member);
    await this.hands.button('Review and approve').click();
    await this.looksAt(`${member} approves`);
    await this.hands.confirm(`Approve ${version} for ${environment}`);
  }

  /** Chooses a file in the form that is open, and hands it over. */
  async handsOver(name: string, text: string): Promise<void> {
    const form = this.hands.dialog();
    await form
      .getByLabel('The file')
      .setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });
    await this.hands.confirm(`Hand over ${name}`);
  }

  /** A picture of the page as it is now; in every look where `looks` is said. */
  async looksAt(what: string, how?: 'in every look'): Promise<void> {
    if (pictures === '') return;
    await mkdir(pictures, { recursive: true });
    this.#taken += 1;
    const number = String(this.#taken).padStart(2, '0');
    const sizes = how === undefined ? looks.slice(0, 1) : looks;
    for (const [colorScheme, width] of sizes) {
      await this.page.emulateMedia({ colorScheme });
      await this.page.setViewportSize({ width, height: 900 });
      const look = how === undefined ? '' : `-${colorScheme}-${width}`;
      const path = join(pictures, `${this.#story}-${number}-${what.replaceAll(/\W+/g, '-')}${look}.png`);
      await this.page.screenshot({ path, fullPage: true });
      const beyond = await beyondTheWindow(this.page);
      if (beyond > 0) throw new Error(`${what}: ${beyond} px beside the window of ${width}`);
    }
    await this.page.emulateMedia({ colorScheme: 'light' });
    await this.page.setViewportSize({ width: 1360, height: 900 });
  }
}
