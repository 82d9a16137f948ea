import { describe, expect, it } from 'vitest';
import { anEmptyEnvironment, aPromotionOf, aReleaseOf } from '../../domain/environment.kit.ts';
import type { EventKind, NewEvent } from '../../domain/event.ts';
import { type ActorId, later, type PromotionId } from '../../domain/ids.ts';
import type { Judgement } from '../../domain/rollout/judge/types.ts';
import type { HoldReason, Rollout, RolloutState } from '../../domain/rollout/types.ts';
import { type Around, holdText, rolloutEvents } from './rollout-events.ts';
import { allAtOnce, inCanary, preflight, start } from './rollout.kit.ts';
import { abort, advanceByPerson, enterHeld, enterNextStep, resume, settle } from './transitions.ts';

const now = later(start, 1000);
const by = { kind: 'person', id: 'ada@example.org' as ActorId } as const;
const release = aReleaseOf('1.1.0', { web: 'web 2' });
const promotion = aPromotionOf(release);
const around: Around = {
  environment: anEmptyEnvironment,
  promotion,
  release: { before: release, after: release },
};
const judgement: Judgement = {
  verdict: { action: 'continue' },
  closeness: [],
  services: {},
  exposureMs: 12_000,
  elapsedMs: 15_000,
};
const held = enterHeld(
  { ...inCanary, judgement },
  { kind: 'insufficient evidence', detail: 'too thin' },
  null,
  start,
);
const watching = enterNextStep(enterNextStep(enterNextStep(inCanary, start), start), start);
const told = (before: Rollout, after: Rollout, other: Partial<Around> = {}): readonly NewEvent[] =>
  rolloutEvents(before, after, { ...around, ...other }, now);
const into = (state: RolloutState): Rollout => ({ ...inCanary, state });

describe('the kind of what the log says of a rollout', () => {
  const reason = { kind: 'start', detail: 'x' } as const;
  it.each<[EventKind, RolloutState]>([
    ['rollout.phase', { phase: 'preflight', since: now }],
    ['rollout.phase', { phase: 'canary', step: 1, since: now }],
    ['rollout.phase', { phase: 'promoting', since: now }],
    ['rollout.phase', { phase: 'watching', since: now, until: now }],
    ['rollout.held', held.state],
    ['rollout.taken-back', { phase: 'rolling back', reason, since: now }],
    ['promotion.rolled-back', { phase: 'rolled back', reason, at: now }],
    ['promotion.failed', { phase: 'rollback failed', reason, detail: '', at: now }],
    ['promotion.succeeded', { phase: 'succeeded', at: now }],
    ['promotion.superseded', { phase: 'superseded', by: 'p' as PromotionId, at: now }],
  ])('is %s for %j', (kind, state) => {
    expect(told(inCanary, into(state)).map((event) => event.kind)).toEqual([kind]);
  });

  it.each(['preflight', 'canary', 'promoting', 'watching'] as const)(
    'is that it was resumed where it goes on with %s after a hold',
    (phase) => {
      const state = { phase, step: 0, since: now, until: now } as RolloutState;
      expect(told(held, into(state)).map(({ kind }) => kind)).toEqual(['rollout.resumed']);
    },
  );
});

describe('what the log says of a rollout', () => {
  it('is by the judge, of its environment and its project, with all that is needed to judge it once more (REL-9)', () => {
    const after = { ...enterHeld(inCanary, { kind: 'judge lost' }, 0, now), lastSample: 9, judgement };
    const [event, ...others] = told(inCanary, after);
    expect(others).toEqual([]);
    expect(event?.message).toContain('1.1.0 in prod');
    expect({ ...event, message: '' }).toEqual({
      project: after.project,
      kind: 'rollout.held',
      at: now,
      actor: { kind: 'automation', rule: 'rollout judge' },
      environment: after.environment,
      subject: `rollout/${after.id}`,
      message: '',
      payload: {
        phase: 'held',
        percent: 0,
        sample: 9,
        generation: after.generation,
        promotion: promotion.id,
        release: release.id,
        version: '1.1.0',
        reason: { kind: 'judge lost' },
        figures: {},
        exposureMs: 12_000,
      },
    });
  });

  it('has no reason and no evidence where there is none', () => {
    const [event] = told(preflight, inCanary);
    for (const name of ['reason', 'figures', 'note']) expect(event?.payload).not.toHaveProperty(name);
  });

  it('is by the person who did it, with what they said', () => {
    const [event, ...others] = rolloutEvents(held, resume(held, now), around, now, by, 'the graph was wrong');
    expect(others).toEqual([]);
    expect(event).toMatchObject({
      kind: 'rollout.resumed',
      actor: by,
      payload: { phase: 'canary', note: 'the graph was wrong' },
    });
    expect(event?.message).toMatch(/ada@example\.org.*the graph was wrong/u);
    const [silent] = rolloutEvents(held, resume(held, now), around, now, by);
    expect(silent?.message).not.toContain('ada@example.org');
  });

  it('is nothing where only the hour moved at which a watch ends', () => {
    const moved = into({ phase: 'watching', since: now, until: later(now, 5) });
    expect(told(watching, moved)).toEqual([]);
  });

  it('tells how long is watched, and what went in all at once', () => {
    expect(told(inCanary, watching)[0]?.message).toMatch(/\b2 h$/u);
    const once = allAtOnce({ phase: 'promoting', since: now });
    const [all, step] = [told(preflight, once), told(preflight, into(once.state))].map(
      ([one]) => one?.message,
    );
    expect(all).toContain('all at once');
    expect(step).toContain('100 %');
  });

  it('tells how a rollout that was not watched ended, and a rollback by what is back', () => {
    expect(told(inCanary, settle(inCanary, now))[0]?.message).not.toContain('measured');
    const back = { promotion: { ...promotion, kind: 'rollback' as const } };
    expect(told(watching, settle(watching, now), back)[0]?.message).toMatch(/back on 1\.1\.0.*web/u);
  });
});

