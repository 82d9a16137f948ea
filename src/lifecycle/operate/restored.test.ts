import { describe, expect, it } from 'vitest';
import { aProject, anAgent } from '../../../test/kit/audit.ts';
import { actorName } from '../../domain/actor.ts';
import { aPromotionOf, aReleaseOf } from '../../domain/environment.kit.ts';
import type { ActorId, Digest, PromotionId, RolloutId } from '../../domain/ids.ts';
import { createVirtualClock, someMoment } from '../../engine/virtual-clock.ts';
import { openMemory } from '../../store/memory/store.ts';
import { inCanary } from '../deliver/rollout.kit.ts';
import { settle } from '../deliver/transitions.ts';
import { aProjectWith, environmentNamed } from '../kept.kit.ts';
import { type LostHead, noteRestored, type RestoreActs } from './restored.ts';

const by = { kind: 'person', id: 'ada@example.org' as ActorId } as const;
const acts = { holdLive: async () => {}, withdraw: async () => {} };
const head = (environment: string, position: number): LostHead => ({
  environment,
  agent: anAgent,
  position,
  link: 'sha256:0' as Digest,
});

async function eventAfter(lost: readonly LostHead[]) {
  const clock = createVirtualClock(someMoment);
  const { store } = openMemory({ clock });
  const restoration = { by, takenAt: '2026-01-05T10:00:00Z', position: 12, lost };
  const project = { id: aProject, name: 'access', createdAt: clock.now() };
  await store.transaction((tx) => tx.put(aProject, 'project', aProject, project, 0));
  const after = await noteRestored(store, acts, aProject, restoration, clock.now());
  await store.chain(aProject);
  const [event, ...more] = await store.events(aProject, 0, 10);
  expect([after, more]).toEqual([{ held: 0, withdrawn: 0 }, []]);
  return event;
}

describe('what is told of a restore', () => {
  it('is what lies in the log between the backup and the furthest that an agent vouched for', async () => {
    const lost = [head('test', 14), head('prod', 31), head('dev', 13)];
    const event = await eventAfter(lost);
    expect(event).toMatchObject({
      kind: 'control-plane.restored',
      actor: by,
      subject: `project/${aProject}`,
      payload: { takenAt: '2026-01-05T10:00:00Z', position: 12, lost },
    });
    expect(event?.message).toMatch(/position 12 .*positions 13 to 31, .*prod/u);
  });

  it('is nothing that was lost where no agent vouched for more', async () => {
    expect((await eventAfter([]))?.message).not.toContain('13');
  });
});

describe('what was under way when the backup was taken', () => {
  it('is held where it is rolled out, and withdrawn where it waits, in the name of who restored', async () => {
    const { store, project, put, clock } = await aProjectWith([environmentNamed('prod')]);
    const waits = aPromotionOf(aReleaseOf('1.1.0', { web: 'web 2' }));
    await put('rollout', 'live', { ...inCanary, id: 'live' as RolloutId });
    await put('rollout', 'over', { ...settle(inCanary, someMoment), id: 'over' as RolloutId });
    await put('promotion', 'waits', { ...waits, id: 'waits' as PromotionId });
    const done: (readonly string[])[] = [];
    const noting: RestoreActs = {
      holdLive: async (_, { id }, who) => void done.push(['held', id, actorName(who)]),
      withdraw: async (_, { value }, who) => void done.push(['withdrawn', value.id, actorName(who)]),
    };
    const restoration = { by, takenAt: '2026-01-05T10:00:00Z', position: 12, lost: [] };
    const after = await noteRestored(store, noting, project, restoration, clock.now());
    expect(after).toEqual({ held: 1, withdrawn: 1 });
    expect(done).toEqual([
      ['held', 'live', by.id],
      ['withdrawn', 'waits', by.id],
    ]);
  });
});
