import type { ServiceName } from '../../ids.ts';
import type { CandidateHealth } from '../sample.ts';
import type { HealthEvidence, ServiceEvidence } from './evidence.ts';
import { counted } from './sentences.ts';
import type { Closeness, JudgeStep, Verdict } from './types.ts';

/**
 * R3, health. In canary and promoting one failure takes the release back. While watching an instance is restarted; the
 * second failure within ten minutes, or no healthy instance, takes it back.
 */
const secondWithinMs = 10 * 60_000;

/** Connections refused and probes failed so soon after a failure are the echo of the same one, while it restarts. */
const echoMs = 5_000;

export const startHealth: HealthEvidence = {
  instances: null,
  failuresAtMs: [],
  latest: null,
  noneHealthy: false,
};

/** `nowMs` is folded time at the end of the sample. */
export function foldHealth(before: HealthEvidence, health: CandidateHealth, nowMs: number): HealthEvidence {
  const failures = failuresIn(before, health, nowMs);
  if (failures === 0 && isAsBefore(before, health)) return before;
  const added = Array.from({ length: Math.min(2, failures) }, () => nowMs);
  return {
    instances: { wanted: health.wanted, healthy: health.healthy },
    failuresAtMs: keepCloserTwo(before.failuresAtMs, added),
    latest: failures > 0 ? failureClause(health) : before.latest,
    noneHealthy: before.noneHealthy || (health.wanted > 0 && health.healthy <= 0),
  };
}

const isAsBefore = ({ instances }: HealthEvidence, health: CandidateHealth): boolean =>
  instances !== null && instances.wanted === health.wanted && instances.healthy === health.healthy;

function failuresIn(before: HealthEvidence, health: CandidateHealth, nowMs: number): number {
  if (health.exits > 0) return health.exits;
  const lastMs = before.failuresAtMs.at(-1);
  if (lastMs !== undefined && nowMs - lastMs <= echoMs) return 0;
  return Math.max(health.failedProbes, Math.min(1, health.refused));
}

/** Two that were too near to each other stay: what they said is not unsaid by a later one. */
function keepCloserTwo(before: readonly number[], added: readonly number[]): readonly number[] {
  return areTooNear(before) ? before : [...before, ...added].slice(-2);
}

const areTooNear = ([first, second]: readonly number[]): boolean =>
  first !== undefined && second !== undefined && second - first <= secondWithinMs;

function failureClause(health: CandidateHealth): string {
  if (health.exits > 0) return `${counted(health.exits, 'process').replace('processs', 'processes')} ended`;
  if (health.failedProbes > 0) return 'a health check failed twice in a row';
  return `${counted(health.refused, 'connection')} refused`;
}

/** What R3 says of a service; null while it says nothing. */
export function speakHealth(step: JudgeStep, service: ServiceName, seen: ServiceEvidence): Verdict | null {
  const { failuresAtMs, latest, noneHealthy, instances } = seen.health;
  const back = (detail: string): Verdict => ({ action: 'take back', rule: 'health', service, detail });
  if (step.phase !== 'watching') {
    return failuresAtMs.length > 0 ? back(`the new version is unhealthy: ${latest}`) : null;
  }
  if (noneHealthy) return back(`none of ${counted(instances?.wanted ?? 0, 'instance')} answered`);
  return areTooNear(failuresAtMs) ? back(`a second failure within 10 minutes: ${latest}`) : null;
}

export function healthCloseness(
  step: JudgeStep,
  service: ServiceName,
  seen: ServiceEvidence,
  nowMs: number,
): Closeness {
  const { instances, failuresAtMs } = seen.health;
  if (speakHealth(step, service, seen) !== null)
    return { rule: 'health', service, share: 1, detail: answering(instances) };
  const lastMs = failuresAtMs.at(-1);
  if (lastMs === undefined || nowMs - lastMs > secondWithinMs)
    return { rule: 'health', service, share: 0, detail: answering(instances) };
  const detail = `${answering(instances)}; failed once in the last 10 minutes, a second time takes it back`;
  return { rule: 'health', service, share: 0.5, detail };
}

const answering = (instances: HealthEvidence['instances']): string =>
  instances === null
    ? 'not known yet'
    : `${instances.healthy} of ${counted(instances.wanted, 'instance')} ${instances.wanted === 1 ? 'answers' : 'answer'}`;
