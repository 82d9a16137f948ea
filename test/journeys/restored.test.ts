import { describe, expect, it } from 'vitest';
import { digestOf } from '../../src/domain/canonical.ts';
import {
  type ActorId,
  type EnvironmentName,
  instant,
  type ReleaseId,
  type ServiceName,
} from '../../src/domain/ids.ts';
import type { Rollout, Variant } from '../../src/domain/rollout/types.ts';
import { restoreActs } from '../../src/lifecycle/control-plane.ts';
import { noteRestored } from '../../src/lifecycle/operate/restored.ts';
import { type Observation, type ObservedRollout, protocolVersion } from '../../src/protocol/messages.ts';
import { climb, hourMs, inCanary, type Ladder, ladder, runs } from './ladder.kit.ts';

const by = { kind: 'person', id: 'ada@example.org' as ActorId } as const;

/** What a control plane does first that comes from a backup: this one is at the backup's moment. */
const restore = ({ parts, project, clock }: Ladder, position = 1) =>
  noteRestored(
    parts.store,
    restoreActs,
    project,
    { by, takenAt: '2026-01-05T10:00:00Z', position, lost: [] },
    clock.now(),
  );

const environmentOf = async ({ parts, project, declared }: Ladder, name = 'prod') => {
  const id = declared.environments.find((one) => one.name === (name as EnvironmentName))?.id ?? '';
  const stored = await parts.store.read((tx) => tx.get(project, 'environment', id));
  if (stored === undefined) throw new Error(`no environment ${name}`);
  return stored.value;
};

async function rolloutOf(plane: Ladder): Promise<Rollout> {
  const { id } = await environmentOf(plane);
  const { items } = await plane.parts.store.read((tx) =>
    tx.list(plane.project, 'rollout', { environment: id }, { limit: 1 }),
  );
  if (items[0] === undefined) throw new Error('nothing is rolled out');
  return items[0].value;
}

const phaseOf = async (plane: Ladder): Promise<string> => (await rolloutOf(plane)).state.phase;

/** As prod's agent would, which was asked for revision 1000 after the backup. */
async function saysItHolds(
  plane: Ladder,
  stable: (service: string) => Variant,
  rollout: ObservedRollout | null = null,
): Promise<void> {
  const { stable: served } = await environmentOf(plane);
  const holding = Object.keys(served).map((service) => ({
    service: service as ServiceName,
    stable: stable(service),
  }));
  await says(plane, { holding, rollout });
}

/** Prod's agent, which was asked for revision 1000 before. */
async function says(plane: Ladder, observation: Partial<Observation>): Promise<void> {
  const { id, agent } = await environmentOf(plane);
  plane.prod.stop();
  await plane.agents.observe(
    { agent, project: plane.project, environments: [id] },
    {
      protocol: protocolVersion,
      boot: `says ${Object.keys(observation).join()}`,
      sequence: 1,
      samples: [],
      countersignature: null,
      observations: [
        {
          environment: id,
          revision: 1000,
          converged: true,
          services: [],
          rollout: null,
          isolation: { level: 'none', detail: '' },
          troubles: [],
          ...observation,
        },
      ],
    },
  );
  await plane.clock.settle();
}

/** Its agent has heard seven words since the backup, and its gateway sends so much. */
async function takesBackByANewerWord(
  plane: Ladder,
  { id, generation: known }: Rollout,
  effectivePercent: number,
): Promise<void> {
  const heard = known + 7;
  await saysItHolds(plane, () => older, {
    id,
    generation: heard,
    preflight: null,
    effectivePercent,
    lease: 'none',
    takenBack: null,
    backDone: false,
  });
  const { state, generation } = await rolloutOf(plane);
  expect(state.phase).toBe('rolling back');
  expect(generation).toBeGreaterThan(heard);
}

const older: Variant = { release: 'sha256:0' as ReleaseId, version: '0.9.0', artifact: digestOf('0.9.0') };

