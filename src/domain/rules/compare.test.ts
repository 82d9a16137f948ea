import { describe, expect, it } from 'vitest';
import type { ActorId, EnvironmentName, RoleName } from '../ids.ts';
import type { GateSpec, PipelineStep, ProjectFile } from '../project-file/types.ts';
import { changeText, compareRules, isWeaker } from './index.ts';

const role = (name: string): RoleName => name as RoleName;
const person = (name: string): ActorId => `${name}@example.org` as ActorId;
const prod = 'prod' as EnvironmentName;
const hourMs = 3_600_000;

const gates: readonly GateSpec[] = [
  { kind: 'soak', forMs: 24 * hourMs },
  { kind: 'smoke' },
  { kind: 'validation' },
  { kind: 'tests', suites: ['unit', 'integration'] },
  { kind: 'coverage', limit: 0.8, inclusive: false },
  { kind: 'review', count: 1 },
  { kind: 'scan', none: ['critical', 'high'] },
  { kind: 'stability', forMs: 24 * hourMs, errors: 0.01 },
  { kind: 'alarms' },
  { kind: 'uat', from: [role('qa')] },
  { kind: 'change-request', from: [role('board')] },
  { kind: 'rollback-plan', from: [] },
  { kind: 'checklist', name: 'go-live', items: ['on-call', 'notified'], from: [role('qa')] },
  { kind: 'bugs', atMost: 0 },
  { kind: 'rule', name: 'small', when: 'size(release.services) < 3', otherwise: 'Go in parts.' },
  { kind: 'webhook', name: 'licence', url: 'https://checks.example.org', timeoutMs: 30_000 },
];

const step: PipelineStep = {
  environment: prod,
  gates,
  approvals: {
    count: 2,
    from: [role('lead'), role('qa')],
    distinctRoles: 2,
    notRequester: true,
    expireMs: 24 * hourMs,
  },
  rollout: {
    canary: [
      { percent: 10, exposureMs: 300_000, maximumMs: 1_800_000 },
      { percent: 100, exposureMs: 0, maximumMs: 0 },
    ],
    watchMs: 2 * hourMs,
    errors: { limit: 0.05, forMs: 120_000 },
    latency: { factor: 3 },
    leaseMs: 30_000,
    drainMs: 30_000,
  },
  waive: [role('lead')],
  emergency: { from: [role('lead')], second: [role('qa')] },
};

const file: ProjectFile = {
  rung: 1,
  project: 'access',
  roles: {
    [role('lead')]: { members: [person('ada'), person('bo')], contact: '#leads' },
    [role('qa')]: { members: [person('cy')] },
    [role('board')]: { members: [person('dee')] },
  },
  services: {},
  environments: {
    ['dev' as EnvironmentName]: {
      tier: 'development',
      purpose: 'dev',
      deploy: 'manual',
      lifecycle: { kind: 'permanent' },
      ports: {},
    },
    [prod]: {
      tier: 'production',
      purpose: 'what users use',
      owner: 'Platform',
      source: 'main',
      deploy: 'manual',
      lifecycle: { kind: 'permanent' },
      ports: {},
      windows: ['Tue-Thu 09:00-16:00 Europe/London', 'Mon 10:00-12:00 Europe/London'],
      freezes: [{ kind: 'yearly', days: '12-20..01-02', zone: 'UTC', reason: 'Holidays' }],
    },
  },
  pipelines: { main: [{ environment: 'dev' as EnvironmentName, gates: [] }, step] },
  freezes: [{ kind: 'once', from: '2026-12-18 17:00', to: '2027-01-04 09:00', zone: 'UTC', reason: 'Audit' }],
};

const withStep = (more: Partial<PipelineStep>): ProjectFile => ({
  ...file,
  pipelines: {
    main: [
      { environment: 'dev' as EnvironmentName, gates: [] },
      { ...step, ...more },
    ],
  },
});
const withGate = (kind: GateSpec['kind'], more: object | null): ProjectFile =>
  withStep({
    gates: gates.flatMap((gate) =>
      gate.kind !== kind ? [gate] : more === null ? [] : [{ ...gate, ...more }],
    ),
  });
const withApprovals = (more: object): ProjectFile =>
  withStep({ ...(step.approvals !== undefined && { approvals: { ...step.approvals, ...more } }) });
const withRollout = (more: object): ProjectFile =>
  withStep({ ...(step.rollout !== undefined && { rollout: { ...step.rollout, ...more } }) });
const withSpec = (more: object): ProjectFile => ({
  ...file,
  environments: { ...file.environments, [prod]: { ...file.environments[prod], ...more } as never },
});

