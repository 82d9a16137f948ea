import { describe, expect, it } from 'vitest';
import type { ActorId } from '../../domain/ids.ts';
import { type Rollout, wantedPercent } from '../../domain/rollout/types.ts';
import { allAtOnce, inCanary, now, preflight, start } from './rollout.kit.ts';
import { enterHeld, enterNextStep, enterRollingBack, holdRestored } from './transitions.ts';

const by = { kind: 'person', id: 'ada@example.org' as ActorId } as const;
const lost = { kind: 'judge lost' } as const;
const promoting = enterNextStep(enterNextStep(inCanary, start), start);
const watching = enterNextStep(promoting, start);
const backing = enterRollingBack(inCanary, { kind: 'start', detail: 'x' }, start);
const restored = (rollout: Rollout): Rollout => holdRestored(rollout, by, 'restored', now);

describe('a live rollout of a control plane that was restored from a backup (OPS-6)', () => {
  it.each<[string, Rollout, number]>([
    ['a canary, at 0 %', inCanary, 0],
    ['one that was held in a canary, at 0 %', enterHeld(inCanary, lost, null, start), 0],
    ['one that was being promoted, at 0 %', promoting, 0],
    ['one that was held at 100 % while it was promoted, at 0 %', enterHeld(promoting, lost, null, start), 0],
    ['one that serves everything already, at 100 %', watching, 100],
    ['one that was held in the watch, at 100 %', enterHeld(watching, lost, null, start), 100],
  ])('is held until a person decides: %s', (_, rollout, percent) => {
    const held = restored(rollout);
    expect(held.state).toMatchObject({
      phase: 'held',
      reason: { kind: 'person', by, note: 'restored' },
      since: now,
    });
    expect(wantedPercent(held)).toBe(percent);
  });

  it('keeps the evidence where it keeps the weight, and throws it away where it does not', () => {
    expect(restored(watching)).toMatchObject({ generation: watching.generation, judge: watching.judge });
    expect(restored(inCanary)).toMatchObject({ generation: inCanary.generation + 1, judge: null });
  });

  it.each<[string, Rollout]>([
    ['had not served yet', preflight],
    ['goes in all at once, and starts', allAtOnce(preflight.state)],
    ['goes in all at once, and has switched', allAtOnce({ phase: 'promoting', since: start })],
  ])('is taken back where it %s', (_, rollout) => {
    expect(restored(rollout).state).toMatchObject({
      phase: 'rolling back',
      reason: { kind: 'person', by, note: 'restored' },
    });
  });

  it('goes on being taken back where it was', () => {
    expect(restored(backing)).toBe(backing);
  });
});
