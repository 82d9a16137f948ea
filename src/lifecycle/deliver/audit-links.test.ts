import { describe, expect, it } from 'vitest';
import type { Checkpoint } from '../../domain/audit/types.ts';
import type { AgentId } from '../../domain/ids.ts';
import { someMoment } from '../../engine/virtual-clock.ts';
import { openMemoryStore } from '../../store/memory/store.ts';
import { anEvent, aProject as project } from '../../../test/kit/audit.ts';
import { storeWith } from '../operate/store-with.kit.ts';
import { createAuditLinks } from './audit-links.ts';

/** A log of so many events, with checkpoints at these positions, that an agent has signed. */
async function logOf(count: number, ...positions: readonly number[]) {
  const store = openMemoryStore({}, () => undefined);
  await store.transaction((tx) =>
    tx.append(Array.from({ length: count }, (_, index) => anEvent(`${index}`))),
  );
  await store.chain(project);
  const events = await store.events(project, 0, count);
  const checkpoints = positions.map((position): Checkpoint => {
    const link = events[position - 1]?.link;
    if (link === undefined) throw new Error(`the log has nothing at ${position}`);
    return { position, link, at: someMoment, signature: `at ${position}`, countersignatures: [] };
  });
  for (const one of checkpoints) await store.addCheckpoint(project, one);
  await store.countersign(
    project,
    positions.map((position) => ({ position, agent: 'agent' as AgentId, signature: 'mine' })),
  );
  const links = createAuditLinks(store, project);
  const last = checkpoints.at(-1) ?? null;
  return { store, events, last, links, from: (head: number) => links(head, last) };
}

describe('what an agent needs to follow the log to a checkpoint', () => {
  it('is every link from where it stands up to there', async () => {
    const { from, events, last } = await logOf(12, 5, 10);
    expect(await from(7)).toEqual({
      links: events.slice(7, 10).map(({ position, payloadDigest }) => ({ position, payloadDigest })),
      checkpoint: last,
    });
  });

  it('is nothing where there is no checkpoint beyond it', async () => {
    const { from, links } = await logOf(12, 10);
    for (const told of [await from(10), await from(12), await links(0, null)])
      expect(told).toEqual({ links: [], checkpoint: null });
  });

  it('is read once for all that stand at the same place', async () => {
    const { from } = await logOf(12, 10);
    expect(await from(3)).toBe(await from(3));
    expect(await from(4)).not.toBe(await from(3));
  });

  it('asks for no other checkpoint where the last one is near enough', async () => {
    const { store, last } = await logOf(2_100, 2_100);
    const links = createAuditLinks(
      storeWith(store, { lastCheckpoint: () => Promise.reject(new Error('not asked')) }),
      project,
    );
    for (const head of [100, 2_000]) expect((await links(head, last)).checkpoint).toEqual(last);
  });

  it.each([
    ['the last checkpoint, where that is near enough', 100, [1_500, 2_100], 2_100],
    ['the last of those that are near, where it is far behind', 99, [500, 1_500, 2_100], 1_500],
    ['the next beyond it, where none is near', 10, [5, 2_050, 2_100], 2_050],
    ['the next beyond it, where it stands at the only one that is near', 10, [10, 2_050, 2_100], 2_050],
  ])('leads to %s', async (_, head, positions, wanted) => {
    const { from } = await logOf(2_100, ...positions);
    const { links, checkpoint } = await from(head);
    expect(checkpoint).toMatchObject({ position: wanted, signature: `at ${wanted}`, countersignatures: [] });
    expect([links[0]?.position, links.at(-1)?.position]).toEqual([head + 1, wanted]);
    expect(links).toHaveLength(wanted - head);
  });
});
