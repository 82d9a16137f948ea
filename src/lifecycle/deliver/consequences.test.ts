import { describe, expect, it } from 'vitest';
import { anEmptyEnvironment, aPromotionOf, aReleaseOf } from '../../domain/environment.kit.ts';
import { type Environment, releaseIn } from '../../domain/environment.ts';
import { type ActorId, instant, later, type PromotionId } from '../../domain/ids.ts';
import { movesOf, variantsOf } from '../../domain/plan.ts';
import type { Rollout, RolloutState } from '../../domain/rollout/types.ts';
import { settled } from '../../domain/settle.ts';
import { consequencesOf } from './consequences.ts';
import { rolloutEvents } from './rollout-events.ts';
import { aRollout, start } from './rollout.kit.ts';
import { abort, enterFirstStep, enterHeld, resume, settle, supersede } from './transitions.ts';

const now = later(start, 1000);
const by = { kind: 'person', id: 'ada@example.org' as ActorId } as const;
const one = aReleaseOf('1.0.0', { web: 'web 1', orders: 'orders 1' });
const two = aReleaseOf('1.1.0', { web: 'web 2', orders: 'orders 1' });
const environment = settled(anEmptyEnvironment, aPromotionOf(one), one, 'passed', instant(0));
const promotion = aPromotionOf(two, undefined, environment);
const around = { environment, promotion, release: two };
const services = movesOf(environment, variantsOf(two));
const preflight = aRollout({ phase: 'preflight', since: start }, { services, smoke: 'passed' });
const once: Rollout = { ...preflight, policy: null, reasonAllAtOnce: 'first' };
const canary = enterFirstStep(preflight, start);
const watching: Rollout = {
  ...canary,
  state: { phase: 'watching', since: start, until: later(start, 60_000) },
};
const gone = {
  phase: 'rolled back',
  reason: { kind: 'start', detail: 'It did not start.' },
  at: now,
} as const;
const versions = ({ stable }: Environment): readonly string[] =>
  Object.values(stable).map((each) => each.version);
const told = (before: Rollout, after: Rollout) => {
  const next = consequencesOf(before, after, around, now);
  const release = { before: around.release, after: next.release };
  return rolloutEvents(before, after, { ...around, release }, now);
};

