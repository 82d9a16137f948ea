import { describe, expect, it } from 'vitest';
import type { Blocker, BlockerKind } from '../../domain/admission.ts';
import { aPromotionOf, aReleaseOf } from '../../domain/environment.kit.ts';
import { type ActorId, instant, type PromotionId, type RolloutId } from '../../domain/ids.ts';
import type { Promotion } from '../../domain/promotion.ts';
import type { RolloutState } from '../../domain/rollout/types.ts';
import { aRollout } from '../deliver/rollout.kit.ts';
import { admit, mayWait } from './admit.ts';
import type { AdmissionFacts } from './facts.ts';
import { aCleanAsk, ada, bo, current, environmentOf, next, now, running } from './facts.kit.ts';

const hourMs = 3_600_000;
const kinds = (facts: AdmissionFacts): readonly BlockerKind[] =>
  admit(facts, now).blockers.map((one) => one.kind);
const only = (facts: AdmissionFacts): Blocker => {
  const [blocker, ...others] = admit(facts, now).blockers;
  if (blocker === undefined || others.length > 0) throw new Error(`blocked by ${kinds(facts).join(', ')}`);
  return blocker;
};

const clean = aCleanAsk();
const [dev, test] = clean.before as [typeof clean.target, typeof clean.target];
const nobody = { kind: 'person', id: 'eve@example.org' as ActorId } as const;
const mark = { reason: '6.3 % errors', environment: dev.name, rollout: 'r' as RolloutId, at: now };
const waitingFor = (version: string, approved: boolean): Promotion => {
  const promotion = aPromotionOf(aReleaseOf(version, { web: version }));
  const approvals = clean.promotion?.approvals ?? [];
  return { ...promotion, id: version as PromotionId, approvals: approved ? approvals : [] };
};

