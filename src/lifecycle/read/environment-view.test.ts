import { describe, expect, it } from 'vitest';
import type { Alarm, AlarmRecord } from '../../domain/alarms/types.ts';
import { anEmptyEnvironment, aPromotionOf, aReleaseOf } from '../../domain/environment.kit.ts';
import type { Environment } from '../../domain/environment.ts';
import {
  type EnvironmentName,
  type Instant,
  instant,
  type RoleName,
  type ServiceName,
} from '../../domain/ids.ts';
import type { Release } from '../../domain/release.ts';
import type { Rollout, Variant } from '../../domain/rollout/types.ts';
import { settled } from '../../domain/settle.ts';
import type { AgentRecord, ObservationRecord } from '../../engine/records.ts';
import type { ObservedService } from '../../protocol/messages.ts';
import { allAtOnce, aRollout, observed } from '../deliver/rollout.kit.ts';
import { environmentView, type EnvironmentFacts } from './environment-view.ts';

const hourMs = 3_600_000;
const now = instant(100 * hourMs);
const [web, orders] = ['web', 'orders'] as ServiceName[] as [ServiceName, ServiceName];
const first = aReleaseOf('1.0.0', { web: 'web 1', orders: 'orders 1' });
const second = aReleaseOf('1.1.0', { web: 'web 2', orders: 'orders 1' });

/** With these releases put in one after the other, an hour apart. */
const running = (...releases: readonly Release[]): Environment =>
  releases.reduce(
    (environment, release, index) =>
      settled(environment, aPromotionOf(release), release, 'passed', instant((index + 1) * hourMs)),
    anEmptyEnvironment,
  );

const { id: environment, project, agent: agentId } = anEmptyEnvironment;

const agent: AgentRecord = {
  id: agentId,
  project,
  environments: [environment],
  keys: [],
  lastHeardAt: instant(now - 5_000),
  boot: null,
};

const observation = (
  services: readonly ObservedService[],
  other: Partial<ObservationRecord> = {},
): ObservationRecord => ({
  id: environment,
  project,
  agent: agentId,
  at: instant(now - 9_000),
  observation: observed(null, { services }),
  ...other,
});

const seen = (
  service: ServiceName,
  { artifact, version }: Variant,
  { healthy = 2, port = 18_080 }: { readonly healthy?: number; readonly port?: number | null } = {},
): ObservedService => ({
  service,
  port,
  variants: [{ artifact, version, wanted: 2, healthy, exits: 0, detail: null }],
});

const view = (other: Partial<EnvironmentFacts> = {}) =>
  environmentView({
    environment: anEmptyEnvironment,
    observation: null,
    agent,
    heardAt: null,
    live: null,
    alarms: null,
    now,
    services: [web, orders],
    waiting: null,
    ...other,
  });

const stableOf = (of: Environment, service: ServiceName): Variant => {
  const variant = of.stable[service];
  if (variant === undefined) throw new Error(`${service} serves nothing`);
  return variant;
};

describe('what is shown of an environment', () => {
  it('tells what it was declared for, and nothing where nothing was said', () => {
    const owner = 'lead' as RoleName;
    const mirrors = 'prod' as EnvironmentName;
    const declared = { ...anEmptyEnvironment.spec, owner, source: 'release/v*', mirrors };
    expect(view({ environment: { ...anEmptyEnvironment, spec: declared } })).toMatchObject({
      owner,
      source: 'release/v*',
      mirrors,
    });
    expect(view()).toMatchObject({ owner: null, source: null, mirrors: null, validation: null });
  });

  it('names what runs in it, since when, and what ran before that', () => {
    expect(view({ environment: running(first, second) })).toMatchObject({
      release: { id: second.id, version: '1.1.0', since: 2 * hourMs },
      previous: { id: first.id, version: '1.0.0' },
    });
    expect(view({ environment: running(first) }).previous).toBeNull();
    expect(view()).toMatchObject({ release: null, previous: null });
  });

  it('tells its history without what is for Rung alone', () => {
    const { deployments } = view({ environment: running(first, second) });
    expect(deployments).toEqual([
      {
        promotion: 'promotion of 1.0.0',
        release: first.id,
        version: '1.0.0',
        services: [web, orders],
        since: hourMs,
        until: 2 * hourMs,
        smoke: 'passed',
      },
      expect.objectContaining({ version: '1.1.0', until: null }),
    ]);
    expect(deployments[1]).not.toHaveProperty('isPartial');
  });

  it('tells which rollout is under way in it, and what its agent is troubled by', () => {
    const trouble = { code: 'port-taken', service: web, message: '', wayOut: '' };
    const troubled = observation([], { observation: observed(null, { troubles: [trouble] }) });
    const live = aRollout({ phase: 'preflight', since: now });
    expect(view({ live, observation: troubled })).toMatchObject({
      rollout: live.id,
      troubles: [trouble],
      isolation: { level: 'none' },
    });
    expect(view()).toMatchObject({ rollout: null, troubles: [], isolation: null });
  });
});

