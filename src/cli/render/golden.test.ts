import { describe, expect, it } from 'vitest';
import type { ServiceName } from '../../domain/ids.ts';
import {
  approvals,
  before,
  board,
  environment,
  event,
  minute,
  order,
  person,
  plainLook,
  promotion,
  releaseView,
  rollout,
  soak,
} from '../../../test/cli/sample.ts';
import { admissionSummary } from './admission.ts';
import { eventLines } from './event.ts';
import { planLines, promotionLines, whyLines } from './promotion.ts';
import { releaseLines, releaseTable } from './release.ts';
import { rolloutLine } from './rollout-line.ts';
import { rolloutLines } from './rollout.ts';

const text = (lines: readonly string[]): string => `\n${lines.join('\n')}\n`;

describe('what the terminal shows', () => {
  it('says of a service that the release no longer brings that it goes, and when', () => {
    const { plan } = promotion();
    const change = { service: 'mail' as ServiceName, action: 'remove', to: null } as const;
    const gone = { ...change, from: { version: '1.1.0', artifact: plan.hash } };
    expect(text(planLines({ ...plan, changes: [gone] }, plainLook))).toContain(
      'mail  1.1.0 goes, once this is through',
    );
  });

  it('answers why with every blocker, who can lift it and from when on (REL-14, REL-16)', () => {
    const { plan, environment, release } = promotion();
    const admission = { allowed: false, blockers: [soak, approvals, order], gates: [] };
    expect(
      text(
        whyLines({ release, environment, admission, plan, promotion: null, changeRequest: null }, plainLook),
      ),
    ).toMatchInlineSnapshot(`
      "
      1.2.0 to prod: refused for 1 reason, and 2 things are missing

        ✗ refused  1.2.0 does not run in staging, which comes before prod
                   who       a promotion to staging
                   earliest  nobody can know yet
                   do        Promote it to staging first: rung promote 1.2.0 --to staging

        ◷ waits    1.2.0 has run in staging for 3 min of 24 h
                   who       nobody needs to: it lifts by itself
                   earliest  in 23 h 57 min (Wed 25 Nov 2026, 14:18 UTC)
                   do        Wait; it starts by itself.

        ◷ waits    1 of 2 approvals is there
                   who       cy@example.org or dee@example.org as qa-lead or product-owner (#access-qa)
                   earliest  as soon as they do
                   do        Ask one of them to run \`rung approve prod\`.

      Would change
        orders  1.1.0 → 1.2.0  333333333333
        web     1.1.0 stays
      "
    `);
  });

  it('says that nothing is in the way, and what to type then', () => {
    const { plan, environment, release } = promotion();
    const admission = { allowed: true, blockers: [], gates: [] };
    expect(
      text(
        whyLines({ release, environment, admission, plan, promotion: null, changeRequest: null }, plainLook),
      ),
    ).toMatchInlineSnapshot(`
      "
      1.2.0 to prod: ✓ nothing is in the way

      Would change
        orders  1.1.0 → 1.2.0  333333333333
        web     1.1.0 stays

      Next: rung promote 1.2.0 --to prod
      "
    `);
  });

  it('sums up how a promotion stands in a few words', () => {
    expect(admissionSummary({ allowed: true, blockers: [], gates: [] })).toBe('nothing is in the way');
    expect(admissionSummary({ allowed: false, blockers: [soak], gates: [] })).toBe('1 thing is missing');
    expect(admissionSummary({ allowed: false, blockers: [soak, approvals], gates: [] })).toBe(
      '2 things are missing',
    );
    expect(admissionSummary({ allowed: false, blockers: [soak, order], gates: [] })).toBe(
      'refused for 1 reason, and 1 thing is missing',
    );
  });

  it('shows the plan before anybody approves it (REL-3)', () => {
    expect(text(promotionLines(promotion(), plainLook))).toMatchInlineSnapshot(`
      "
      1.2.0 to prod: ◷ waiting, 1 thing is missing
      asked by bo@example.org 2 min ago: spring release

      Changes
        orders  1.1.0 → 1.2.0  333333333333
        web     1.1.0 stays

      What is in it
        feature   Orders can be split abcdef01

      Approvals
        ◷ 2 more needed

      In the way (1 thing is missing)
        ◷ waits    1 of 2 approvals is there
                   who       cy@example.org or dee@example.org as qa-lead or product-owner (#access-qa)
                   earliest  as soon as they do
                   do        Ask one of them to run \`rung approve prod\`.

      promotion 0197a000-0000-7000-8000-000000000001 · plan cccccccccccc
      "
    `);
  });

  it('shows a rollout with both versions side by side and how close each rule is (OPS-9)', () => {
    expect(text(rolloutLines(rollout(), plainLook))).toMatchInlineSnapshot(`
      "
      prod  ◉ 1.2.0: canary at 10 %
      started 20 s ago by bo@example.org

        ✓ preflight  ◉ canary 10 % ██████░░░░ 55 %  ○ 100 %
        traffic  ██░░░░░░░░░░░░░░░░░░ 10 % to 1.2.0, lease held (3 s)

        SERVICE  VERSION       REQUESTS   RATE  ERRORS     RATIO    P95
        orders   1.2.0 new          412  5.1/s      62  ! 15.0 %  12 ms
                 1.1.0 stable     3,708   46/s       4     0.1 %  11 ms

        How close each rule is
        early stop  orders      ████████░░ 80 %   evidence 3.7 of 4.6
        advance     orders      █░░░░░░░░░ 10 %   0:12 of 5:00 seen
      "
    `);
  });

  it('says why a rollout is held, in words', () => {
    const held = rollout({
      state: {
        phase: 'held',
        reason: { kind: 'judge lost' },
        since: before(minute),
        from: { phase: 'canary', step: 0, since: before(2 * minute) },
        percent: 0,
      },
      wantedPercent: 0,
      effectivePercent: 0,
      lease: 'expired',
    });
    expect(text(rolloutLines(held, plainLook).slice(0, 6))).toMatchInlineSnapshot(`
      "
      prod  ‖ 1.2.0: held at 0 %
        the judge was lost: nobody measured, so all traffic went back to the stable version
      started 20 s ago by bo@example.org

        ✓ preflight  ◉ canary 10 % ██████░░░░ 55 %  ○ 100 %
        traffic  ░░░░░░░░░░░░░░░░░░░░ 0 % to 1.2.0, lease expired: all to the stable version
      "
    `);
  });

  it('never shows what is unknown as zero', () => {
    const nothing = {
      requests: 0,
      errors: 0,
      probes: 0,
      errorRatio: null,
      p95Ms: null,
      recentErrorRatio: null,
      recentP95Ms: null,
      requestsPerSecond: null,
    };
    const blind = rollout({
      figures: { ['orders' as ServiceName]: { candidate: nothing, stable: nothing } },
      effectivePercent: null,
    });
    expect(text(rolloutLines(blind, plainLook).slice(4, 9))).toMatchInlineSnapshot(`
      "
        traffic  the gateway has not been read yet; wanted: 10 %

        SERVICE  VERSION       REQUESTS  RATE  ERRORS  RATIO  P95
        orders   1.2.0 new            0     –       0      –    –
                 1.1.0 stable         0     –       0      –    –
      "
    `);
  });

  it('says the whole rollout in one line for a log', () => {
    expect(rolloutLine(rollout(), plainLook)).toMatchInlineSnapshot(
      `"14:21:00  prod  ◉ 1.2.0: canary at 10 %; orders 15.0 % errors (stable 0.1 %), p95 12 ms (11 ms); nearest: early stop on orders, 80 %"`,
    );
  });

  it('lists releases, and says which were taken back', () => {
    const mark = {
      reason: 'errors over 5 % for 2 minutes',
      environment: board().environments[2]?.name ?? environment('prod').name,
      rollout: rollout().id,
      at: before(minute),
    };
    expect(
      text(releaseTable([releaseView(), releaseView({ mark, runsIn: [] })], plainLook)),
    ).toMatchInlineSnapshot(`
      "
      RELEASE  CREATED    RUNS IN    FROM              STATE
      1.2.0    5 min ago  dev, test  develop abcdef01  clean
      1.2.0    5 min ago  nowhere    develop abcdef01  ✗ taken back from prod: errors over 5 % for 2 minu…
      "
    `);
    expect(text(releaseLines(releaseView({ mark }), plainLook))).toMatchInlineSnapshot(`
      "
      1.2.0, made 5 min ago (14:16:00 UTC) by builder
      from develop, commit abcdef012345
      runs in dev, test
      ✗ taken back from prod 1 min ago: errors over 5 % for 2 minutes
        Automation does not try it again. Lift the mark: rung release lift-mark 1.2.0 --reason "…"

      Services
        orders  sha256:3333333333333333333333333333333333333333333333333333333333333333

      release bbbbbbbbbbbb · tree 4b825dc642cb
      "
    `);
  });

  it('prints the log with a heading for each day', () => {
    const events = [
      event(1, { at: before(20 * 60 * minute), message: '1.1.0 to prod was asked for' }),
      event(2, {
        kind: 'promotion.approved',
        actor: person('cy@example.org'),
        message: 'cy approved 1.1.0 to prod',
      }),
    ];
    expect(text(eventLines(events, plainLook))).toMatchInlineSnapshot(`
      "
      2026-11-23
      18:21:00  prod      1.1.0 to prod was asked for (bo@example.org)
      2026-11-24
      14:20:00  prod      cy approved 1.1.0 to prod (cy@example.org)
      "
    `);
  });
});
