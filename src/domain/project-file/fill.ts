import type { ActorId, EnvironmentName, RoleName } from '../ids.ts';
import { writtenMs } from './duration.ts';
import { fillAlarms } from './fill-alarms.ts';
import { fillGate } from './fill-gate.ts';
import { fillRollout } from './fill-rollout.ts';
import type {
  ApprovalPolicy,
  EmergencyPolicy,
  EnvironmentSpec,
  FreezeSpec,
  HealthSpec,
  PipelineStep,
  ProjectFile,
  Role,
  ServiceSpec,
  Tier,
} from './types.ts';
import type {
  WrittenApprovals,
  WrittenEnvironment,
  WrittenFile,
  WrittenFreeze,
  WrittenRole,
  WrittenService,
  WrittenStep,
} from './written.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** Fills every default in. Takes only what the schema and `meaningProblems` have accepted. */
export function fillProjectFile(written: WrittenFile): ProjectFile {
  const tierOf = (environment: string): Tier | undefined => written.environments[environment]?.tier;
  return {
    rung: 1,
    project: written.project,
    roles: mapValues(written.roles ?? {}, fillRole),
    services: mapValues(written.services, fillService),
    environments: mapValues(written.environments, (environment, name) =>
      fillEnvironment(environment, name, written.alarms),
    ),
    pipelines: mapValues(written.pipelines, (steps) =>
      steps.map((step) => fillStep(step, tierOf(step.environment) === 'production')),
    ),
    ...(written.freezes !== undefined && { freezes: written.freezes.map(fillFreeze) }),
    ...(written.audit !== undefined && {
      audit: { keepPayloadsMs: writtenMs(written.audit['keep-payloads'], Number.POSITIVE_INFINITY) },
    }),
  };
}

function mapValues<In, Out>(
  record: Readonly<Record<string, In>>,
  fill: (value: In, name: string) => Out,
): Record<string, Out> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, fill(value, name)]));
}

const fillRole = (written: WrittenRole): Role => ({
  members: written.members as readonly ActorId[],
  ...(written.contact !== undefined && { contact: written.contact }),
  ...(written['on-call'] !== undefined && { onCall: written['on-call'] }),
  ...(written.availability !== undefined && { availability: written.availability }),
});

function fillService(written: WrittenService): ServiceSpec {
  const smoke = written.smoke;
  const smokeForm = smoke === undefined ? undefined : 'run' in smoke ? smoke : { run: smoke };
  const probe = typeof written.probe === 'string' ? { path: written.probe } : written.probe;
  return {
    path: cleanPath(written.path ?? ''),
    ...(written.build !== undefined && { build: written.build }),
    run: written.run,
    health: fillHealth(written.health),
    ...(smokeForm !== undefined && { smoke: smokeForm.run }),
    smokeTimeoutMs: writtenMs(smokeForm?.timeout, minuteMs),
    instances: written.instances ?? 1,
    stopWithinMs: writtenMs(written['stop-within'], 10_000),
    ...(probe !== undefined && { probe: { path: probe.path, perSecond: probe['per-second'] ?? 5 } }),
  };
}

function fillHealth(written: WrittenService['health']): HealthSpec {
  const form = typeof written === 'string' ? { path: written } : written;
  return {
    path: form.path,
    everyMs: writtenMs(form.every, 1000),
    timeoutMs: writtenMs(form.timeout, 1000),
    startWithinMs: writtenMs(form['start-within'], 30_000),
  };
}

/** `./services/web/` and `services/web` are one folder. */
const cleanPath = (path: string): string =>
  path
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/') || '.';

const purposes: Readonly<Record<Tier, string>> = {
  development: 'Where merged work runs together first',
  testing: 'Where a release is tested',
  staging: 'Where a release is rehearsed before production',
  production: 'What users use',
  preview: 'Where a change can be looked at before it is merged',
};

function fillEnvironment(
  written: WrittenEnvironment,
  name: string,
  projectAlarms: WrittenFile['alarms'],
): EnvironmentSpec {
  const alarms = written.alarms ?? projectAlarms;
  const takesMerges = written.tier === 'development' && written.source !== undefined;
  return {
    tier: written.tier,
    purpose: written.purpose ?? purposes[written.tier],
    ...(written.owner !== undefined && { owner: written.owner }),
    ...(written.source !== undefined && { source: written.source }),
    deploy: written.deploy ?? (takesMerges ? 'on-merge' : 'manual'),
    lifecycle: fillLifecycle(written),
    ...(written.mirrors !== undefined && { mirrors: written.mirrors as EnvironmentName }),
    ports: { ...written.ports },
    ...(written.windows !== undefined && { windows: written.windows }),
    ...(written.freezes !== undefined && { freezes: written.freezes.map(fillFreeze) }),
    ...(alarms !== undefined && { alarms: fillAlarms(alarms, name) }),
  };
}

function fillLifecycle(written: WrittenEnvironment): EnvironmentSpec['lifecycle'] {
  if (written.ttl !== undefined) return { kind: 'ephemeral', ttlMs: writtenMs(written.ttl, dayMs) };
  if (written.reset !== undefined) return { kind: 'reusable', resetMs: writtenMs(written.reset, dayMs) };
  return { kind: 'permanent' };
}

const fillStep = (written: WrittenStep, production: boolean): PipelineStep => ({
  environment: written.environment as EnvironmentName,
  gates: (written.gates ?? []).map(fillGate),
  ...(written.approvals !== undefined && { approvals: fillApprovals(written.approvals, production) }),
  ...(written.rollout !== undefined && { rollout: fillRollout(written.rollout) }),
  ...(written.waive !== undefined && { waive: written.waive as readonly RoleName[] }),
  ...(written.emergency !== undefined && { emergency: fillEmergency(written.emergency) }),
});

const fillEmergency = ({ from, second }: NonNullable<WrittenStep['emergency']>): EmergencyPolicy => ({
  from: from as readonly RoleName[],
  second: (second ?? from) as readonly RoleName[],
});

const fillFreeze = ({ from, to, yearly, zone = 'UTC', reason }: WrittenFreeze): FreezeSpec =>
  yearly === undefined
    ? { kind: 'once', from: from ?? '', to: to ?? '', zone, reason }
    : { kind: 'yearly', days: yearly, zone, reason };

const fillApprovals = (written: WrittenApprovals, production: boolean): ApprovalPolicy => ({
  count: written.count ?? 1,
  from: written.from as readonly RoleName[],
  distinctRoles: written['distinct-roles'] ?? 1,
  notRequester: written['not-requester'] ?? production,
  expireMs: writtenMs(written.expire, dayMs),
});
