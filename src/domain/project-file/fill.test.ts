import { describe, expect, it } from 'vitest';
import { fillProjectFile } from './fill.ts';
import type { WrittenEnvironment, WrittenService, WrittenStep } from './written.ts';

const secondMs = 1000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

const plainService: WrittenService = { run: ['node', 'server.js'], health: '/healthz' };

function fill({
  service = plainService,
  environment = { tier: 'testing' },
  step = {},
}: {
  readonly service?: WrittenService;
  readonly environment?: WrittenEnvironment;
  readonly step?: Omit<WrittenStep, 'environment'>;
}) {
  return fillProjectFile({
    rung: 1,
    project: 'shop',
    services: { web: service },
    environments: { sit: environment },
    pipelines: { main: [{ environment: 'sit', ...step }] },
  });
}

describe('a project file of nothing but what has to be in it', () => {
  it('is filled with defaults, and with nothing that was not written (LIF-1)', () => {
    expect(fill({})).toStrictEqual({
      rung: 1,
      project: 'shop',
      roles: {},
      services: {
        web: {
          path: '.',
          run: ['node', 'server.js'],
          health: {
            path: '/healthz',
            everyMs: secondMs,
            timeoutMs: secondMs,
            startWithinMs: 30 * secondMs,
          },
          smokeTimeoutMs: minuteMs,
          instances: 1,
          stopWithinMs: 10 * secondMs,
        },
      },
      environments: {
        sit: {
          tier: 'testing',
          purpose: expect.any(String) as string,
          deploy: 'manual',
          lifecycle: { kind: 'permanent' },
          ports: {},
        },
      },
      pipelines: { main: [{ environment: 'sit', gates: [] }] },
    });
  });
});

describe('a project', () => {
  const small = {
    rung: 1,
    project: 'shop',
    services: { web: plainService },
    environments: { sit: { tier: 'testing' } },
    pipelines: {},
  } as const;

  it('has its roles, with where to reach them (REL-16)', () => {
    const lead = {
      members: ['ada@example.org'],
      contact: '#leads',
      'on-call': 'Ada',
      availability: 'weekdays',
    };
    const roles = { lead, qa: { members: [] } };
    expect(fillProjectFile({ ...small, roles }).roles).toStrictEqual({
      lead: { members: ['ada@example.org'], contact: '#leads', onCall: 'Ada', availability: 'weekdays' },
      qa: { members: [] },
    });
  });

  it('has freezes of its own, and says how long its log is kept', () => {
    const { freezes, audit } = fillProjectFile({
      ...small,
      freezes: [
        { from: '2026-12-18 17:00', to: '2027-01-04 09:00', reason: 'Sale' },
        { yearly: '12-20', zone: 'Europe/London', reason: 'Holidays' },
      ],
      audit: { 'keep-payloads': '90d' },
    });
    expect(freezes).toStrictEqual([
      { kind: 'once', from: '2026-12-18 17:00', to: '2027-01-04 09:00', zone: 'UTC', reason: 'Sale' },
      { kind: 'yearly', days: '12-20', zone: 'Europe/London', reason: 'Holidays' },
    ]);
    expect(audit).toStrictEqual({ keepPayloadsMs: 90 * dayMs });
  });

  it('asks for alarms in each environment, unless that says so itself (REL-4)', () => {
    const { environments } = fillProjectFile({
      ...small,
      environments: {
        sit: { tier: 'testing' },
        test: { tier: 'testing', alarms: { prometheus: { url: 'http://prometheus' } } },
        prod: { tier: 'production', alarms: { alertmanager: { url: 'http://alerts//' } } },
      },
      alarms: {
        prometheus: {
          url: 'https://prometheus/a/',
          labels: { env: '{environment}-{environment}', team: 'shop' },
          token: { file: 'key' },
        },
        alertmanager: {
          url: 'https://alerts',
          matchers: ['env="{environment}"', 'a="b"'],
          token: { env: 'RUNG_ALARMS_TOKEN' },
        },
      },
    });
    expect(environments['sit' as never]).toMatchObject({
      alarms: [
        {
          kind: 'prometheus',
          url: 'https://prometheus/a',
          labels: { env: 'sit-sit', team: 'shop' },
          token: { file: 'key' },
        },
        {
          kind: 'alertmanager',
          url: 'https://alerts',
          matchers: ['env="sit"', 'a="b"'],
          token: { env: 'RUNG_ALARMS_TOKEN' },
        },
      ],
    });
    expect(environments['test' as never]).toHaveProperty('alarms', [
      { kind: 'prometheus', url: 'http://prometheus', labels: {} },
    ]);
    expect(environments['prod' as never]).toHaveProperty('alarms', [
      { kind: 'alertmanager', url: 'http://alerts', matchers: [] },
    ]);
  });
});

