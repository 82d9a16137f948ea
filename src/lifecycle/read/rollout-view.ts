import type { EnvironmentName, RoleName } from '../../domain/ids.ts';
import { advanceObstacle } from '../../domain/rollout/advance-by-person.ts';
import { type AgentSeen, resumeObstacle } from '../../domain/rollout/judge-back.ts';
import { quantileMs } from '../../domain/rollout/latency.ts';
import type { Counts, Sample } from '../../domain/rollout/sample.ts';
import { type Rollout, type RolloutState, wantedPercent } from '../../domain/rollout/types.ts';
import type { Promotion } from '../../domain/promotion.ts';
import type { Observation } from '../../protocol/messages.ts';
import { spanText } from '../../domain/wording.ts';
import type { CurvePoint, RolloutView } from '../views.ts';

export interface RolloutFactsForView {
  readonly rollout: Rollout;
  readonly promotion: Promotion;
  readonly environment: EnvironmentName;
  readonly observation: Observation | null;
  /** Read while it is held. */
  readonly agent: AgentSeen | null;
  /** Roles that may let it go on past its evidence; read while it is held. */
  readonly mayAdvance: readonly RoleName[];
  readonly samples: readonly Sample[];
}

export function rolloutView({
  rollout,
  promotion,
  environment,
  observation,
  agent,
  mayAdvance,
  samples,
}: RolloutFactsForView): RolloutView {
  const seen = observation?.rollout?.id === rollout.id ? observation.rollout : null;
  return {
    id: rollout.id,
    promotion: rollout.promotion,
    environment,
    version: promotion.version,
    services: rollout.services.map((one) => ({
      service: one.service,
      from: one.from?.version ?? null,
      to: one.to.version,
    })),
    state: rollout.state,
    steps: stepsOf(rollout),
    wantedPercent: wantedPercent(rollout),
    effectivePercent: seen?.effectivePercent ?? null,
    lease: seen?.lease ?? null,
    leaseMs: rollout.policy?.leaseMs ?? null,
    reasonAllAtOnce: rollout.reasonAllAtOnce,
    errorLimit: rollout.policy?.errors.limit ?? null,
    figures: rollout.judgement?.services ?? {},
    closeness: rollout.judgement?.closeness ?? [],
    verdict: rollout.judgement?.verdict ?? null,
    judging: rollout.judge?.step ?? null,
    advances: rollout.advances ?? [],
    resume: agent === null ? null : { off: resumeObstacle(rollout, agent)?.message ?? null },
    advance: agent === null ? null : advanceOf(rollout, agent, mayAdvance),
    startedAt: rollout.startedAt,
    startedBy: promotion.requestedBy,
    curve: curveOf(samples),
  };
}

/** What promoting it with a reason would mean: the step it goes to, and who may. */
function advanceOf(
  rollout: Rollout,
  agent: AgentSeen,
  roles: readonly RoleName[],
): NonNullable<RolloutView['advance']> {
  const { state } = rollout;
  const isFallen = state.phase === 'held' && state.from.phase === 'promoting' && state.percent === 0;
  const next = reachedOf(state, rollout) + (isFallen ? 0 : 1);
  const off = advanceObstacle(rollout, agent)?.message ?? null;
  return { next: namesOf(rollout)[next] ?? 'Done', roles, off };
}

/** The names of the way, in order, and where the rollout stands on it. */
function stepsOf(rollout: Rollout): RolloutView['steps'] {
  const names = namesOf(rollout);
  const reached = reachedOf(rollout.state, rollout);
  const over = rollout.state.phase === 'succeeded';
  const broken =
    rollout.state.phase === 'rolled back' ||
    rollout.state.phase === 'rolling back' ||
    rollout.state.phase === 'rollback failed';
  return names.map((name, index) => ({
    name,
    state:
      over || index < reached
        ? 'done'
        : index > reached
          ? broken
            ? 'skipped'
            : 'next'
          : broken
            ? 'skipped'
            : 'now',
    share: over || index < reached ? 1 : index === reached ? shareOf(rollout) : 0,
  }));
}

function namesOf({ policy }: Rollout): readonly string[] {
  if (policy === null) return ['Preflight', 'Switch over', 'Done'];
  const canary = policy.canary.filter((step) => step.percent < 100).map((step) => `Canary ${step.percent} %`);
  return ['Preflight', ...canary, 'Promoting', `Watching ${spanText(policy.watchMs)}`, 'Done'];
}

function reachedOf(state: RolloutState, rollout: Rollout): number {
  const canaries = rollout.policy?.canary.filter((step) => step.percent < 100).length ?? 0;
  switch (state.phase) {
    case 'preflight':
      return 0;
    case 'canary':
      return 1 + state.step;
    case 'promoting':
      return 1 + canaries;
    case 'watching':
      return 2 + canaries;
    case 'held':
      return reachedOf(state.from, rollout);
    case 'rolling back':
    case 'rolled back':
    case 'rollback failed':
      return 1;
    case 'succeeded':
    case 'superseded':
      return namesOf(rollout).length;
  }
}

function shareOf(rollout: Rollout): number {
  const step = rollout.judge?.step;
  if (step === undefined || rollout.judgement === null) return 0;
  if (step.phase === 'watching') return Math.min(1, rollout.sampledMs / Math.max(1, step.maximumMs));
  return Math.min(1, rollout.judgement.exposureMs / Math.max(1, step.exposureMs));
}

const curvePoints = 300;

/** Neighbouring samples are put together until there are few enough points to draw. */
export function curveOf(samples: readonly Sample[]): readonly CurvePoint[] {
  const together = Math.max(1, Math.ceil(samples.length / curvePoints));
  const points: CurvePoint[] = [];
  for (let start = 0; start < samples.length; start += together) {
    const last = samples[Math.min(samples.length, start + together) - 1];
    if (last !== undefined) points.push(pointOf(samples.slice(start, start + together), last));
  }
  return points;
}

function pointOf(samples: readonly Sample[], last: Sample): CurvePoint {
  const services = Object.keys(last.services).map((service) => {
    const of = (side: 'candidate' | 'stable'): Counts | null =>
      sum(samples.map((sample) => sample.services[service as keyof Sample['services']]?.[side] ?? null));
    const candidate = of('candidate');
    const stable = of('stable');
    return [
      service,
      {
        candidateErrorRatio: ratio(candidate),
        stableErrorRatio: ratio(stable),
        candidateP95Ms: candidate === null ? null : quantileMs(candidate.latency, 0.95),
        stableP95Ms: stable === null ? null : quantileMs(stable.latency, 0.95),
      },
    ] as const;
  });
  return { at: last.at, percent: last.trafficPercent, services: Object.fromEntries(services) };
}

const ratio = (counts: Counts | null): number | null =>
  counts === null || counts.requests === 0 ? null : counts.errors / counts.requests;

function sum(all: readonly (Counts | null)[]): Counts | null {
  const known = all.filter((one) => one !== null);
  if (known.length === 0) return null;
  const latency: Record<number, number> = {};
  for (const one of known)
    for (const [bucket, count] of Object.entries(one.latency))
      latency[Number(bucket)] = (latency[Number(bucket)] ?? 0) + count;
  const total = (pick: (one: Counts) => number): number => known.reduce((sofar, one) => sofar + pick(one), 0);
  return {
    requests: total((one) => one.requests),
    errors: total((one) => one.errors),
    probes: total((one) => one.probes),
    latency,
  };
}
