import { describe, expect, it } from 'vitest';
import { board, environment, plainLook, promotion, rollout } from '../../../test/cli/sample.ts';
import { elsewhereLines, restLines } from './board-page.ts';

const text = (lines: readonly string[]): string => `\n${lines.join('\n')}\n`;
const dev = [environment('dev')];
const part = board({
  environments: dev,
  page: { environments: 1000, found: 1000, before: 20, previous: '0', next: '40' },
});

describe('a part of the board on the terminal', () => {
  it('says what is under way on other pages, and how to see the rest (OPS-9)', () => {
    const seen = { ...part, asked: [], rollouts: [rollout()], promotions: [promotion()] };
    expect(
      text([...elsewhereLines(seen, plainLook), ...restLines(seen, {}, plainLook)]),
    ).toMatchInlineSnapshot(`
      "
      On other pages
        prod  ◉ 1.2.0: canary at 10 %
        1.2.0 to prod: ◷ waiting, 1 thing is missing

      These are environments 21 to 21 of 1,000.
      the next ones:  rung status --after 40
      find one:       rung status --search LETTERS, or --environment NAME
      all of them:    rung status --all
      "
    `);
  });

  it('leads on within what was searched for', () => {
    expect(restLines(part, { search: 'eu' }, plainLook).join('\n')).toContain(
      'rung status --search eu --after 40',
    );
    expect(restLines(part, { search: "o'n x" }, plainLook).join('\n')).toContain(
      String.raw`rung status --search 'o'\''n x' --after 40`,
    );
  });

  it('says what to do where nothing is found', () => {
    const none = board({
      environments: [],
      page: { environments: 1000, found: 0, before: 0, previous: null, next: null },
    });
    expect(text(restLines(none, { search: 'nowhere' }, plainLook))).toMatchInlineSnapshot(`
      "
      Nothing is called like “nowhere”, no environment and no pipeline.
      \`rung status\` shows the board from its beginning.
      "
    `);
  });

  it('says nothing where all of it is shown', () => {
    expect([...elsewhereLines(board(), plainLook), ...restLines(board(), {}, plainLook)]).toEqual([]);
  });
});