describe('admission', () => {
  it('lets a release go that has done everything asked of it (OPS-1, OPS-8)', () => {
    expect(admit(clean, now)).toMatchObject({ allowed: true, blockers: [] });
  });

  it.each<[BlockerKind, Blocker['effect'], RegExp, AdmissionFacts]>([
    ['role unknown', 'refused', /eve@example.org has no role/u, aCleanAsk({ requester: nobody })],
    ['order', 'refused', /has not run in test;/u, aCleanAsk({ hasRunIn: new Set([dev.id]) })],
    ['order', 'refused', /has not run in dev and test;/u, aCleanAsk({ hasRunIn: new Set() })],
    [
      'order',
      'refused',
      /No pipeline leads to lab/u,
      aCleanAsk({ rung: null, target: environmentOf('lab') }),
    ],
    [
      'already there',
      'refused',
      /prod runs 1.1.0 already/u,
      aCleanAsk({ target: running('prod', [next, 1]) }),
    ],
    ['marked', 'refused', /taken back in dev: 6.3 % errors/u, aCleanAsk({ release: { ...next, mark } })],
    [
      'soak',
      'waits',
      /has run in test for 2 h of 1 d/u,
      aCleanAsk({ before: [dev, { ...running('test', [next, 2]), validation: test.validation }] }),
    ],
    [
      'smoke',
      'waits',
      /brings no smoke tests/u,
      aCleanAsk({
        before: [
          dev,
          { ...test, deployments: test.deployments.map((one) => ({ ...one, smoke: 'none' as const })) },
        ],
      }),
    ],
    [
      'validation',
      'waits',
      /Nobody has validated 1.1.0 in test/u,
      aCleanAsk({ before: [dev, { ...test, validation: null }] }),
    ],
    ['approvals', 'waits', /2 approvals missing of 2 for prod/u, aCleanAsk({ promotion: null })],
    [
      'one at a time',
      'waits',
      /is on its way in prod/u,
      aCleanAsk({ live: aRollout({ phase: 'canary', step: 0, since: now }) }),
    ],
    [
      'one at a time',
      'refused',
      /1.2.0 waits for prod and has approvals/u,
      aCleanAsk({ promotion: null, others: [waitingFor('1.2.0', true)] }),
    ],
  ])('%s: %s, and says why and what to do', (kind, effect, reason, facts) => {
    const blocker = admit(facts, now).blockers.find((one) => one.kind === kind);
    expect(blocker).toMatchObject({ kind, effect, reason: expect.stringMatching(reason) as string });
    expect(blocker?.wayOut.length).toBeGreaterThan(10);
  });

  it('names every blocker at once, in the order in which people read them (OPS-5)', () => {
    const all = aCleanAsk({
      requester: nobody,
      release: { ...next, mark },
      before: [environmentOf('dev'), environmentOf('test')],
      hasRunIn: new Set(),
      promotion: null,
      live: aRollout({ phase: 'canary', step: 0, since: now }),
    });
    expect(kinds(all)).toEqual([
      'role unknown',
      'order',
      'marked',
      'smoke',
      'soak',
      'validation',
      'approvals',
      'one at a time',
    ]);
    expect(admit(all, now).allowed).toBe(false);
  });

  it('lets a rule of the team see the approvals that count (REL-1)', () => {
    const rule = { kind: 'rule', name: 'two', when: 'size(approvals) == 2', otherwise: '' } as const;
    const { rung, promotion } = clean;
    if (rung === null || promotion === null) throw new Error('it waits for prod');
    const asking = aCleanAsk({ rung: { ...rung, step: { ...rung.step, gates: [rule] } } });
    expect(admit(asking, now)).toMatchObject({ allowed: true });
    const approvals = promotion.approvals.slice(0, 1);
    expect(kinds({ ...asking, promotion: { ...promotion, approvals } })).toEqual(['rule', 'approvals']);
  });

  it('may wait for what time or people lift, and not for what is refused', () => {
    expect(mayWait(admit(aCleanAsk({ promotion: null }), now))).toBe(true);
    expect(mayWait(admit(aCleanAsk({ release: { ...next, mark } }), now))).toBe(false);
    expect(mayWait(admit(aCleanAsk({ promotion: null, release: { ...next, mark } }), now))).toBe(false);
  });

  it('leaves to a person what a merge asks for where people promote by hand (REL-1)', () => {
    const requester = { kind: 'automation', rule: 'merge' } as const;
    expect(only(aCleanAsk({ requester }))).toMatchObject({
      kind: 'merged',
      effect: 'waits',
      wayOut: 'Promote it: rung promote 1.1.0 --to prod',
    });
    const { spec } = clean.target;
    const target = { ...clean.target, spec: { ...spec, deploy: 'on-merge' } as const };
    expect(kinds(aCleanAsk({ requester, target }))).toEqual([]);
  });

  it('is not there already where a service has to go that the release no longer brings', () => {
    const target = running('prod', [current, 60], [next, 1]);
    const kept = Object.entries(next.manifest.services).filter(([service]) => service === 'web');
    const less = { ...next, manifest: { ...next.manifest, services: Object.fromEntries(kept) } };
    const asking = aCleanAsk({ target, release: less });
    expect(asking.plan.changes.map(({ action }) => action)).toEqual(['keep', 'remove']);
    expect(kinds(asking)).not.toContain('already there');
  });

  it('says how to end what is on its way where what is asked for serves already', () => {
    const target = running('prod', [next, 1]);
    const wayOut = (live: AdmissionFacts['live']) =>
      admit(aCleanAsk({ target, live }), now).blockers.find(({ kind }) => kind === 'already there')?.wayOut;
    expect(wayOut(null)).not.toContain('rung abort');
    expect(wayOut(aRollout({ phase: 'canary', step: 0, since: now }))).toContain('rung abort prod');
  });

  it('says where a release has to run first, and where its branch goes past that', () => {
    const skips = (hasRunIn: readonly (typeof dev)[], source?: string) => {
      const first = { ...dev, spec: { ...dev.spec, ...(source !== undefined && { source }) } };
      const ran = new Set(hasRunIn.map(({ id }) => id));
      return admit(aCleanAsk({ before: [first, test], hasRunIn: ran }), now).blockers.find(
        ({ kind }) => kind === 'order',
      );
    };
    expect(skips([])?.reason).toMatch(/leads through them\.$/u);
    expect(skips([dev])?.reason).toMatch(/leads through it\.$/u);
    expect(skips([dev])?.liftedBy).toEqual({ kind: 'promotion', environment: 'test' });
    expect(skips([])?.wayOut).toBe('Promote it to dev first: rung promote 1.1.0 --to dev');
    expect(skips([], 'develop')?.wayOut).toMatch(/^Promote it to dev first/u);
    expect(skips([], 'main')?.wayOut).toMatch(/merge develop back into main/u);
  });

  it('says when soak lifts, and that time lifts it while the release runs', () => {
    const soaking = aCleanAsk({
      before: [dev, { ...running('test', [next, 2]), validation: test.validation }],
    });
    expect(only(soaking)).toMatchObject({ earliest: instant(now + 22 * hourMs), liftedBy: { kind: 'time' } });
  });

  it('counts soak in all, and sends it back to the source when it does not run there', () => {
    const came = running('test', [next, 30], [current, 20]);
    const gone = aCleanAsk({ before: [dev, { ...came, validation: test.validation }] });
    expect(only(gone)).toMatchObject({
      kind: 'soak',
      reason: expect.stringContaining('for another 14 h') as string,
      liftedBy: { kind: 'promotion', environment: 'test' },
    });
  });

  it('names who can approve, with where to reach them, and leaves out whose word cannot count (REL-16)', () => {
    const given = clean.promotion?.approvals.filter(({ by }) => by === ada) ?? [];
    const asked = aCleanAsk({ promotion: { ...aPromotionOf(next), approvals: given } });
    const blocker = only(asked);
    expect(blocker.reason).toBe(
      '1 approval missing of 2 for prod; given by ada@example.org; 2 different roles between them.',
    );
    expect(blocker.liftedBy).toMatchObject({
      kind: 'people',
      members: [bo],
      contacts: ['#leads', 'on call: +44 20 7946 0000'],
    });
  });

  it('lets a release in whose artifacts are all there under another name, so that it can climb', () => {
    const rebuilt = aReleaseOf('1.0.1', { web: 'web 1', orders: 'orders 1' }, 'another tree');
    expect(
      kinds(
        aCleanAsk({
          release: rebuilt,
          before: [],
          rung: { pipeline: 'main', before: [], step: { environment: clean.target.name, gates: [] } },
        }),
      ),
    ).toEqual([]);
  });
});

