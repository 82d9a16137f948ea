import { anEmptyEnvironment, aPromotionOf, aReleaseOf } from '../../domain/environment.kit.ts';
import type { Environment } from '../../domain/environment.ts';
import {
  type ActorId,
  type EnvironmentId,
  type EnvironmentName,
  instant,
  type Instant,
  type RoleName,
} from '../../domain/ids.ts';
import { rungOf } from '../../domain/pipeline.ts';
import { planOf } from '../../domain/plan.ts';
import type { ApprovalPolicy, GateSpec, ProjectFile } from '../../domain/project-file/types.ts';
import type { Release } from '../../domain/release.ts';
import { settled } from '../../domain/settle.ts';
import type { AdmissionFacts } from './facts.ts';
import { nothingObserved } from './observed-facts.ts';

export const [ada, bo, cy] = ['ada', 'bo', 'cy'].map((name) => `${name}@example.org`) as ActorId[] as [
  ActorId,
  ActorId,
  ActorId,
];
const [lead, devops, qa] = ['lead', 'devops', 'qa'] as RoleName[] as [RoleName, RoleName, RoleName];
const hourMs = 3_600_000;

export const approvalPolicy: ApprovalPolicy = {
  count: 2,
  from: [lead, devops, qa],
  distinctRoles: 2,
  notRequester: true,
  expireMs: 24 * hourMs,
};

export const gates: readonly GateSpec[] = [
  { kind: 'smoke' },
  { kind: 'soak', forMs: 24 * hourMs },
  { kind: 'validation' },
];

export const file: ProjectFile = {
  rung: 1,
  project: 'access',
  roles: {
    [lead]: { members: [ada], contact: '#leads' },
    [devops]: { members: [bo, ada], onCall: '+44 20 7946 0000' },
    [qa]: { members: [cy] },
  },
  services: {},
  environments: {},
  pipelines: {
    main: [
      { environment: 'dev' as EnvironmentName, gates: [] },
      { environment: 'test' as EnvironmentName, gates: [] },
      { environment: 'prod' as EnvironmentName, gates, approvals: approvalPolicy },
    ],
  },
};

export const current = aReleaseOf('1.0.0', { web: 'web 1', orders: 'orders 1' });
export const next = aReleaseOf('1.1.0', { web: 'web 2', orders: 'orders 1' });

export const now: Instant = instant(100 * hourMs);

export const environmentOf = (name: string): Environment => ({
  ...anEmptyEnvironment,
  id: name as EnvironmentId,
  name: name as EnvironmentName,
});

/** With these releases put in one after the other, each so many hours ago. */
export const running = (name: string, ...came: readonly (readonly [Release, number])[]): Environment =>
  came.reduce(
    (environment, [release, hoursAgo]) =>
      settled(environment, aPromotionOf(release), release, 'passed', instant(now - hoursAgo * hourMs)),
    environmentOf(name),
  );

const by = { kind: 'person', id: cy } as const;

/** 1.1.0, everything about it in order, asked for into prod, where 1.0.0 runs; approved by two with two roles. */
export function aCleanAsk(other: Partial<AdmissionFacts> = {}): AdmissionFacts {
  const dev = running('dev', [current, 80], [next, 50]);
  const validation = { release: next.id, by: { kind: 'person', id: ada }, at: now, note: '' } as const;
  const test = { ...running('test', [current, 70], [next, 40]), validation };
  const target = other.target ?? running('prod', [current, 60]);
  const release = other.release ?? next;
  const plan = other.plan ?? planOf(target, release);
  const approvals = [ada, bo].map((person) => ({
    by: person,
    roles: [],
    release: release.id,
    planHash: plan.hash,
    at: instant(now - hourMs),
    comment: '',
  }));
  return {
    kind: 'promotion',
    file,
    rung: rungOf(file, target.name),
    release,
    target,
    before: [dev, test],
    hasRunIn: new Set([dev.id, test.id]),
    requester: by,
    promotion: { ...aPromotionOf(release, undefined, target), requestedBy: by, approvals },
    plan,
    emergency: null,
    others: [],
    evidence: [],
    waivers: [],
    change: null,
    serving: [current],
    exceptions: [],
    delegations: [],
    questions: [],
    observed: nothingObserved,
    live: null,
    ...other,
  };
}
