import { describe, expect, it } from 'vitest';
import { before, board, environment, minute, plainLook } from '../../../test/cli/sample.ts';
import { boardTitle, ladderLines } from './ladder.ts';

const text = (lines: readonly string[]): string => `\n${lines.join('\n')}\n`;

describe('the ladder on the terminal', () => {
  it('shows the ladder with the highest rung on top and what stands in each way (REL-6)', () => {
    const seen = board();
    expect(text([boardTitle(seen, plainLook), '', ...ladderLines(seen, plainLook)])).toMatchInlineSnapshot(`
      "
      access as cy@example.org (qa-lead)

        prod     1.1.0       ● healthy   since 3 min ago
                 ◉ 1.2.0: canary at 10 %  rung watch prod
         ↑ 1.2.0: 1 of 2 approvals
        staging  1.2.0       ● healthy   since 3 min ago
         ↑ nothing new below
        dev      1.2.0       ◐ degraded  since 1 h ago
                 orders 1.2.0, 1 of 2 instances healthy

      Asked of you
        ◉ 1.2.0 to prod  rung approve prod

      "
    `);
  });

  it('names every service where they differ, and says when an agent is silent', () => {
    const mixed = environment('prod', {
      release: null,
      health: 'unknown',
      agent: { lastHeardAt: before(5 * minute), silent: true },
      troubles: [{ code: 'port-taken', service: null, message: 'Port 4301 is taken.', wayOut: 'Free it.' }],
    });
    expect(
      text(ladderLines(board({ environments: [mixed], ways: [], rollouts: [], promotions: [] }), plainLook)),
    ).toMatchInlineSnapshot(`
      "
        prod  mixed       ? unknown
              web 1.1.0
              ! its agent is silent, last heard 5 min ago; what is shown may be old
              ! Port 4301 is taken. Free it.

      "
    `);
  });

  it('says of a weaker project file how many it waits for, who they may be, and what they type (INF-7)', () => {
    const prod = environment('prod');
    const members = ['ada@example.org', 'bo@example.org'];
    const approvers = { kind: 'people', roles: [], members, contacts: [] };
    const waiting = { missingPeople: 1, missingRoles: 0, needed: 2, approvers } as never;
    const seen = board({
      environments: [{ ...prod, rules: { ...prod.rules, waiting } }],
      ways: [],
      rollouts: [],
      promotions: [],
    });
    expect(text(ladderLines(seen, plainLook))).toMatchInlineSnapshot(`
      "
        prod  1.1.0       ● healthy   since 3 min ago
              ! a weaker project file waits: 1 approval missing of 2
                rung rules approve prod, by ada@example.org or bo@example.org

      "
    `);
  });
});
