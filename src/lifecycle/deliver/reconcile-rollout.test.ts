import { describe, expect, it } from 'vitest';
import { anEmptyEnvironment, aPromotionOf, aReleaseOf } from '../../domain/environment.kit.ts';
import type { Environment } from '../../domain/environment.ts';
import { later } from '../../domain/ids.ts';
import type { Promotion } from '../../domain/promotion.ts';
import type { Rollout } from '../../domain/rollout/types.ts';
import type { Observation } from '../../protocol/messages.ts';
import { aProjectWith } from '../kept.kit.ts';
import { createStopwatch, type Stopwatch } from '../stopwatch.ts';
import { commitRollout, loadRollout, reconcileRollout, samplesATurn } from './reconcile-rollout.ts';
import { allAtOnce, inCanary, observed, policy, preflight, samples, seen, start } from './rollout.kit.ts';
import { abort, enterHeld, enterNextStep, settle } from './transitions.ts';

const release = aReleaseOf('1.1.0', { web: 'web 2' });
const promotion: Promotion = { ...aPromotionOf(release), id: inCanary.promotion };
const environment: Environment = { ...anEmptyEnvironment, revision: 7 };
const { project } = environment;
const by = { kind: 'automation', rule: 'test' } as const;
const passed = { state: 'passed', smoke: [] } as const;

/** Notes what it is asked for, and what it is to forget. */
function noting(stopwatch: Stopwatch) {
  const asked = new Set<string>();
  const forgotten = new Set<string>();
  const noted: Stopwatch = {
    attendedMs: (key, ...more) => stopwatch.attendedMs(noteAsked(key), ...more),
    leftMs: (key, ...more) => stopwatch.leftMs(noteAsked(key), ...more),
    forget: (key) => {
      forgotten.add(key);
      stopwatch.forget(key);
    },
  };
  const noteAsked = (key: string): string => {
    asked.add(key);
    return key;
  };
  return { ...noted, asked, forgotten };
}

async function rolling(rollout: Rollout, said: Partial<Observation> | null = null) {
  const kept = await aProjectWith([environment]);
  const { put, store, clock, get } = kept;
  await put('rollout', rollout.id, rollout);
  await put('promotion', promotion.id, promotion);
  await put('release', release.id, release);
  const stopwatch = noting(createStopwatch(clock));
  const says = (other: Partial<Observation>) =>
    put('observation', environment.id, {
      id: environment.id,
      project,
      agent: environment.agent,
      at: clock.now(),
      observation: observed(null, other),
    });
  if (said !== null) await says(said);
  return {
    ...kept,
    says,
    stopwatch,
    forgotten: () => [...stopwatch.forgotten],
    turn: async () => {
      const { wakeAt } = await store.transaction((tx) =>
        reconcileRollout(tx, project, rollout.id, clock.now(), stopwatch),
      );
      return wakeAt === null ? null : wakeAt - clock.now();
    },
    commit: (after: Rollout) =>
      store.transaction(async (tx) =>
        commitRollout(tx, await loadRollout(tx, project, rollout.id), after, clock.now(), by, 'a note'),
      ),
    measured: (count: number, of = rollout) =>
      store.transaction((tx) => tx.addSamples(project, samples(of, count))),
    rollout: async () => {
      const found = await get('rollout', rollout.id);
      if (found === undefined) throw new Error('it is there');
      return found;
    },
    version: (kind: 'rollout' | 'environment' | 'promotion' | 'release', id: string) =>
      store.read(async (tx) => (await tx.get(project, kind, id))?.version),
  };
}

