import { describe, expect, it } from 'vitest';
import { digestOf } from '../../domain/canonical.ts';
import { anEmptyEnvironment } from '../../domain/environment.kit.ts';
import type { Environment } from '../../domain/environment.ts';
import { instant, type ReleaseId, type ServiceName } from '../../domain/ids.ts';
import type { Rollout, RolloutService, Variant } from '../../domain/rollout/types.ts';
import type { DesiredEnvironment } from '../../protocol/messages.ts';
import { desiredOf } from './desired.ts';
import { allAtOnce, aRollout, inCanary, policy, preflight, start, web } from './rollout.kit.ts';
import { abort, enterFirstStep, enterHeld, enterNextStep, settle } from './transitions.ts';

const [mail, orders] = ['mail', 'orders'] as ServiceName[] as [ServiceName, ServiceName];
const variant = (version: string): Variant => ({
  release: version as ReleaseId,
  version,
  artifact: digestOf(version),
});
const old = variant('1.0.0');
const by = { kind: 'automation', rule: 'test' } as const;
const reason = { kind: 'person', by, note: '' } as const;
const watching = enterNextStep(enterNextStep(enterNextStep(inCanary, start), start), start);
const once = allAtOnce({ phase: 'preflight', since: start });
const switched = enterFirstStep(once, start);

const environment: Environment = {
  ...anEmptyEnvironment,
  spec: { ...anEmptyEnvironment.spec, ports: { [web]: 8080, [mail]: 8025 } },
  stable: { [web]: old, [orders]: old },
};
const moving = (...services: readonly RolloutService[]): Rollout => ({ ...inCanary, services });
const task = (rollout: Rollout) => desiredOf(environment, rollout).rollout?.task;

describe('what an environment is asked for', () => {
  it('is every service that serves or comes, each once and by name, at its port (REL-6)', () => {
    const to = variant('1.1.0');
    const rollout = moving({ service: web, from: old, to }, { service: mail, from: null, to });
    const { services, rollout: asked } = desiredOf(environment, rollout);
    expect(services).toEqual([
      { service: mail, port: 8025, stable: null, candidate: to },
      { service: orders, port: 0, stable: old, candidate: null },
      { service: web, port: 8080, stable: old, candidate: to },
    ]);
    expect(asked?.services).toEqual([web, mail]);
  });

  it.each<[string, Pick<Environment, 'restoredFrom' | 'restoredAt'>]>([
    ['nothing of a restore where there was none', {}],
    ['which backup it was restored from', { restoredFrom: 7 }],
    ['and when', { restoredFrom: 7, restoredAt: instant(5) }],
  ])('says %s', (_, restored) => {
    const told: DesiredEnvironment = desiredOf({ ...environment, ...restored }, null);
    const { restoredFrom, restoredAt } = told;
    expect(JSON.parse(JSON.stringify({ restoredFrom, restoredAt }))).toEqual(restored);
    expect('restoredFrom' in told).toBe('restoredFrom' in restored);
    expect('restoredAt' in told).toBe('restoredAt' in restored);
    expect(Object.keys(told)).not.toContain('0');
  });

  it.each<[string, Rollout, boolean]>([
    ['starts', once, true],
    ['has switched', switched, false],
    ['is being taken back', abort(switched, by, 'no', start), true],
    ['is through', settle(switched, start), false],
  ])(
    'has the new version beside the old, of what goes in all at once and %s: %s, %s',
    (_, rollout, isBeside) => {
      const { rollout: asked, services } = desiredOf(environment, rollout);
      expect(asked !== null).toBe(isBeside);
      expect(services.find(({ service }) => service === web)?.candidate !== null).toBe(isBeside);
    },
  );

  it('gives what is left of the old version the time to finish that the canary declares, else a second', () => {
    const declared = { ...inCanary, policy: { ...policy, drainMs: 7_000 } };
    expect(desiredOf(environment, declared).rollout?.drainMs).toBe(7_000);
    expect(desiredOf(environment, once).rollout?.drainMs).toBe(1_000);
  });
});

describe('the weight an agent is asked for', () => {
  it.each<[string, Rollout, number, number | null]>([
    ['is leased in a canary', inCanary, 10, policy.leaseMs],
    ['is leased where a canary is held at it', enterHeld(inCanary, reason, null, start), 10, policy.leaseMs],
    ['is for good where a canary is held at 0 %', enterHeld(inCanary, reason, 0, start), 0, null],
    ['is for good in the watch', watching, 100, null],
    ['is for good where a watch is held', enterHeld(watching, reason, null, start), 100, null],
    [
      'has no lease where none is declared',
      aRollout({ phase: 'promoting', since: start }, { policy: { ...policy, leaseMs: 0 } }),
      100,
      0,
    ],
  ])('%s', (_, rollout, percent, leaseMs) => {
    expect(task(rollout)).toMatchObject({ kind: 'weigh', percent, leaseMs });
  });

  it('comes with what it is judged by, so that the agent can judge by itself (REL-9)', () => {
    expect(task(inCanary)).toMatchObject({ judge: inCanary.judge?.step });
    expect(task({ ...inCanary, judge: null })).toMatchObject({ judge: null });
  });

  it('says why it is taken back, in a word', () => {
    expect(task(abort(inCanary, by, 'no', start))).toEqual({ kind: 'take back', reason: 'person' });
    expect(task(preflight)).toEqual({ kind: 'preflight' });
  });

  it.each([
    ['a 24th of the time that errors are judged over', 48_000, 2_000],
    ['every five seconds at the most seldom', 600_000, 5_000],
    ['ten times a second at the most often', 1_000, 100],
  ])('is measured every so often: %s', (_, forMs, sampleEveryMs) => {
    const judged = { ...inCanary, policy: { ...policy, errors: { limit: 0.05, forMs } } };
    expect(task(judged)).toMatchObject({ sampleEveryMs });
  });
});