describe('the services of an environment', () => {
  const environmentIn = running(first);
  const stable = stableOf(environmentIn, web);

  it('are those of the project file, and those that still serve without being in it', () => {
    const names = (services: readonly ServiceName[], of: Environment) =>
      view({ services, environment: of }).services.map(({ service }) => service);
    expect(names([web, orders], anEmptyEnvironment)).toEqual([web, orders]);
    expect(names([web], environmentIn)).toEqual([web, orders]);
    expect(names([], anEmptyEnvironment)).toEqual([]);
  });

  it('are shown with what serves, how many of it are well, and where it is reached', () => {
    const [shown, other] = view({
      environment: environmentIn,
      observation: observation([seen(web, stable, { healthy: 1 })]),
    }).services;
    expect(shown).toEqual({
      service: web,
      stable,
      candidate: null,
      instances: { wanted: 2, healthy: 1 },
      url: 'http://127.0.0.1:18080',
    });
    expect(other).toMatchObject({ service: orders, instances: null, url: null });
  });

  it('have no address before they listen, and nothing that serves before a release came', () => {
    const unreached = observation([seen(web, stable, { port: null })]);
    expect(view({ observation: unreached }).services[0]).toEqual({
      service: web,
      stable: null,
      candidate: null,
      instances: null,
      url: null,
    });
  });

  it('have a candidate while a rollout replaces them step by step; a switch all at once has none', () => {
    const candidates = (live: Rollout | null) =>
      view({ environment: environmentIn, live }).services.map(({ candidate }) => candidate?.version ?? null);
    expect(candidates(aRollout({ phase: 'preflight', since: now }))).toEqual(['1.1.0', null]);
    expect(candidates(allAtOnce({ phase: 'promoting', since: now }))).toEqual([null, null]);
    expect(candidates(null)).toEqual([null, null]);
  });
});

describe('the health of an environment', () => {
  const environmentIn = running(first);
  const all = (healthy: number): ObservationRecord =>
    observation([web, orders].map((one) => seen(one, stableOf(environmentIn, one), { healthy })));

  it.each<[EnvironmentFacts['observation'], Environment, string]>([
    [null, anEmptyEnvironment, 'empty'],
    [observation([]), anEmptyEnvironment, 'empty'],
    [null, environmentIn, 'unknown'],
    [observation([]), environmentIn, 'down'],
    [all(0), environmentIn, 'down'],
    [all(1), environmentIn, 'degraded'],
    [all(2), environmentIn, 'healthy'],
  ])('is what its agent saw of what serves (case %#)', (record, of, health) => {
    expect(view({ environment: of, observation: record }).health).toBe(health);
  });
});

describe('the agent of an environment', () => {
  const heard = (
    seenAt: Instant | null,
    lastHeardAt: Instant | null,
    heardAt: Instant | null,
  ): Instant | null =>
    view({
      observation: seenAt === null ? null : observation([], { at: seenAt }),
      agent: { ...agent, lastHeardAt },
      heardAt,
    }).agent.lastHeardAt;

  it('was heard when it last said anything to anybody', () => {
    const [early, middle, late] = [instant(1), instant(2), instant(3)];
    expect(heard(late, middle, early)).toBe(late);
    expect(heard(early, late, middle)).toBe(late);
    expect(heard(early, middle, late)).toBe(late);
    expect(heard(null, null, early)).toBe(early);
    expect(heard(null, null, null)).toBeNull();
    expect(view({ agent: null, heardAt: early }).agent.lastHeardAt).toBe(early);
    expect(view({ agent: null }).agent.lastHeardAt).toBeNull();
  });

  it('is silent where it has not been heard for a while, never was, or is not known', () => {
    const silent = (other: Partial<EnvironmentFacts>): boolean => view(other).agent.silent;
    expect(silent({})).toBe(false);
    expect(silent({ agent: { ...agent, silentSince: now } })).toBe(true);
    expect(silent({ agent: { ...agent, lastHeardAt: null } })).toBe(true);
    expect(silent({ agent: null, heardAt: now })).toBe(true);
  });
});

describe('the alarms of an environment', () => {
  const alarm = (number: number, state: Alarm['state']): Alarm => ({
    key: `${number}`,
    name: `alarm ${number}`,
    summary: '',
    state,
    since: now,
    url: null,
    source: 'posted',
    firedAt: now,
    endedAt: state === 'resolved' ? now : null,
  });
  const record = (...alarms: readonly Alarm[]): AlarmRecord => ({
    id: environment,
    project,
    alarms,
    sources: [],
    postedAt: now,
    claimedUntil: null,
  });

  it('are those that are there; of what is over its own page tells', () => {
    const alarms = record(alarm(1, 'firing'), alarm(2, 'resolved'), alarm(3, 'silenced'));
    expect(view({ alarms }).alarms).toMatchObject({ watched: true, firing: 1 });
    expect(view({ alarms }).alarms.items.map(({ name }) => name)).toEqual(['alarm 1', 'alarm 3']);
  });

  it('are twenty at most, and all are counted', () => {
    const many = [...Array(25).keys()].map((number) => alarm(number, 'firing'));
    const { firing, items } = view({ alarms: record(...many) }).alarms;
    expect([firing, items.length, items[0]?.name]).toEqual([25, 20, 'alarm 0']);
  });

  it('are none where nobody watches', () => {
    expect(view().alarms).toMatchObject({ watched: false, firing: 0, items: [] });
  });
});

describe('the traffic of an environment', () => {
  const hour = (hoursAgo: number, requests: number, errors: number) => ({
    hour: instant(now - hoursAgo * hourMs),
    requests,
    errors,
    observedMs: hourMs,
  });
  const traffic = (...hours: readonly ReturnType<typeof hour>[]) =>
    view({ observation: observation([], { traffic: { counted: [], hours } }) }).traffic;

  it('is that of the last day, with the share of it that failed', () => {
    expect(traffic(hour(30, 999, 999), hour(2, 150, 4), hour(1, 50, 1))).toEqual({
      requests: 200,
      errors: 5,
      observedMs: 2 * hourMs,
      errorRatio: 0.025,
    });
  });

  it('has no such share without a request, and is not known before anything was read', () => {
    expect(traffic(hour(1, 0, 0))).toMatchObject({ requests: 0, errorRatio: null });
    expect(view({ observation: observation([]) }).traffic).toBeNull();
    expect(view().traffic).toBeNull();
  });
});
