import type { CalendarView } from '../../src/domain/calendar/calendar-view.ts';
import type { Actor } from '../../src/domain/actor.ts';
import type { Blocker } from '../../src/domain/admission.ts';
import { instant } from '../../src/domain/ids.ts';
import type {
  ActorId,
  Digest,
  EnvironmentId,
  EnvironmentName,
  ProjectId,
  PromotionId,
  ReleaseId,
  RoleName,
  RolloutId,
  ServiceName,
} from '../../src/domain/ids.ts';
import type {
  BoardView,
  ChangeRequestView,
  EnvironmentView,
  EventView,
  EvidenceView,
  PromotionView,
  ReleaseView,
  RolloutView,
  RulesView,
} from '../../src/cli/rung-client.ts';
import type { Look } from '../../src/cli/render/look.ts';
import { createStyle } from '../../src/cli/render/style.ts';

/** Tuesday, 24 November 2026, 14:21 in UTC. All samples are seen from here. */
export const now = instant(Date.UTC(2026, 10, 24, 14, 21, 0));
export const before = (ms: number) => instant(now - ms);
export const second = 1000;
export const minute = 60 * second;
export const hour = 60 * minute;
const day = 24 * hour;

export const plainLook: Look = { style: createStyle(false), width: 100, now, timeZone: 'UTC' };

export const environmentName = (name: string): EnvironmentName => name as EnvironmentName;
const service = (name: string): ServiceName => name as ServiceName;
const digest = (digit: string): Digest => `sha256:${digit.repeat(64)}` as Digest;
const release = (digit: string): ReleaseId => digest(digit) as string as ReleaseId;
export const person = (id: string): Actor => ({ kind: 'person', id: id as ActorId });
const promotionId = '0197a000-0000-7000-8000-000000000001' as PromotionId;
const rolloutId = '0197a000-0000-7000-8000-000000000002' as RolloutId;

export const soak: Blocker = {
  kind: 'soak',
  reason: '1.2.0 has run in staging for 3 min of 24 h',
  wayOut: 'Wait; it starts by itself.',
  effect: 'waits',
  liftedBy: { kind: 'time' },
  earliest: instant(now + 23 * hour + 57 * minute),
};

export const approvals: Blocker = {
  kind: 'approvals',
  reason: '1 of 2 approvals is there',
  wayOut: 'Ask one of them to run `rung approve prod`.',
  effect: 'waits',
  liftedBy: {
    kind: 'people',
    roles: ['qa-lead' as RoleName, 'product-owner' as RoleName],
    members: ['cy@example.org' as ActorId, 'dee@example.org' as ActorId],
    contacts: ['#access-qa'],
  },
  earliest: null,
};

export const order: Blocker = {
  kind: 'order',
  reason: '1.2.0 does not run in staging, which comes before prod',
  wayOut: 'Promote it to staging first: rung promote 1.2.0 --to staging',
  effect: 'refused',
  liftedBy: { kind: 'promotion', environment: environmentName('staging') },
  earliest: null,
};

export const environment = (name: string, more: Partial<EnvironmentView> = {}): EnvironmentView => ({
  id: `0197a000-0000-7000-8000-0000000000${String(name.length).padStart(2, '0')}` as EnvironmentId,
  name: environmentName(name),
  tier: 'staging',
  purpose: '',
  owner: null,
  lifecycle: { kind: 'permanent' },
  deploy: 'manual',
  source: null,
  mirrors: null,
  release: { id: release('a'), version: '1.1.0', since: before(3 * minute) },
  previous: null,
  services: [
    {
      service: service('web'),
      stable: { release: release('a'), version: '1.1.0', artifact: digest('1') },
      candidate: null,
      instances: { wanted: 1, healthy: 1 },
      url: 'http://127.0.0.1:4301',
    },
  ],
  health: 'healthy',
  agent: { lastHeardAt: before(second), silent: false },
  isolation: null,
  troubles: [],
  validation: null,
  rollout: null,
  alarms: { watched: false, firing: 0, blind: [], sources: [], items: [] },
  traffic: null,
  deployments: [],
  rules: { file: digest('f'), branch: 'main', acceptedAt: before(minute), waiting: null },
  ...more,
});

const figures = (requests: number, errors: number, p95Ms: number, rate: number) => ({
  requests,
  errors,
  probes: 0,
  errorRatio: errors / requests,
  p95Ms,
  recentErrorRatio: errors / requests,
  recentP95Ms: p95Ms,
  requestsPerSecond: rate,
});

