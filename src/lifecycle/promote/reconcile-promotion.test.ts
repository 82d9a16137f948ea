import { describe, expect, it } from 'vitest';
import { horizonMs } from '../../domain/calendar/calendar-at.ts';
import type { Environment } from '../../domain/environment.ts';
import { instant, later, type RoleName } from '../../domain/ids.ts';
import type { FreezeSpec, GateSpec, PipelineStep } from '../../domain/project-file/types.ts';
import type { Promotion } from '../../domain/promotion.ts';
import { ada, approvalPolicy, bo, current, cy, next, now, running } from './facts.kit.ts';
import { asking, keeping, recordsOf, type Step } from './kept.kit.ts';
import { reconcilePromotion } from './reconcile-promotion.ts';
import { approvals, by, look, waits } from './reconcile.kit.ts';

const hourMs = 3_600_000;
const [lead, qa] = ['lead', 'qa'] as [RoleName, RoleName];
const plain = asking();
const { project } = plain.target;
const id = plain.promotion?.id ?? '';
const person = { kind: 'person', id: cy } as const;

const gated = (...gates: readonly GateSpec[]): Partial<PipelineStep> => ({ gates });

describe('a promotion that waits', () => {
  it('starts as soon as nothing is in its way, with a rollout that its agent hears of', async () => {
    const { promotion, wakeAt, get, told, woken } = await waits({ promotion: { approvals } });
    expect(wakeAt).toBeNull();
    expect(promotion.state).toEqual({ phase: 'running', rollout: 'fresh', since: now });
    expect(promotion.gates?.map(({ gate, state }) => [gate, state])).toEqual([
      ['smoke', 'passed'],
      ['soak', 'passed'],
      ['validation', 'passed'],
    ]);
    expect(promotion).not.toHaveProperty('exception');
    expect(promotion).not.toHaveProperty('emergency');
    expect(await get('rollout', 'fresh')).toMatchObject({
      promotion: id,
      state: { phase: 'preflight', since: now },
      policy: null,
      services: [{ service: 'web' }],
    });
    expect(await get('environment', 'prod')).toMatchObject({ revision: plain.target.revision + 1 });
    const events = await told();
    expect(events.map(({ kind }) => kind)).toEqual(['promotion.started', 'desired.changed']);
    expect(events[0]).toMatchObject({
      actor: { kind: 'automation', rule: 'admission' },
      subject: `promotion/${id}`,
      environment: plain.target.id,
      payload: {
        promotion: id,
        rollout: 'fresh',
        release: next.id,
        planHash: plain.plan.hash,
        change: null,
        exception: null,
        approvals: [{ by: ada }, { by: bo }],
        gates: [{ gate: 'smoke', waiver: null }, { gate: 'soak' }, { gate: 'validation' }],
      },
    });
    expect(events[0]?.payload).not.toHaveProperty('emergency');
    expect(woken()).toEqual([]);
  });

  it('is through at once where every artifact serves already, and what waits there looks again', async () => {
    const rebuilt = { ...current, id: next.id, version: next.version };
    const target: Environment = running('prod', [current, 60]);
    const facts = asking({ step: { gates: [] }, policy: { count: 0, distinctRoles: 0 } });
    const source = [running('dev', [rebuilt, 50]), running('test', [rebuilt, 40])];
    const { promotion, get, told, wakeUps, gaveWay } = await look({
      ...facts,
      release: rebuilt,
      target,
      before: source,
    });
    expect(promotion.state).toEqual({ phase: 'succeeded', rollout: null, at: now });
    expect(gaveWay).toEqual([]);
    const environment = await get('environment', 'prod');
    expect(environment.deployments.at(-1)).toMatchObject({ release: next.id, smoke: 'passed' });
    const events = await told();
    expect(events.map(({ kind }) => kind)).toEqual([
      'promotion.started',
      'promotion.succeeded',
      'desired.changed',
    ]);
    expect(events[0]?.message).toContain('changes nothing that runs');
    expect(events[1]).toMatchObject({ payload: { promotion: id, rollout: null, release: next.id } });
    expect(wakeUps()).toEqual([{ key: 'environment/prod', project, at: now }]);
  });

  it('only takes out what a release no longer brings, where all else serves already', async () => {
    const services = Object.fromEntries(
      Object.entries(current.manifest.services).filter(([name]) => name === 'web'),
    );
    const less = { ...current, id: next.id, version: next.version, manifest: { ...next.manifest, services } };
    const facts = asking({ step: { gates: [] }, policy: { count: 0, distinctRoles: 0 } });
    const before = [running('dev', [less, 50]), running('test', [less, 40])];
    const { promotion, get, told } = await look({ ...facts, release: less, before });
    expect(promotion.state.phase).toBe('succeeded');
    expect(Object.keys((await get('environment', 'prod')).stable)).toEqual(['web']);
    expect((await told())[0]?.message).toContain('takes out orders');
  });

  it('is withdrawn where what it asks for runs there by now', async () => {
    const target = running('prod', [next, 1]);
    const { promotion, wakeAt, told, woken } = await look({ ...plain, target });
    const automation = { kind: 'automation', rule: 'admission' };
    expect(promotion.state).toEqual({ phase: 'withdrawn', by: automation, at: now });
    expect([wakeAt, woken()]).toEqual([null, ['environment/prod']]);
    expect(await told()).toMatchObject([{ kind: 'promotion.withdrawn', actor: automation, payload: {} }]);
  });

  it('is left alone where it waits no more, or is not there, or its release is gone', async () => {
    const state = { phase: 'withdrawn', by: person, at: now } as const;
    const ended = await waits({ promotion: { state, approvals } });
    expect([ended.wakeAt, ended.promotion.state, await ended.told()]).toEqual([null, state, []]);
    const waiting = recordsOf(plain).find(([kind]) => kind === 'promotion');
    if (waiting === undefined) throw new Error('it waits');
    for (const there of [[], [waiting]]) {
      const kept = await keeping(...there);
      const looked = kept.act((tx) =>
        reconcilePromotion(
          tx,
          project,
          id,
          now,
          () => 'fresh',
          async () => undefined,
        ),
      );
      expect(await looked).toEqual({ wakeAt: null });
      expect(await kept.told()).toEqual([]);
    }
  });
});