describe('rules in force, compared (INF-7)', () => {
  it('are the same as themselves, whatever the file says of other environments', () => {
    expect(compareRules(file, file, prod)).toEqual([]);
    const elsewhere = { ...file, services: { web: {} as never } };
    expect(compareRules(file, elsewhere, prod)).toEqual([]);
  });

  it.each<[string, ProjectFile]>([
    ['approvals 2 → 1', withApprovals({ count: 1 })],
    ['different roles among the approvers 2 → 1', withApprovals({ distinctRoles: 1 })],
    ['the requester may approve no → yes', withApprovals({ notRequester: false })],
    ['approvals expire after 1 d → 2 d', withApprovals({ expireMs: 48 * hourMs })],
    ['gate soak for 1 d → 12 h', withGate('soak', { forMs: 12 * hourMs })],
    ['gate smoke asked for → none', withGate('smoke', null)],
    ['gate coverage over 80 % → over 70 %', withGate('coverage', { limit: 0.7 })],
    ['gate coverage over 80 % → at least 80 %', withGate('coverage', { inclusive: true })],
    ['gate tests suites integration, unit → unit', withGate('tests', { suites: ['unit'] })],
    ['gate scan refuses critical, high → critical', withGate('scan', { none: ['critical'] })],
    ['gate stability errors below 1 % → 2 %', withGate('stability', { errors: 0.02 })],
    ['gate bugs 0 → 3', withGate('bugs', { atMost: 3 })],
    ['gate go-live items notified, on-call → on-call', withGate('checklist', { items: ['on-call'] })],
    ['gate small size(release.services) < 3 → true', withGate('rule', { when: 'true' })],
    [
      'gate licence https://checks.example.org → https://other',
      withGate('webhook', { url: 'https://other' }),
    ],
    [
      'gate uat signed by cy@example.org → cy@example.org, dee@example.org',
      withGate('uat', { from: [role('qa'), role('board')] }),
    ],
    ['watch 2 h → 1 h', withRollout({ watchMs: hourMs })],
    ['taken back at errors over 5 % → 10 %', withRollout({ errors: { limit: 0.1, forMs: 120_000 } })],
    ['asks a person at p95 over 3 × baseline → 5 × baseline', withRollout({ latency: { factor: 5 } })],
    [
      'may waive gates ada@example.org as lead, bo@example.org as lead → ada@example.org as lead, bo@example.org as lead, cy@example.org as qa',
      withStep({ waive: [role('lead'), role('qa')] }),
    ],
    ['tier production → testing', withSpec({ tier: 'testing', freezes: file.environments[prod]?.freezes })],
    ['deploy manual → automatic', withSpec({ deploy: 'automatic' })],
    ['source main → develop', withSpec({ source: 'develop' })],
    [
      'freezes 2026-12-18 17:00 to 2027-01-04 09:00 UTC (Audit), every 12-20..01-02 UTC (Holidays) → 2026-12-18 17:00 to 2027-01-04 09:00 UTC (Audit)',
      withSpec({ freezes: [] }),
    ],
  ])('“%s” weakens, and the way back strengthens', (sentence, other) => {
    const there = compareRules(file, other, prod);
    expect(there.map(changeText)).toContain(sentence);
    expect(isWeaker(there)).toBe(true);
    const back = compareRules(other, file, prod);
    expect(back.length).toBeGreaterThan(0);
    if (!/small|licence|source/u.test(sentence)) expect(isWeaker(back)).toBe(false);
  });

  it('see a member who comes into a role that approves, though the words stay the same', () => {
    const more = {
      ...file,
      roles: { ...file.roles, [role('qa')]: { members: [person('cy'), person('eve')] } },
    };
    const changes = compareRules(file, more, prod);
    expect(changes.map(({ what }) => what)).toContain('may approve');
    expect(isWeaker(changes)).toBe(true);
    expect(isWeaker(compareRules(more, file, prod))).toBe(false);
  });

  it('take a person who is exchanged for another as weaker: nobody can know', () => {
    const other = { ...file, roles: { ...file.roles, [role('qa')]: { members: [person('eve')] } } };
    expect(isWeaker(compareRules(file, other, prod))).toBe(true);
  });

  it('take a rung that is left out on the way as weaker', () => {
    const straight = { ...file, pipelines: { main: [step] } };
    const changes = compareRules(file, straight, prod);
    expect(changes.map(changeText)).toContain('way dev → straight in');
    expect(isWeaker(changes)).toBe(true);
  });

  it('count a freeze of the whole project, and a first window, as stricter', () => {
    const frozen = {
      ...file,
      freezes: [
        ...(file.freezes ?? []),
        { kind: 'yearly', days: '07-01..07-02', zone: 'UTC', reason: 'x' } as const,
      ],
    };
    expect(compareRules(file, frozen, prod)).toMatchObject([{ effect: 'strengthens' }]);
    const { windows: _, ...open } = file.environments[prod] ?? { tier: 'production' };
    const always = { ...file, environments: { ...file.environments, [prod]: open as never } };
    expect(isWeaker(compareRules(file, always, prod))).toBe(true);
    expect(isWeaker(compareRules(always, file, prod))).toBe(false);
  });

  it('miss nothing: every single word of the rules that is changed is told, and one way or the other is weaker or neither', () => {
    const silent: string[] = [];
    for (const { path, changed } of mutations(file)) {
      const there = compareRules(file, changed, prod);
      const back = compareRules(changed, file, prod);
      if (there.length === 0 || back.length === 0) silent.push(path);
    }
    expect(silent).toEqual([]);
  });
});

/** The file with one leaf of what rules prod changed, for every leaf. */
function* mutations(whole: ProjectFile): Generator<{ readonly path: string; readonly changed: ProjectFile }> {
  const parts = ['environments', 'pipelines', 'freezes'] as const;
  for (const part of parts)
    for (const path of leaves(whole[part], [part])) {
      const text = path.join('/');
      if (/environments\/dev|pipelines\/main\/0\/gates|pipelines\/main\/\d\/environment/u.test(text))
        continue;
      yield { path: text, changed: changedAt(whole, path) as ProjectFile };
    }
}

function* leaves(value: unknown, path: readonly string[]): Generator<readonly string[]> {
  if (typeof value !== 'object' || value === null) yield path;
  else for (const [key, member] of Object.entries(value)) yield* leaves(member, [...path, key]);
}

function changedAt(value: unknown, path: readonly string[]): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return otherThan(value);
  if (Array.isArray(value))
    return value.map((item: unknown, index) => (String(index) === key ? changedAt(item, rest) : item));
  const record = value as Readonly<Record<string, unknown>>;
  return { ...record, [key]: changedAt(record[key], rest) };
}

const otherThan = (leaf: unknown): unknown =>
  typeof leaf === 'number' ? leaf + 1 : typeof leaf === 'boolean' ? !leaf : `${String(leaf)}x`;