describe('a turn of a rollout', () => {
  it('goes on with what the agent says, and is looked at again when there may be more to do', async () => {
    const { turn, rollout, told, version } = await rolling(preflight, {
      rollout: seen(preflight, { preflight: passed }),
    });
    expect(await turn()).toBe(1_000);
    expect((await rollout()).state.phase).toBe('canary');
    expect((await told()).map(({ kind }) => kind)).toEqual(['rollout.phase', 'desired.changed']);
    expect([await version('promotion', promotion.id), await version('release', release.id)]).toEqual([1, 1]);
  });

  it('is followed at once by another where that would find something to do', async () => {
    const once = allAtOnce({ phase: 'preflight', since: start });
    const said = { revision: 100, rollout: seen(once, { preflight: passed }) };
    const { turn, rollout } = await rolling(once, said);
    expect(await turn()).toBe(0);
    expect((await rollout()).state.phase).toBe('promoting');
    expect(await turn()).toBeNull();
    expect((await rollout()).state.phase).toBe('succeeded');
  });

  it('writes nothing where nothing is new', async () => {
    const { turn, told, version } = await rolling(inCanary, { rollout: seen(inCanary) });
    expect(await turn()).toBe(1_000);
    expect(await told()).toEqual([]);
    expect(await version('rollout', inCanary.id)).toBe(1);
    expect(await version('environment', environment.id)).toBe(1);
  });

  it('keeps what was measured, and says nothing of it', async () => {
    const { turn, told, rollout, measured, version } = await rolling(inCanary, { rollout: seen(inCanary) });
    await measured(5);
    await turn();
    expect((await rollout()).lastSample).toBe(5);
    expect(await told()).toEqual([]);
    for (const [kind, id] of [
      ['environment', environment.id],
      ['promotion', promotion.id],
      ['release', release.id],
    ] as const)
      expect(await version(kind, id), kind).toBe(1);
  });

  it('folds so many samples, and the others in the next', async () => {
    const patient = {
      ...policy,
      canary: [{ percent: 10, exposureMs: 9e9, maximumMs: 9e9 }, ...policy.canary],
    };
    const slow = { ...preflight, policy: patient };
    const { turn, rollout, says, measured } = await rolling(slow, {
      rollout: seen(slow, { preflight: passed }),
    });
    await turn();
    const canary = await rollout();
    await says({ rollout: seen(canary) });
    await measured(samplesATurn + 1, canary);
    expect(await turn()).toBe(0);
    expect((await rollout()).lastSample).toBe(samplesATurn);
    expect(await turn()).toBe(1_000);
    expect((await rollout()).lastSample).toBe(samplesATurn + 1);
  });

  it('is followed at once by another where a sample decided before the last', async () => {
    const { turn, rollout, measured } = await rolling(inCanary, { rollout: seen(inCanary) });
    await measured(80);
    expect(await turn()).toBe(0);
    const { state, lastSample } = await rollout();
    expect(state).toMatchObject({ phase: 'canary', step: 1 });
    expect(lastSample).toBeLessThan(80);
    await turn();
    expect((await rollout()).lastSample).toBe(80);
  });

  it.each(['rollout', 'environment', 'promotion', 'release'] as const)(
    'says which %s is not there',
    async (kind) => {
      const { store, turn } = await rolling(inCanary);
      const ids = {
        rollout: inCanary.id,
        environment: environment.id,
        promotion: promotion.id,
        release: release.id,
      };
      await store.transaction((tx) => tx.remove(project, kind, ids[kind]));
      await expect(turn()).rejects.toMatchObject({ kind: 'absent', code: `${kind}-unknown` });
    },
  );
});

