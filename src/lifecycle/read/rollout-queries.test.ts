import { describe, expect, it } from 'vitest';
import { aPromotionOf, aReleaseOf } from '../../domain/environment.kit.ts';
import { instant, type RoleName } from '../../domain/ids.ts';
import type { Sample } from '../../domain/rollout/sample.ts';
import type { Rollout, RolloutState } from '../../domain/rollout/types.ts';
import { someMoment } from '../../engine/virtual-clock.ts';
import { inCanary, samples } from '../deliver/rollout.kit.ts';
import { aProjectWith, environmentNamed } from '../kept.kit.ts';
import { createQueries } from './queries.ts';

const lead = 'lead' as RoleName;
const prod = environmentNamed('prod');
const release = aReleaseOf('1.0.0', { web: 'web 1' });
const { project } = release;

describe('a rollout', () => {
  it('is not there under another id', async () => {
    const { parts } = await aProjectWith([prod]);
    await expect(createQueries(parts).rollout(project, 'none' as never)).rejects.toMatchObject({
      kind: 'absent',
      code: 'rollout-unknown',
    });
  });

  const showing = async (rollout: Rollout, measured: readonly Sample[] = []) => {
    const { parts, put, store } = await aProjectWith([prod]);
    const promotion = { ...aPromotionOf(release, undefined, prod), id: rollout.promotion };
    await put('promotion', promotion.id, promotion);
    await put('rollout', rollout.id, { ...rollout, environment: prod.id });
    await store.transaction((tx) => tx.addSamples(project, measured));
    return createQueries(parts).rollout(project, rollout.id);
  };

  it('is shown with where it is, and while it is held with who may let it go on', async () => {
    expect(await showing(inCanary)).toMatchObject({
      environment: 'prod',
      version: '1.0.0',
      resume: null,
      advance: null,
    });
    const held: RolloutState = {
      phase: 'held',
      reason: { kind: 'judge lost' },
      since: someMoment,
      from: { phase: 'canary', step: 0, since: someMoment },
      percent: 10,
    };
    expect(await showing({ ...inCanary, state: held })).toMatchObject({
      resume: { off: expect.any(String) as string },
      advance: { roles: [lead] },
    });
  });

  it.each([
    ['all of them, where they are few', 3, 3, 1],
    ['the latest 600 that it has taken in, where they are many', 700, 700, 102],
    ['those as well that it has not taken in yet', 700, 690, 93],
  ])('is shown with its samples: %s', async (_, count, lastSample, first) => {
    const [one] = samples(inCanary, 1);
    if (one === undefined) throw new Error('it is one');
    const measured = Array.from({ length: count }, (_none, index) => ({
      ...one,
      number: index + 1,
      at: instant(index + 1),
    }));
    const { curve } = await showing({ ...inCanary, lastSample }, measured);
    expect([curve[0]?.at, curve.at(-1)?.at]).toEqual([first, count]);
  });
});
