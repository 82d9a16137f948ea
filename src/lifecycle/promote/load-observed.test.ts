import { describe, expect, it } from 'vitest';
import type { AlarmRecord } from '../../domain/alarms/types.ts';
import type { Environment } from '../../domain/environment.ts';
import { instant } from '../../domain/ids.ts';
import { emptyHour, hourMs } from '../../domain/observed-traffic/hours.ts';
import type { GateSpec, PipelineStep } from '../../domain/project-file/types.ts';
import type { PromotionState } from '../../domain/promotion.ts';
import { now } from './facts.kit.ts';
import { asking, type There } from './kept.kit.ts';
import { dev, gated, loaded, project, promotion, rollout, target, test } from './load.kit.ts';

describe('what was observed, for the gates that ask', () => {
  const record = ({ id }: Environment): AlarmRecord => ({
    id,
    project,
    alarms: [],
    sources: [],
    postedAt: now,
    claimedUntil: null,
  });
  const state: PromotionState = { phase: 'rolled back', rollout, reason: '', at: now };
  const through: PromotionState = { phase: 'succeeded', rollout, at: now };
  const hours = Array.from({ length: 10 }, (_, index) =>
    emptyHour(project, test.id, instant(index * hourMs)),
  );
  const there: readonly There[] = [
    ['alarm', record(test)],
    ['alarm', record(target)],
    ['alarm', record(dev)],
    ...hours.map((one): There => ['traffic', one]),
    ['traffic', emptyHour(project, dev.id, instant(0))],
    ...[
      promotion('back', { environment: test.id, kind: 'rollback', state: through }),
      promotion('taken', { environment: test.id, state }),
      promotion('failed', { environment: test.id, state: { ...state, phase: 'failed' } }),
      promotion('fine', { environment: test.id, state: through }),
      promotion('going', {
        environment: test.id,
        kind: 'rollback',
        state: { phase: 'running', rollout, since: now },
      }),
      promotion('target', { environment: target.id, state }),
    ].map((one): There => ['promotion', one]),
  ];
  const observed = async (...gates: readonly GateSpec[]) =>
    (await loaded(there, {}, gated(...gates))).observed;
  const stability = (forMs: number): GateSpec => ({ kind: 'stability', forMs, errors: 0.01 });

  it('is nothing where none does', async () => {
    const { alarms, traffic, setbacks } = await observed({ kind: 'smoke' });
    expect([alarms.size, traffic, setbacks]).toEqual([0, [], []]);
    const first = asking({ step: { gates: [{ kind: 'alarms' }] } });
    const alone = { ...first, file: { ...first.file, pipelines: { main: [first.rung?.step as never] } } };
    expect((await loaded(there, {}, alone)).observed.alarms.size).toBe(0);
  });

  it('is the alarms of source and target for a gate of alarms, and no more', async () => {
    const { alarms, traffic, setbacks } = await observed({ kind: 'alarms' });
    expect([...alarms.keys()]).toEqual(['test', 'prod']);
    expect([traffic, setbacks]).toEqual([[], []]);
    expect(
      (await loaded([['alarm', record(target)]], {}, gated({ kind: 'alarms' }))).observed.alarms.size,
    ).toBe(1);
  });

  it('is for a gate of stability also what was taken back there, and as many hours as it looks back, and some', async () => {
    const { alarms, traffic, setbacks } = await observed(stability(1.5 * hourMs), { kind: 'smoke' });
    expect(alarms.size).toBe(2);
    expect(traffic.map(({ hour }) => hour / hourMs)).toEqual([9, 8, 7, 6, 5, 4]);
    expect(setbacks.map(({ id }) => id).toSorted()).toEqual(['back', 'failed', 'taken']);
  });

  it('is what was taken back also where a hundred went through since', async () => {
    const many = Array.from(
      { length: 100 },
      (_, index): There => [
        'promotion',
        promotion(`through ${index}`, { environment: test.id, state: through }),
      ],
    );
    const { setbacks } = (await loaded([...there, ...many], {}, gated(stability(hourMs)))).observed;
    expect(setbacks.map(({ id }) => id).toSorted()).toEqual(['failed', 'taken']);
  });

  it('is of the rung right before, however many there are', async () => {
    const facts = gated({ kind: 'alarms' });
    const main = [{ environment: dev.name, gates: [] }, facts.rung?.step as PipelineStep];
    const { alarms } = (await loaded(there, {}, { ...facts, file: { ...facts.file, pipelines: { main } } }))
      .observed;
    expect([...alarms.keys()]).toEqual(['dev', 'prod']);
  });

  it('looks back as far as the gate that looks furthest', async () => {
    const { traffic } = await observed(stability(hourMs), stability(3 * hourMs), stability(2 * hourMs));
    expect(traffic).toHaveLength(7);
  });
});