describe('the time that a rollout is silent for', () => {
  it('is counted since its agent said something new, and loses the judge after the lease', async () => {
    const { turn, rollout, says, clock } = await rolling(inCanary, { rollout: seen(inCanary) });
    const pass = async (seconds: number) => {
      for (let second = 0; second < seconds; second += 1) {
        await clock.advance(1_000);
        await turn();
      }
    };
    await turn();
    await pass(20);
    await says({ rollout: seen(inCanary) });
    await pass(30);
    expect((await rollout()).state.phase).toBe('canary');
    await pass(2);
    expect((await rollout()).state).toMatchObject({ phase: 'held', percent: 0 });
  });

  it('is not counted from before its phase began', async () => {
    const { turn, rollout, clock, commit } = await rolling(preflight, { rollout: null });
    for (let second = 0; second < 60; second += 1) {
      await turn();
      await clock.advance(1_000);
    }
    await commit(inCanary);
    for (let second = 0; second < 25; second += 1) {
      await turn();
      await clock.advance(1_000);
    }
    expect((await rollout()).state.phase).toBe('canary');
  });

  it('does not count while nobody looked', async () => {
    const { turn, rollout, clock } = await rolling(inCanary, { rollout: seen(inCanary) });
    await turn();
    await clock.advance(3_600_000);
    await turn();
    expect((await rollout()).state.phase).toBe('canary');
  });

  it('is that of a watch, whose end it is looked at again for (REL-11)', async () => {
    const watching = enterNextStep(enterNextStep(enterNextStep(inCanary, start), start), start);
    const { turn, rollout, clock, commit } = await rolling(inCanary);
    const until = later(clock.now(), 60_000);
    await commit({ ...watching, state: { phase: 'watching', since: clock.now(), until } });
    expect(await turn()).toBe(60_000);
    await clock.advance(59_000);
    expect(await turn()).toBe(1_000);
    await clock.advance(1_000);
    expect(await turn()).toBeNull();
    expect((await rollout()).state.phase).toBe('succeeded');
  });
});

describe('a rollout that has ended', () => {
  it('is not looked at again, though samples are left, and no time of it is remembered', async () => {
    const watching = enterNextStep(enterNextStep(enterNextStep(inCanary, start), start), start);
    const { turn, stopwatch, clock, commit, rollout, measured, forgotten } = await rolling(inCanary);
    const until = later(clock.now(), 1_000);
    await commit({ ...watching, state: { phase: 'watching', since: clock.now(), until } });
    await turn();
    await measured(samplesATurn + 1, await rollout());
    await clock.advance(1_000);
    expect(await turn()).toBeNull();
    expect((await rollout()).state.phase).toBe('succeeded');
    expect(stopwatch.asked.size).toBe(3);
    expect(forgotten()).toEqual([...stopwatch.asked]);
    stopwatch.forgotten.clear();
    expect(await turn()).toBeNull();
    expect(forgotten()).toEqual([...stopwatch.asked]);
  });
});

describe('what is written of a rollout', () => {
  it('is told by whoever did it, with their note', async () => {
    const { commit, told } = await rolling(inCanary);
    await commit(abort(inCanary, by, 'no', start));
    const [event] = await told();
    expect(event).toMatchObject({ kind: 'rollout.taken-back', actor: by, payload: { note: 'a note' } });
  });

  it('is its promotion’s course, its release’s mark and its environment’s next revision, in one', async () => {
    const { commit, get, told, clock } = await rolling(inCanary);
    const { revision } = await commit(abort(inCanary, by, 'no', start));
    expect(revision).toBe(8);
    expect((await get('environment', environment.id))?.revision).toBe(8);
    expect((await get('promotion', promotion.id))?.course?.takenBackAt).toBe(clock.now());
    expect((await get('release', release.id))?.mark).toMatchObject({ rollout: inCanary.id });
    expect((await told()).map(({ kind }) => kind)).toEqual([
      'rollout.taken-back',
      'release.marked',
      'desired.changed',
    ]);
  });

  it('leaves the revision alone where the agent is asked for the same', async () => {
    const { commit, told } = await rolling(inCanary);
    const held = enterHeld(inCanary, { kind: 'judge lost' }, null, start);
    expect((await commit(held)).revision).toBe(7);
    expect((await told()).map(({ kind }) => kind)).toEqual(['rollout.held']);
  });

  it('wakes nobody while it lives, and who waits for the environment when it has ended', async () => {
    const { commit, takeWoken, put } = await rolling(inCanary);
    await commit(abort(inCanary, by, 'no', start));
    expect(takeWoken()).toEqual([]);
    await commit(settle(inCanary, start));
    expect(takeWoken()).toEqual([`environment/${environment.id}`]);
    await put('promotion', promotion.id, { ...promotion, change: 'CR-1' as never });
    await commit({ ...settle(inCanary, start), lastSample: 3 });
    expect(takeWoken()).toEqual([`environment/${environment.id}`, 'change/CR-1']);
  });
});
