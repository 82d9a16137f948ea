import { describe, expect, it } from 'vitest';
import { aProject, anAgent } from '../../../test/kit/audit.ts';
import type { ActorId, Digest } from '../../domain/ids.ts';
import { createVirtualClock, someMoment } from '../../engine/virtual-clock.ts';
import { openMemory } from '../../store/memory/store.ts';
import { type LostHead, noteRestored } from './restored.ts';

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