describe('that a release is marked', () => {
  const backing = abort(inCanary, by, 'no', now);
  const mark = { reason: 'no', environment: 'prod', rollout: inCanary.id, at: now } as never;
  const marked = { ...release, mark };

  it('is told once, beside what marked it (REL-9)', () => {
    const events = rolloutEvents(
      inCanary,
      backing,
      { ...around, release: { before: release, after: marked } },
      now,
      by,
    );
    expect(events.map(({ kind }) => kind)).toEqual(['rollout.taken-back', 'release.marked']);
    expect(events[1]).toMatchObject({
      project: inCanary.project,
      at: now,
      actor: by,
      environment: inCanary.environment,
      subject: `release/${release.id}`,
      payload: { mark },
    });
  });

  it.each([
    ['it was before', marked, marked],
    ['nobody marked it', release, release],
    ['its mark was lifted', marked, release],
  ])('is not told where %s', (_, before, after) => {
    const events = told(inCanary, backing, { release: { before, after } });
    expect(events.map(({ kind }) => kind)).toEqual(['rollout.taken-back']);
  });
});

describe('who answered for thin evidence', () => {
  const advanced = advanceByPerson(held, by, 'good enough', now);

  it('stands in the log by name, before what followed and beside what the evidence said (OPS-8)', () => {
    const events = rolloutEvents(held, advanced, around, now, by);
    expect(events.map(({ kind }) => kind)).toEqual(['rollout.advanced', 'rollout.resumed']);
    expect(events[0]).toMatchObject({
      project: held.project,
      at: now,
      actor: by,
      environment: held.environment,
      subject: `rollout/${held.id}`,
      payload: {
        by,
        reason: 'good enough',
        despite: { kind: 'insufficient evidence' },
        fromPercent: 10,
        toPercent: 50,
        promotion: promotion.id,
        release: release.id,
        version: '1.1.0',
        exposureMs: 12_000,
      },
    });
    expect(events[0]?.message).toMatch(/from 10 % to 50 %.*good enough.*too thin/u);
  });

  it('is not told again with what comes after', () => {
    expect(told(advanced, enterNextStep(advanced, now)).map(({ kind }) => kind)).toEqual(['rollout.phase']);
  });

  it('is told again when they answer again', () => {
    const again = enterHeld(advanced, { kind: 'insufficient evidence', detail: 'thin' }, null, now);
    const [event] = told(again, advanceByPerson(again, by, 'once more', now));
    expect(event).toMatchObject({
      kind: 'rollout.advanced',
      payload: { reason: 'once more', fromPercent: 50 },
    });
  });

  it('is told without a way where the weight stays', () => {
    const thin = enterHeld(watching, { kind: 'judge lost' }, null, now);
    const [event] = told(thin, advanceByPerson(thin, by, 'well', now));
    expect(event?.message).toContain('at 100 %');
    expect(event?.message).not.toContain('from');
  });
});

describe('why a rollout is held', () => {
  it.each<[string, HoldReason, RegExp]>([
    ['a person, and what they said', { kind: 'person', by, note: 'lunch' }, /ada@example\.org.*: lunch$/u],
    ['a person who said nothing', { kind: 'person', by, note: '' }, /ada@example\.org[^:]*$/u],
    ['what evidence there is', { kind: 'insufficient evidence', detail: 'too thin' }, /too thin/u],
    ['the rule that spoke', { kind: 'rule', rule: 'contract', detail: '2 % errors' }, /2 % errors/u],
    ['that nobody judges', { kind: 'judge lost' }, /judge lost/u],
  ])('names %s', (_, reason, text) => {
    expect(holdText(reason)).toMatch(text);
  });
});