export const rollout = (more: Partial<RolloutView> = {}): RolloutView => ({
  id: rolloutId,
  promotion: promotionId,
  environment: environmentName('prod'),
  version: '1.2.0',
  services: [{ service: service('orders'), from: '1.1.0', to: '1.2.0' }],
  state: { phase: 'canary', step: 0, since: before(12 * second) },
  steps: [
    { name: 'preflight', state: 'done', share: 1 },
    { name: 'canary 10 %', state: 'now', share: 0.55 },
    { name: '100 %', state: 'next', share: 0 },
  ],
  wantedPercent: 10,
  effectivePercent: 10,
  lease: 'held',
  leaseMs: 3000,
  reasonAllAtOnce: null,
  errorLimit: 0.05,
  figures: {
    [service('orders')]: { candidate: figures(412, 62, 12.4, 5.1), stable: figures(3708, 4, 11.2, 46) },
  },
  closeness: [
    { rule: 'early stop', service: service('orders'), share: 0.8, detail: 'evidence 3.7 of 4.6' },
    { rule: 'advance', service: service('orders'), share: 0.1, detail: '0:12 of 5:00 seen' },
  ],
  verdict: { action: 'continue' },
  judging: null,
  startedAt: before(20 * second),
  startedBy: person('bo@example.org'),
  advances: [],
  resume: null,
  advance: null,
  curve: [],
  ...more,
});

export const promotion = (more: Partial<PromotionView> = {}): PromotionView => ({
  id: promotionId,
  kind: 'promotion',
  environment: environmentName('prod'),
  release: { id: release('b'), version: '1.2.0' },
  services: [service('orders'), service('web')],
  plan: {
    hash: digest('c'),
    base: digest('d'),
    changes: [
      {
        service: service('orders'),
        action: 'replace',
        from: { version: '1.1.0', artifact: digest('2') },
        to: { version: '1.2.0', artifact: digest('3') },
      },
      {
        service: service('web'),
        action: 'keep',
        from: { version: '1.1.0', artifact: digest('1') },
        to: { version: '1.1.0', artifact: digest('1') },
      },
    ],
  },
  requestedBy: person('bo@example.org'),
  requestedAt: before(2 * minute),
  reason: 'spring release',
  approvals: [],
  approvalsNeeded: 2,
  state: { phase: 'waiting' },
  admission: { allowed: false, blockers: [approvals], gates: [] },
  exception: null,
  notes: [{ kind: 'feature', text: 'Orders can be split', commit: 'abcdef0123456789' }],
  ...more,
});

export const releaseView = (more: Partial<ReleaseView> = {}): ReleaseView => ({
  id: release('b'),
  version: '1.2.0',
  tree: '4b825dc642cb6eb9a060e54bf8d69288fbee4904',
  commit: 'abcdef0123456789abcdef0123456789abcdef01',
  branch: 'develop',
  services: { [service('orders')]: { artifact: digest('3') } },
  notes: [],
  createdAt: before(5 * minute),
  createdBy: { kind: 'token', id: 'builder' as ActorId, name: 'builder' },
  mark: null,
  runsIn: [environmentName('dev'), environmentName('test')],
  ...more,
});

export const event = (position: number, more: Partial<EventView> = {}): EventView => ({
  position,
  at: before(minute),
  kind: 'promotion.requested',
  actor: person('bo@example.org'),
  environment: environmentName('prod'),
  subject: `promotion/${promotionId}`,
  message: '1.2.0 to prod was asked for',
  payload: {},
  ...more,
});