describe('admission of a rollback (REL-10)', () => {
  const target = running('prod', [current, 60], [next, 1]);
  const back = (other: Partial<AdmissionFacts> = {}): AdmissionFacts =>
    aCleanAsk({
      kind: 'rollback',
      release: current,
      target,
      hasRunIn: new Set([target.id]),
      promotion: null,
      ...other,
    });
  const live = (state: RolloutState): AdmissionFacts => back({ live: aRollout(state) });
  const held = {
    phase: 'held',
    reason: { kind: 'judge lost' },
    since: now,
    from: { phase: 'canary', step: 0, since: now },
    percent: 0,
  } as const;

  it('asks for no gate, no approval, and no lifted mark', () => {
    expect(kinds(back({ release: { ...current, mark } }))).toEqual([]);
  });

  it('goes to what has run there, and to nothing else', () => {
    expect(kinds(back({ hasRunIn: new Set() }))).toEqual(['order']);
    expect(kinds(back({ release: next }))).toEqual(['already there']);
    expect(kinds(back({ requester: nobody }))).toEqual(['role unknown']);
  });

  it.each<[string, RolloutState]>([
    ['watching', { phase: 'watching', since: now, until: now }],
    ['held', held],
  ])('is given way to by a rollout that is %s, when a person asks', (_, state) => {
    expect(kinds(live(state))).toEqual([]);
    expect(kinds({ ...live(state), requester: { kind: 'automation', rule: 'r' } })).toEqual([
      'one at a time',
    ]);
  });

  it.each<[string, RolloutState]>([
    ['in preflight', { phase: 'preflight', since: now }],
    ['in canary', { phase: 'canary', step: 0, since: now }],
    ['promoting', { phase: 'promoting', since: now }],
  ])('is refused while one is %s: taking that back is quicker', (_, state) => {
    expect(only(live(state))).toMatchObject({
      effect: 'refused',
      wayOut: expect.stringContaining('rung abort prod') as string,
    });
  });

  it('waits while a release is being taken back, which nobody can hurry', () => {
    const backing = live({
      phase: 'rolling back',
      reason: { kind: 'start', detail: 'x' },
      since: now,
    });
    expect(only(backing)).toMatchObject({
      effect: 'waits',
      wayOut: expect.stringMatching(/^Wait/u) as string,
    });
  });

  it('does not wait behind a promotion that waits, approved or not', () => {
    expect(kinds(back({ others: [waitingFor('1.2.0', true), waitingFor('1.3.0', false)] }))).toEqual([]);
  });
});