describe('when a promotion that waits is looked at again', () => {
  const soak = (forMs: number): Partial<PipelineStep> => gated({ kind: 'soak', forMs });
  const approved: Partial<Promotion> = { approvals };

  it.each<[string, Step, number | null]>([
    ['never by time alone, where people are missing', {}, null],
    ['when the soak is over', { promotion: approved, step: soak(41 * hourMs) }, hourMs],
    [
      'when the first of two may be',
      {
        promotion: approved,
        step: gated({ kind: 'soak', forMs: 42 * hourMs }, { kind: 'soak', forMs: 41 * hourMs }),
      },
      hourMs,
    ],
    [
      'when an approval expires before that',
      { promotion: approved, policy: { expireMs: 2 * hourMs }, step: soak(45 * hourMs) },
      hourMs,
    ],
    [
      'not for one that has expired already',
      {
        promotion: { approvals: [by(ada, { at: instant(now - 2 * hourMs), expiredAt: now }), by(bo)] },
        policy: { expireMs: 2 * hourMs },
      },
      hourMs,
    ],
  ])('it is %s', async (_, step, ms) => {
    expect((await waits(step)).wakeAt).toBe(ms === null ? null : now + ms);
  });

  it('is never, where all that was approved is asked for no more and something else is missing', async () => {
    const facts = asking({ promotion: approved, step: gated({ kind: 'bugs', atMost: 0 }) });
    const steps = (facts.file.pipelines['main'] ?? []).map(({ environment, gates }) => ({
      environment,
      gates,
    }));
    const { wakeAt, promotion } = await look({
      ...facts,
      file: { ...facts.file, pipelines: { main: steps } },
    });
    expect([wakeAt, promotion.state.phase]).toEqual([null, 'waiting']);
  });

  const zone = { zone: 'UTC', reason: 'closed' } as const;
  it.each<[string, readonly FreezeSpec[]]>([
    [
      'it is frozen for good',
      [
        { ...zone, kind: 'yearly', days: '01-01..06-30' },
        { ...zone, kind: 'yearly', days: '07-01..12-31' },
      ],
    ],
    ['what it says cannot be read', [{ ...zone, kind: 'once', from: 'some day', to: 'another' }]],
  ])('is as far on as was looked, where %s', async (_, freezes) => {
    const facts = asking({ promotion: approved });
    const environments = { [plain.target.name]: { ...plain.target.spec, freezes } };
    const at = now;
    const { wakeAt, promotion } = await look({ ...facts, file: { ...facts.file, environments } }, [], at);
    expect(promotion.state.phase).toBe('waiting');
    // The approvals of an hour ago expire long before that.
    expect(wakeAt).toBe(now + approvalPolicy.expireMs - hourMs);
    const lasting = asking({ promotion: approved, policy: { expireMs: 10 * horizonMs } });
    const far = await look({ ...lasting, file: { ...lasting.file, environments } }, [], at);
    expect(far.wakeAt).toBe(now + horizonMs);
  });

  it('is when an emergency expires, which then ends it (REL-12)', async () => {
    const step = { emergency: { from: [qa], second: [lead] } };
    const emergency = { expiresAt: later(now, 1000), confirmed: null };
    const waiting = await waits({
      step: { ...step, ...gated({ kind: 'webhook', name: 'desk', url: 'https://d', timeoutMs: 1 }) },
      promotion: { emergency },
    });
    expect(waiting.wakeAt).toBe(now + 1000);
    expect(await waiting.told()).toEqual([]);
    const over = await look(asking({ step, promotion: { emergency } }), [], emergency.expiresAt);
    expect([over.wakeAt, over.promotion.state.phase]).toEqual([null, 'withdrawn']);
    expect((await over.told()).map(({ kind }) => kind)).toEqual(['promotion.emergency-expired']);
    const early = await look(asking({ step, promotion: { emergency } }), [], instant(now + 999));
    expect(early.promotion.state.phase).toBe('waiting');
  });

  it('asks the programs behind its gates meanwhile, and tells what expired', async () => {
    const desk: GateSpec = { kind: 'webhook', name: 'desk', url: 'https://d', timeoutMs: 1000 };
    const old = by(ada, { at: instant(now - approvalPolicy.expireMs) });
    const { told } = await waits({ step: gated(desk), promotion: { approvals: [old] } });
    expect((await told()).map(({ kind }) => kind)).toEqual(['promotion.approval-expired', 'gate.asked']);
  });
});