describe('a control plane that was restored from a backup', () => {
  it('says so in its log, and gives nobody more requests until a person decides', async () => {
    const plane = await inCanary();
    expect(await phaseOf(plane)).toBe('canary');
    expect(await restore(plane)).toEqual({ held: 1, withdrawn: 0 });
    await plane.clock.advance(3 * hourMs);
    expect(await phaseOf(plane)).toBe('held');
    expect(plane.prod.gateway.exposed()?.percent ?? 0).toBe(0);
    await plane.chainNow();
    const events = await plane.parts.store.events(plane.project, 0, 1000, {
      kinds: ['control-plane.restored'],
    });
    expect(events.map(({ message }) => message)).toEqual([
      'The control plane was restored from the backup of 2026-01-05T10:00:00Z, at position 1 of the log',
    ]);
    expect((await environmentOf(plane)).restoredFrom).toBeDefined();
  });

  it('withdraws what waited: who still wants it asks again', async () => {
    const plane = await ladder();
    const asked = await climb(plane, await plane.release('feat: one'));
    expect(await restore(plane)).toEqual({ held: 0, withdrawn: 1 });
    const view = await plane.control.promotion(plane.project, asked.id);
    expect(view.state.phase).toBe('withdrawn');
  });

  it('goes on with what an agent was asked for after the backup, and takes back what is not that', async () => {
    const plane = await inCanary();
    await restore(plane);
    await saysItHolds(plane, () => older);
    const { stable, revision, restoredFrom } = await environmentOf(plane);
    expect(Object.values(stable).map(({ version }) => version)).toEqual(['0.9.0', '0.9.0']);
    expect(revision).toBeGreaterThan(1000);
    expect(restoredFrom).toBeUndefined();
    expect(await phaseOf(plane)).toBe('rolling back');
    expect(await runs(plane, 'prod')).toBeUndefined();
  });

  it('takes back by a word that is newer than any that the gateway heard before the restore', async () => {
    const plane = await inCanary();
    const rollout = await rolloutOf(plane);
    await restore(plane);
    await takesBackByANewerWord(plane, rollout, 100);
  });

  it('takes back what a person gave up meanwhile by a word that is newer, too', async () => {
    const plane = await inCanary();
    await restore(plane);
    const rollout = await rolloutOf(plane);
    await plane.control.abort(
      plane.project,
      rollout.id,
      { reason: 'not like this' },
      plane.as('ada@example.org'),
    );
    await takesBackByANewerWord(plane, rollout, 50);
  });

  it('ends a rollout as succeeded whose version its agent serves alone by now', async () => {
    const plane = await inCanary();
    const { items } = await plane.parts.store.read((tx) =>
      tx.list(plane.project, 'rollout', {}, { limit: 1 }),
    );
    const to = new Map<string, Variant>(items[0]?.value.services.map((one) => [one.service, one.to]));
    await restore(plane);
    await saysItHolds(plane, (service) => to.get(service) ?? older);
    expect(await phaseOf(plane)).toBe('succeeded');
    expect(await runs(plane, 'prod')).toBe('1.1.0');
  });

  it('does not take what an agent saw after an earlier restore of that backup for what it sees now', async () => {
    const plane = await inCanary();
    await restore(plane);
    const { restoredAt = instant(0) } = await environmentOf(plane);
    await plane.clock.advance(hourMs);
    await restore(plane);
    const { restoredFrom = -1 } = await environmentOf(plane);
    await says(plane, { restoredFrom, restoredAt });
    expect((await environmentOf(plane)).restoredFrom).toBe(restoredFrom);
    await saysItHolds(plane, () => older);
    expect((await environmentOf(plane)).restoredFrom).toBeUndefined();
  });

  it('believes an agent that once and never else', async () => {
    const plane = await inCanary();
    await saysItHolds(plane, () => older);
    expect(Object.values((await environmentOf(plane)).stable).map(({ version }) => version)).toEqual([
      '1.0.0',
      '1.0.0',
    ]);
    expect(await phaseOf(plane)).toBe('canary');
  });
});
