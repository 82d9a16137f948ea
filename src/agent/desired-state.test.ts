import { describe, expect, it } from 'vitest';
import { type EnvironmentId, type EnvironmentName, instant, type ProjectId } from '../domain/ids.ts';
import type { DesiredEnvironment, PollResponse } from '../protocol/messages.ts';
import { DesiredState } from './desired-state.ts';

const environment = 'e' as EnvironmentId;

const word = (revision: number, restoredFrom?: number, restoredAt = 1): DesiredEnvironment => ({
  project: 'p' as ProjectId,
  environment,
  name: 'prod' as EnvironmentName,
  revision,
  services: [],
  rollout: null,
  ...(restoredFrom !== undefined && { restoredFrom, restoredAt: instant(restoredAt) }),
});

const told = (one: DesiredEnvironment): PollResponse => ({
  protocol: 1,
  cursor: '1',
  full: true,
  environments: [one],
  audit: { links: [], checkpoint: null },
});

/** The revision that is held after these words, and whether the agent knows more than who said the last one. */
async function after(...words: readonly DesiredEnvironment[]) {
  const state = await DesiredState.load({ read: async () => null, write: async () => {} });
  for (const one of words) await state.take(told(one));
  return { revision: state.of(environment)?.revision, isAhead: state.isAhead(environment) };
}

describe('what an agent was asked for last', () => {
  it('is known at once, though the disk takes its time', async () => {
    const disk = Promise.withResolvers<void>();
    const state = await DesiredState.load({ read: async () => null, write: () => disk.promise });
    const kept = state.take(told(word(3)));
    expect(state.of(environment)?.revision).toBe(3);
    disk.resolve();
    await kept;
  });

  it('gives way to what is newer', async () => {
    expect(await after(word(3), word(4))).toEqual({ revision: 4, isAhead: false });
  });

  it('is held against a control plane that was set back, or a copy of an older one', async () => {
    expect(await after(word(4), word(3))).toEqual({ revision: 4, isAhead: true });
  });

  it('is held against a restored control plane when it came after the backup, whatever that counts up to', async () => {
    expect(await after(word(5), word(6, 4))).toEqual({ revision: 5, isAhead: true });
  });

  it('gives way to a restored control plane that knows all of it', async () => {
    expect(await after(word(4), word(5, 4), word(6, 4))).toEqual({ revision: 6, isAhead: false });
  });

  it('is held once more when the same backup is restored once more', async () => {
    expect(await after(word(4), word(5, 4, 1), word(6, 4, 2))).toEqual({ revision: 5, isAhead: true });
  });

  it('gives way once the restored control plane took it up', async () => {
    expect(await after(word(5), word(5, 4), word(6))).toEqual({ revision: 6, isAhead: false });
  });
});