export const board = (more: Partial<BoardView> = {}): BoardView => ({
  project: { id: '0197a000-0000-7000-8000-0000000000ff' as ProjectId, name: 'access' },
  now,
  position: 41,
  pipelines: [{ name: 'main', rungs: ['dev', 'staging', 'prod'].map(environmentName) }],
  environments: [
    environment('dev', {
      release: { id: release('b'), version: '1.2.0', since: before(hour) },
      health: 'degraded',
      services: [
        {
          service: service('orders'),
          stable: { release: release('b'), version: '1.2.0', artifact: digest('3') },
          candidate: null,
          instances: { wanted: 2, healthy: 1 },
          url: null,
        },
      ],
    }),
    environment('staging', { release: { id: release('b'), version: '1.2.0', since: before(3 * minute) } }),
    environment('prod', { rollout: rolloutId }),
  ],
  ways: [
    {
      pipeline: 'main',
      from: environmentName('dev'),
      to: environmentName('staging'),
      release: null,
      promotion: null,
      admission: null,
      summary: '',
      waitsFor: [],
    },
    {
      pipeline: 'main',
      from: environmentName('staging'),
      to: environmentName('prod'),
      release: { id: release('b'), version: '1.2.0' },
      promotion: promotionId,
      admission: { allowed: false, blockers: [approvals], gates: [] },
      summary: '1 of 2 approvals',
      waitsFor: ['1 of 2 approvals'],
    },
  ],
  rollouts: [rollout()],
  promotions: [promotion()],
  asked: [promotionId],
  weakened: [],
  page: { environments: 3, found: 3, before: 0, previous: null, next: null },
  viewer: {
    id: 'cy@example.org' as ActorId,
    roles: ['qa-lead' as RoleName],
    actingAs: null,
    mayActAs: [],
  },
  recent: [],
  ...more,
});

export const evidence = (more: Partial<EvidenceView> = {}): EvidenceView => ({
  id: '0197a000-0000-7000-8000-00000000000e' as EvidenceView['id'],
  kind: 'count',
  name: 'count',
  tree: '4b825dc642cb6eb9a060e54bf8d69288fbee4904',
  environment: null,
  says: '0 counted in jira',
  facts: { kind: 'count', count: 0, tracker: 'jira', link: null },
  file: null,
  by: person('ada@example.org'),
  at: before(2 * minute),
  ...more,
});

export const changeRequest = (more: Partial<ChangeRequestView> = {}): ChangeRequestView => ({
  id: 'CHG-0001' as ChangeRequestView['id'],
  tree: '4b825dc642cb6eb9a060e54bf8d69288fbee4904',
  form: {
    reference: 'SNOW-4711',
    type: 'normal',
    risk: 'medium',
    window: { from: instant(now + hour), to: instant(now + 2 * hour) },
    rollbackMinutes: 5,
    testing: 'smoke tests, then a look at the orders',
    communication: '#deployments',
    description: '',
  },
  requestedBy: person('bo@example.org'),
  requestedAt: before(5 * minute),
  editedBy: null,
  authors: ['bo@example.org' as ActorId],
  notes: [],
  state: { phase: 'open' },
  environment: environmentName('prod'),
  release: { id: release('b'), version: '1.2.0' },
  seen: digest('e'),
  approvers: ['engineering-lead' as RoleName],
  approvals: [],
  ...more,
});

/** prod is closed until tomorrow, with an exception in between. */
export const calendar = (): CalendarView => ({
  now,
  from: now - day,
  to: now + 29 * day,
  environments: [
    {
      environment: 'prod',
      open: false,
      because: 'Closed outside of Tue-Thu 09:00-16:00 Europe/London.',
      changesAt: now + 2 * hour,
      windows: ['Tue-Thu 09:00-16:00 Europe/London'],
      freezes: [{ when: '12-20..01-02 Europe/London', reason: 'the holidays', ofWholeProject: true }],
      exceptions: [
        {
          id: 'exception-1',
          from: now + 2 * hour,
          to: now + 3 * hour,
          by: 'ada@example.org',
          reason: 'a leak',
        },
      ],
      changes: [
        { id: 'CHG-0007', release: '1.4.0', from: now + 2 * hour, to: now + 3 * hour, state: 'approved' },
      ],
      mayExcept: {
        kind: 'people',
        roles: ['engineering-lead' as RoleName],
        members: ['ada@example.org' as ActorId],
        contacts: ['#access-leads'],
      },
      bands: [
        { from: now - day, to: now + 2 * hour, kind: 'outside windows', because: 'Closed.' },
        { from: now + 2 * hour, to: now + 3 * hour, kind: 'exception', because: 'ada made an exception.' },
      ],
      soaks: [{ release: '1.2.0', soaksIn: 'test', endsAt: now + hour }],
      approvals: [{ release: '1.2.0', promotion: promotionId, by: 'bo@example.org', endsAt: now + day }],
    },
  ],
});

export const rules = (more: Partial<RulesView> = {}): RulesView => ({
  environment: environmentName('prod'),
  file: digest('1'),
  branch: 'main',
  acceptedAt: before(2 * minute),
  acceptedBy: person('ada@example.org'),
  text: 'rung: 1\n',
  proposal: null,
  ...more,
});
