import { describe, expect, it } from 'vitest';
import type { ActorId, RolloutId } from '../domain/ids.ts';
import { instant } from '../domain/ids.ts';
import { createControlPlane, createReconcilers } from './control-plane.ts';
import { aProjectWith } from './kept.kit.ts';

const [ada, bo] = ['ada@example.org', 'bo@example.org'] as ActorId[] as [ActorId, ActorId];

async function controlling() {
  const kept = await aProjectWith();
  const control = createControlPlane({ ...kept.parts, publicKey: 'its public key' });
  const append = async () => {
    await control.sessionOpened(kept.project, ada, null);
    await kept.store.chain(kept.project);
  };
  return { ...kept, control, append };
}

describe('that somebody signed in', () => {
  it.each([
    ['as themselves', null, { kind: 'person', id: ada }, /ada@example\.org signed in/u],
    ['and acts as nobody else any more', ada, { kind: 'person', id: ada }, /nobody else/u],
    ['and acts as somebody', bo, { kind: 'person', id: bo, actingFrom: ada }, /as bo@example\.org/u],
  ])('stands in the log: %s (OPS-8)', async (_, actingAs, actor, message) => {
    const { control, project, told, clock } = await controlling();
    await control.sessionOpened(project, ada, actingAs);
    const [event] = await told();
    expect(event).toMatchObject({
      project,
      kind: 'session.opened',
      at: clock.now(),
      actor,
      environment: null,
      subject: `person/${ada}`,
      payload: {},
    });
    expect(event?.actor).toEqual(actor);
    expect(event?.message).toMatch(message);
  });
});

describe('whoever looks at a project', () => {
  it('is told of its events and of its figures, and of no other’s, until they go', async () => {
    const { control, project, parts, append } = await controlling();
    const news: unknown[] = [];
    const listening = control.onNews(project, (one) => news.push(one));
    await append();
    parts.figures.changed(project, 'rollout' as RolloutId);
    parts.figures.changed('another' as never, 'rollout' as RolloutId);
    expect(news).toEqual([{ kind: 'events' }, { kind: 'figures', rollout: 'rollout' }]);
    listening[Symbol.dispose]();
    await append();
    parts.figures.changed(project, 'rollout' as RolloutId);
    expect(news).toHaveLength(2);
  });

  it('is given what an export of the log begins with', async () => {
    const { control, project, store, append } = await controlling();
    await append();
    const { position, link } = await store.head(project);
    const checkpoint = { position, link, at: instant(1), signature: 'signed', countersignatures: [] };
    await store.addCheckpoint(project, checkpoint);
    expect(await control.auditHeader(project)).toEqual({
      project,
      name: 'access',
      publicKey: 'its public key',
      checkpoints: [checkpoint],
    });
  });
});

describe('what is looked at again and again', () => {
  it('is every kind of thing that may have something to do', async () => {
    const { parts } = await controlling();
    const kinds = createReconcilers(parts).map(({ kind }) => kind);
    expect(kinds.toSorted()).toEqual(['change', 'environment', 'project', 'promotion', 'rollout']);
  });
});