describe('what a change of phase means around the rollout', () => {
  it('is nothing while nothing changes', () => {
    expect(consequencesOf(canary, { ...canary, lastSample: 9 }, around, now)).toBe(around);
    expect(told(canary, { ...canary, lastSample: 9 })).toEqual([]);
  });

  it('leaves what serves alone during a canary, and changes all of it at the end', () => {
    expect(consequencesOf(preflight, canary, around, now).environment).toEqual(environment);
    const after = consequencesOf(watching, settle(watching, now), around, now);
    expect(versions(after.environment)).toEqual(['1.1.0', '1.1.0']);
    expect(releaseIn(after.environment)).toBe(two.id);
    expect(after.promotion.state).toMatchObject({ phase: 'succeeded', rollout: canary.id });
    expect(after.environment.deployments.at(-1)?.smoke).toBe('passed');
  });

  it.each<[string, Rollout, Rollout]>([
    ['promoted by a canary', canary, { ...canary, state: { phase: 'promoting', since: now } }],
    ['taken back from a canary', canary, abort(canary, by, 'no', now)],
    ['taken back from the watch', watching, abort(watching, by, 'no', now)],
    ['seen to be rolled back, having switched', once, { ...once, state: gone }],
    ['held', watching, enterHeld(watching, { kind: 'judge lost' }, null, now)],
  ])('leaves what serves alone when it is %s', (_, before, after) => {
    expect(consequencesOf(before, after, around, now).environment).toBe(environment);
  });

  it.each([
    ['passed', 'passed'],
    ['none', 'none'],
    [null, 'none'],
  ] as const)('notes with what serves how its smoke tests went: %s is %s (REL-6)', (smoke, noted) => {
    const after = settle({ ...watching, smoke }, now);
    const { deployments } = consequencesOf(watching, after, around, now).environment;
    expect(deployments.at(-1)).toMatchObject({ release: two.id, smoke: noted });
  });

  it.each<[RolloutState, object]>([
    [gone, { phase: 'rolled back', reason: 'It did not start.' }],
    [
      { ...gone, phase: 'rollback failed', detail: 'Nobody answers.' },
      { phase: 'failed', reason: 'It did not start. Nobody answers.' },
    ],
    [{ phase: 'succeeded', at: now }, { phase: 'succeeded' }],
  ])('ends the promotion as the rollout ended: %j', (state, ended) => {
    const { promotion: after } = consequencesOf(canary, { ...canary, state }, around, now);
    expect(after.state).toEqual({ ...ended, rollout: canary.id, at: now });
  });

  it('switches at once what goes in at once, and back where it fails', () => {
    const switched = enterFirstStep(once, start);
    const during = consequencesOf(once, switched, around, now);
    expect(versions(during.environment)).toEqual(['1.0.0', '1.1.0']);
    expect(releaseIn(during.environment)).toBe(one.id);
    const back = consequencesOf(switched, abort(switched, by, 'no', now), { ...around, ...during }, now);
    expect(back.environment).toEqual(environment);
  });

  it('takes a first release out again that fails', () => {
    const first = aRollout(
      { phase: 'promoting', since: start },
      {
        policy: null,
        services: movesOf(anEmptyEnvironment, variantsOf(two)),
      },
    );
    const during = {
      ...around,
      environment: { ...environment, stable: Object.fromEntries(variantsOf(two)) },
    };
    expect(consequencesOf(first, abort(first, by, 'no', now), during, now).environment.stable).toEqual({});
  });

  it('marks the release that is taken back, at once and once, and says so (REL-9)', () => {
    const back = abort(canary, by, 'customers complain', now);
    const { release } = consequencesOf(canary, back, around, now);
    expect(release.mark).toMatchObject({
      environment: 'prod',
      reason: 'ada@example.org took it back: customers complain',
    });
    expect(told(canary, back).map(({ kind, subject }) => [kind, subject])).toEqual([
      ['rollout.taken-back', `rollout/${canary.id}`],
      ['release.marked', `release/${two.id}`],
    ]);
    expect(consequencesOf(canary, back, { ...around, release }, later(now, 5)).release).toBe(release);
  });

  it('marks nothing that was only being gone back to (REL-10)', () => {
    const rollback = { ...around, promotion: { ...promotion, kind: 'rollback' as const } };
    expect(consequencesOf(once, abort(once, by, 'no', now), rollback, now).release.mark).toBeNull();
  });

  it('keeps what served 100 % when a watched rollout gives way, and what was stable when a held one does', () => {
    const to = 'promotion' as PromotionId;
    const gone = consequencesOf(watching, supersede(watching, to, now), around, now);
    expect(releaseIn(gone.environment)).toBe(two.id);
    const held = enterHeld(canary, { kind: 'judge lost' }, 0, now);
    expect(consequencesOf(held, supersede(held, to, now), around, now).environment).toBe(environment);
    expect(gone.promotion.state).toEqual({ phase: 'superseded', by: to, at: now });
  });
});

describe('what the log says of a rollout', () => {
  const phases: readonly RolloutState[] = [
    { phase: 'promoting', since: start },
    { phase: 'watching', since: start, until: now },
    { phase: 'rolled back', reason: { kind: 'start', detail: 'x' }, at: now },
    { phase: 'rollback failed', reason: { kind: 'start', detail: 'x' }, detail: 'y', at: now },
    { phase: 'succeeded', at: now },
    { phase: 'superseded', by: 'p' as PromotionId, at: now },
  ];

  it.each(phases)('names the version, the environment and the phase: $phase', (state) => {
    const [event, ...others] = told(canary, { ...canary, state });
    expect(others).toEqual([]);
    expect(event?.message).toMatch(/1\.1\.0.*prod|prod.*1\.1\.0/u);
    expect(event?.payload).toMatchObject({ phase: state.phase, release: two.id });
  });

  it('says that somebody resumed it, and how much of a watch was measured (REL-11)', () => {
    const held = enterHeld(canary, { kind: 'judge lost' }, 0, now);
    expect(told(held, resume(held, now)).map(({ kind }) => kind)).toEqual(['rollout.resumed']);
    const measured = { ...watching, sampledMs: 45_000 };
    expect(told(measured, settle(measured, now))[0]?.message).toBe(
      'prod runs 1.1.0; 45 s of 1 min of watching were measured',
    );
  });
});
