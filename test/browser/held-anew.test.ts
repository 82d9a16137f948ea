import { expect, it } from 'vitest';
import { inChromium } from './in-chromium.ts';
import { madeUpPage } from './made-up-page.ts';

inChromium('a rollout that is held while somebody writes why it may go on', () => {
  const shown = madeUpPage({ viewport: { width: 1360, height: 900 } });
  const dialog = () => shown.page.getByRole('dialog');

  /** What is held, and since when. */
  function held() {
    const [rollout] = shown.server.stage.board('judge-lost').rollouts;
    if (rollout?.state.phase !== 'held') throw new Error('it is held in this scene');
    return { rollout, state: rollout.state };
  }

  it('is let go on as it is held, and told since when that was (REL-9)', async () => {
    await shown.show('/projects/judge-lost?act=resume&rollout=rollout-1');
    const { since } = held().state;
    await dialog().getByLabel('Why it may go on').fill('The agent is back');
    await dialog().getByRole('button', { name: 'Resume' }).click();
    await dialog().waitFor({ state: 'detached' });
    expect(shown.server.stage.asked.at(-1)).toMatchObject({
      path: '/api/v1/projects/judge-lost/rollouts/rollout-1/resume',
      body: { note: 'The agent is back', heldSince: since },
    });
  });

  it.each(['resume', 'advance'])(
    'is not let go on where it went on meanwhile, and was held again: %s (REL-9)',
    async (act) => {
      await shown.show(`/projects/judge-lost?act=${act}&rollout=rollout-1`);
      await dialog().getByLabel('Why it may go on').fill('The agent is back');
      const { rollout, state } = held();
      const again = { ...rollout, state: { ...state, since: state.since + 30_000 } };
      shown.server.stage.figures('judge-lost', again);
      await dialog().getByText('It was held once more since you opened this').first().waitFor();
      expect(await dialog().getByLabel('Why it may go on').inputValue()).toBe('The agent is back');
    },
  );
});
