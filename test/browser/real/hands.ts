import type { Locator, Page } from 'playwright-core';

/** What a person does at the board, by click and key alone. */
export interface Hands {
  rung(environment: string): Locator;
  dialog(): Locator;
  text(words: string | RegExp): Locator;
  button(name: string | RegExp): Locator;
  /** Acts as a member from the menu under the name. */
  actAs(member: string): Promise<void>;
  /** Opens what can be done with an environment, and takes one of it. */
  choose(environment: string, entry: RegExp): Promise<void>;
  /** Fills in the reason of the dialog that is open, presses its button, and waits until it is gone. */
  confirm(name: string | RegExp, reason?: string): Promise<void>;
  /** Reads what is asked, and approves it. */
  approve(version: string, environment: string): Promise<void>;
}

export function handsOn(page: Page): Hands {
  const dialog = (): Locator => page.getByRole('dialog');
  const button = (name: string | RegExp): Locator => page.getByRole('button', { name });
  const confirm = async (name: string | RegExp, reason?: string): Promise<void> => {
    if (reason !== undefined) await dialog().getByRole('textbox').first().fill(reason);
    await dialog()
      .getByRole('button', { name, exact: typeof name === 'string' })
      .click();
    await dialog().waitFor({ state: 'detached' });
  };
  return {
    dialog,
    button,
    confirm,
    rung: (environment) => page.getByRole('article', { name: environment, exact: true }),
    text: (words) => page.getByText(words).first(),
    actAs: async (member) => {
      await page.locator('.who').click();
      await page.getByRole('menuitemradio', { name: new RegExp(`${member}@example.org`) }).click();
      await page.locator('.who b', { hasText: new RegExp(member, 'i') }).waitFor();
    },
    choose: async (environment, entry) => {
      await button(`What can be done with ${environment}`).click();
      await page.getByRole('menuitem', { name: entry }).click();
    },
    approve: async (version, environment) => {
      await button('Review and approve').click();
      await confirm(`Approve ${version} for ${environment}`);
    },
  };
}
