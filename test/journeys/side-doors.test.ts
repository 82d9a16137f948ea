import { describe, expect, it } from 'vitest';
import { isFailure } from '../../src/domain/failure.ts';
import { createReconcilers } from '../../src/lifecycle/control-plane.ts';
import { minuteMs, runs } from './ladder.kit.ts';
import { ada, agentCalls, bo, type Guarded, guarded, reconcilers, type Try } from './side-doors.kit.ts';
import { useCases } from './side-doors.use-cases.kit.ts';

const outcomeOf = (plane: Guarded, { go }: Try): Promise<string> =>
  (async () => go(plane))().then(
    () => 'done',
    (thrown: unknown) => {
      if (isFailure(thrown)) return thrown.code;
      throw thrown;
    },
  );

/** Nothing but what ran there before runs there, and nothing is on its way. */
async function expectUnmoved(plane: Guarded): Promise<void> {
  await plane.clock.advance(5 * minuteMs);
  const prod = await plane.control.environment(plane.project, 'prod');
  expect(prod.services.map(({ stable, candidate }) => [stable?.version, candidate])).toEqual([
    [plane.old, null],
  ]);
  expect(prod.rollout).toBeNull();
}

const tries = Object.entries(useCases).flatMap(([name, one]) =>
  one === 'asks' ? [] : [[name, one] as const],
);

describe('no side door into production (INF-7)', () => {
  it('is open: every use case is in the table', async () => {
    const plane = await guarded();
    expect(Object.keys(plane.control).toSorted()).toEqual(Object.keys(useCases).toSorted());
  });

  it.each(tries)('is opened by %s, used by one person who may everything', async (_, one) => {
    const plane = await guarded();
    expect(await outcomeOf(plane, one)).toBe(one.comes);
    await expectUnmoved(plane);
  });

  it('is opened by all of them together', async () => {
    const plane = await guarded();
    const last = new Set(['reject', 'withdraw']);
    for (const [name, one] of tries) if (!last.has(name)) await outcomeOf(plane, one);
    await expectUnmoved(plane);
  });

  it('is opened by what an agent says, its own or another', async () => {
    const plane = await guarded();
    expect(Object.keys(plane.agents).toSorted()).toEqual(Object.keys(agentCalls).toSorted());
    for (const one of Object.values(agentCalls).flatMap((calls) => (calls === 'asks' ? [] : calls))) {
      expect(await outcomeOf(plane, one)).toBe(one.comes);
      await expectUnmoved(plane);
    }
  });

  it('is opened by a reconciler that is woken without a reason', async () => {
    const plane = await guarded();
    const all = createReconcilers(plane.parts);
    expect(all.map(({ kind }) => kind).toSorted()).toEqual(Object.keys(reconcilers).toSorted());
    for (const reconciler of all)
      for (const id of reconcilers[reconciler.kind]?.(plane) ?? [])
        await plane.parts.store.transaction((tx) =>
          reconciler.reconcile(tx, plane.project, id, plane.clock.now()),
        );
    await expectUnmoved(plane);
  });

  it('is needed: the front door opens, once everything that is asked for is there', async () => {
    const plane = await guarded();
    const { control, project, waiting } = plane;
    for (const gate of ['bugs', 'change-request'])
      await control.waive(project, { release: plane.wanted, to: 'prod', gate, reason: 'x' }, plane.as(ada));
    for (const person of [ada, 'cy@example.org'])
      await control.approve(project, waiting.id, { planHash: waiting.plan.hash }, plane.as(person));
    await plane.clock.advance(5 * minuteMs);
    expect(waiting.requestedBy).toMatchObject({ id: bo });
    expect(await runs(plane, 'prod')).toBe(plane.wanted);
  });
});
