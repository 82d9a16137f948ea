import { describe, expect, it } from 'vitest';
import type { RolloutId } from '../../src/domain/ids.ts';
import type { DesiredRollout } from '../../src/protocol/messages.ts';
import { Laptop, web } from './laptop.ts';

const rolloutId = '01900000-0000-7000-9000-000000000001' as RolloutId;

const rollout = (generation: number, task: DesiredRollout['task'], drainMs = 200): DesiredRollout => ({
  id: rolloutId,
  generation,
  services: [web],
  task,
  drainMs,
});

describe('an agent with a real room, gateway and service', () => {
  it('starts what is desired and lets the host’s port reach it through the gateway (OPS-1)', async () => {
    await using laptop = await Laptop.start();
    const first = await laptop.release('1.0.0');
    laptop.want({ revision: 1, stable: null, candidate: first, rollout: rollout(1, { kind: 'preflight' }) });
    const proven = await laptop.seen((one) => one.rollout?.preflight?.state === 'passed');
    expect(proven.rollout?.effectivePercent).toBe(0);
    laptop.want({ revision: 2, stable: first, candidate: null, rollout: null });
    await laptop.seen((one) => one.revision === 2 && one.converged);
    expect(await (await fetch(await laptop.address())).text()).toBe('1.0.0');
  });
});