describe('a service', () => {
  it.each([
    ['.', '.'],
    ['./', '.'],
    ['./services//web/', 'services/web'],
    ['services/./web', 'services/web'],
  ])('in %j lies in %j', (path, folder) => {
    expect(fill({ service: { ...plainService, path } }).services).toMatchObject({ web: { path: folder } });
  });

  it('is built, started, tried and stopped as it says', () => {
    const service: WrittenService = {
      path: 'web',
      build: ['npm', 'ci'],
      run: ['node', 'server.js'],
      health: { path: '/up', every: '2s', timeout: '3s', 'start-within': '4s' },
      smoke: { run: ['npm', 'test'], timeout: '5s' },
      probe: { path: '/work', 'per-second': 6 },
      instances: 7,
      'stop-within': '8s',
    };
    expect(fill({ service }).services).toStrictEqual({
      web: {
        path: 'web',
        build: ['npm', 'ci'],
        run: ['node', 'server.js'],
        health: { path: '/up', everyMs: 2000, timeoutMs: 3000, startWithinMs: 4000 },
        smoke: ['npm', 'test'],
        smokeTimeoutMs: 5000,
        probe: { path: '/work', perSecond: 6 },
        instances: 7,
        stopWithinMs: 8000,
      },
    });
  });

  it('may say the short form of its smoke test and its probe', () => {
    const service: WrittenService = { ...plainService, smoke: ['npm', 'test'], probe: '/work' };
    expect(fill({ service }).services).toMatchObject({
      web: { smoke: ['npm', 'test'], smokeTimeoutMs: minuteMs, probe: { path: '/work', perSecond: 5 } },
    });
  });
});

describe('an environment', () => {
  it.each<[WrittenEnvironment, string]>([
    [{ tier: 'development', source: 'develop' }, 'on-merge'],
    [{ tier: 'development' }, 'manual'],
    [{ tier: 'testing', source: 'develop' }, 'manual'],
    [{ tier: 'testing', source: 'develop', deploy: 'automatic' }, 'automatic'],
    [{ tier: 'development', source: 'develop', deploy: 'manual' }, 'manual'],
  ])('of %j is deployed %s', (environment, deploy) => {
    expect(fill({ environment }).environments).toMatchObject({ sit: { deploy } });
  });

  it.each<[Partial<WrittenEnvironment>, object]>([
    [{}, { kind: 'permanent' }],
    [{ reset: '12h' }, { kind: 'reusable', resetMs: 12 * hourMs }],
    [{ ttl: '3d' }, { kind: 'ephemeral', ttlMs: 3 * dayMs }],
  ])('of %j lives as it says (LIF-1)', (more, lifecycle) => {
    expect(fill({ environment: { tier: 'testing', ...more } }).environments).toMatchObject({
      sit: { lifecycle },
    });
  });

  it('keeps all else that is written', () => {
    const environment: WrittenEnvironment = {
      tier: 'staging',
      purpose: 'To look',
      owner: 'Ada',
      source: 'main',
      mirrors: 'prod',
      ports: { web: 8080 },
      windows: ['daily 09:00-16:00 UTC'],
      freezes: [{ yearly: '12-20', reason: 'Holidays' }],
    };
    expect(fill({ environment }).environments).toStrictEqual({
      sit: {
        tier: 'staging',
        purpose: 'To look',
        owner: 'Ada',
        source: 'main',
        deploy: 'manual',
        lifecycle: { kind: 'permanent' },
        mirrors: 'prod',
        ports: { web: 8080 },
        windows: ['daily 09:00-16:00 UTC'],
        freezes: [{ kind: 'yearly', days: '12-20', zone: 'UTC', reason: 'Holidays' }],
      },
    });
  });
});

describe('a step', () => {
  const stepOf = (step: Omit<WrittenStep, 'environment'>, tier: WrittenEnvironment['tier'] = 'testing') =>
    fill({ step, environment: { tier } }).pipelines['main']?.[0];

  it.each([
    ['production', true],
    ['staging', false],
  ] as const)('into %s lets whoever asks approve: not %s (REL-3)', (tier, notRequester) => {
    expect(stepOf({ approvals: { from: ['lead'] } }, tier)?.approvals).toStrictEqual({
      count: 1,
      from: ['lead'],
      distinctRoles: 1,
      notRequester,
      expireMs: dayMs,
    });
  });

  it('takes the approvals, the waivers and the emergency that are written', () => {
    const approvals = {
      count: 3,
      from: ['lead', 'qa'],
      'distinct-roles': 2,
      'not-requester': false,
      expire: '1h',
    };
    expect(
      stepOf({ approvals, waive: ['lead'], emergency: { from: ['lead'], second: ['qa'] } }, 'production'),
    ).toStrictEqual({
      environment: 'sit',
      gates: [],
      approvals: {
        count: 3,
        from: ['lead', 'qa'],
        distinctRoles: 2,
        notRequester: false,
        expireMs: hourMs,
      },
      waive: ['lead'],
      emergency: { from: ['lead'], second: ['qa'] },
    });
    expect(stepOf({ emergency: { from: ['lead'] } })?.emergency).toEqual({
      from: ['lead'],
      second: ['lead'],
    });
  });

  it('has the gates and the rollout that are written', () => {
    const gates = ['smoke', { soak: '2h' }] as const;
    expect(stepOf({ gates, rollout: { canary: [{ percent: 100 }] } })).toMatchObject({
      gates: [{ kind: 'smoke' }, { kind: 'soak', forMs: 2 * hourMs }],
      rollout: { canary: [{ percent: 100 }], watchMs: 2 * hourMs },
    });
  });
});
