import { expect } from 'vitest';
import type { ActorId, EnvironmentName, RoleName } from '../ids.ts';
import type { EnvironmentSpec, GateSpec, PipelineStep, ProjectFile } from '../project-file/types.ts';
import { changeText, compareRules } from './index.ts';

export const role = (name: string): RoleName => name as RoleName;
export const person = (name: string): ActorId => `${name}@example.org` as ActorId;
export const dev = 'dev' as EnvironmentName;
export const prod = 'prod' as EnvironmentName;
export const hourMs = 3_600_000;

export const gates: readonly GateSpec[] = [
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

export const step: PipelineStep = {
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

export const file: ProjectFile = {
  rung: 1,
  project: 'access',
  roles: {
    [role('lead')]: { members: [person('ada'), person('bo')], contact: '#leads' },
    [role('qa')]: { members: [person('cy')] },
    [role('board')]: { members: [person('dee')] },
  },
  services: {},
  environments: {
    [dev]: {
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
  pipelines: { main: [{ environment: dev, gates: [] }, step] },
  freezes: [{ kind: 'once', from: '2026-12-18 17:00', to: '2027-01-04 09:00', zone: 'UTC', reason: 'Audit' }],
};

export const withStep = (more: Partial<PipelineStep>): ProjectFile => ({
  ...file,
  pipelines: {
    main: [
      { environment: dev, gates: [] },
      { ...step, ...more },
    ],
  },
});
export const withGate = (kind: GateSpec['kind'], more: object | null): ProjectFile =>
  withStep({
    gates: gates.flatMap((gate) =>
      gate.kind !== kind ? [gate] : more === null ? [] : [{ ...gate, ...more }],
    ),
  });
export const withApprovals = (more: object): ProjectFile =>
  withStep({ ...(step.approvals !== undefined && { approvals: { ...step.approvals, ...more } }) });
export const withRollout = (more: object): ProjectFile =>
  withStep({ ...(step.rollout !== undefined && { rollout: { ...step.rollout, ...more } }) });
export const withSpec = (more: object): ProjectFile => ({
  ...file,
  environments: { ...file.environments, [prod]: { ...file.environments[prod], ...more } as never },
});
/** The file without some of what it says of prod. */
export const withoutSpec = (...words: readonly (keyof EnvironmentSpec)[]): ProjectFile => ({
  ...file,
  environments: { ...file.environments, [prod]: without(file.environments[prod] ?? {}, words) as never },
});
/** The file without some of what prod's step asks for. */
export const withoutInStep = (...words: readonly (keyof PipelineStep)[]): ProjectFile => ({
  ...file,
  pipelines: { main: [{ environment: dev, gates: [] }, without(step, words) as never] },
});

const without = (whole: object, words: readonly string[]): object =>
  Object.fromEntries(Object.entries(whole).filter(([word]) => !words.includes(word)));

/** What the second file does to the rules of prod: `weakens: approvals 2 → 1`. */
export const told = (from: ProjectFile, to: ProjectFile): readonly string[] =>
  compareRules(from, to, prod).map((change) => `${change.effect}: ${changeText(change)}`);

/** It weakens by this one change, and the way back strengthens: what is told is the same the other way round. */
export function expectOneWay(change: string, from: ProjectFile, to: ProjectFile): void {
  expect(told(from, to)).toEqual([`weakens: ${change}`]);
  const [what] = compareRules(from, to, prod);
  expect(compareRules(to, from, prod)).toEqual([
    { what: what?.what, from: what?.to, to: what?.from, effect: 'strengthens' },
  ]);
}
