import { type Static, Type } from 'typebox';
import type { PromotionId, RoleName, RolloutId } from '../../domain/ids.ts';
import {
  type Closeness,
  type JudgeStep,
  ruleNames,
  type ServiceFigures,
  type Verdict,
} from '../../domain/rollout/judge/types.ts';
import type { CurvePoint, RolloutView } from '../../lifecycle/views.ts';
import { actor } from './actor.ts';
import { advanceByPerson, rolloutState } from './rollout-state.ts';
import type { Same } from './same.ts';
import {
  count,
  durationMs,
  environmentName,
  instantMs,
  listOf,
  nameOf,
  nullable,
  oneOf,
  percent,
  ratio,
  recordOf,
  ref,
  serviceName,
  text,
  uuid,
} from './shapes.ts';

export const figures = Type.Object(
  {
    requests: count,
    errors: count,
    probes: count,
    errorRatio: nullable(ratio),
    p95Ms: nullable(durationMs),
    recentErrorRatio: nullable(ratio),
    recentP95Ms: nullable(durationMs),
    requestsPerSecond: nullable(Type.Number()),
  },
  { $id: 'Figures', description: 'What one version of a service did; null where there was no request' },
);

export const serviceFigures = Type.Object(
  { candidate: ref(figures), stable: ref(figures) },
  { $id: 'ServiceFigures' },
);
true satisfies Same<Static<typeof serviceFigures>, ServiceFigures>;

export const closeness = Type.Object(
  { rule: oneOf(ruleNames), service: serviceName, share: ratio, detail: text },
  { $id: 'Closeness', description: 'How near a rule is to speaking: 0 nothing of it, 1 it speaks' },
);
true satisfies Same<Static<typeof closeness>, Closeness>;

export const verdict = Type.Union(
  [
    Type.Object({ action: Type.Literal('continue') }),
    Type.Object({ action: Type.Literal('advance'), detail: text }),
    Type.Object({
      action: Type.Literal('hold'),
      rule: oneOf(ruleNames),
      service: serviceName,
      detail: text,
      sharedCause: Type.Boolean(),
    }),
    Type.Object({
      action: Type.Literal('take back'),
      rule: oneOf(ruleNames),
      service: serviceName,
      detail: text,
    }),
  ],
  { $id: 'Verdict' },
);
true satisfies Same<Static<typeof verdict>, Verdict>;

export const judgeStep = Type.Object(
  {
    phase: oneOf(['canary', 'promoting', 'watching']),
    services: listOf(serviceName),
    trafficPercent: Type.Optional(percent),
    exposureMs: durationMs,
    maximumMs: durationMs,
    errorLimit: ratio,
    errorForMs: durationMs,
    latencyFactor: Type.Number(),
    baseline: nullable(
      recordOf(serviceName, Type.Object({ requests: count, errors: count, p95Ms: nullable(durationMs) })),
    ),
  },
  { $id: 'JudgeStep', description: 'What is being judged' },
);
true satisfies Same<Static<typeof judgeStep>, JudgeStep>;

export const curvePoint = Type.Object(
  {
    at: instantMs,
    percent,
    services: recordOf(
      serviceName,
      Type.Object({
        candidateErrorRatio: nullable(ratio),
        stableErrorRatio: nullable(ratio),
        candidateP95Ms: nullable(durationMs),
        stableP95Ms: nullable(durationMs),
      }),
    ),
  },
  { $id: 'CurvePoint' },
);
true satisfies Same<Static<typeof curvePoint>, CurvePoint>;

export const rollout = Type.Object(
  {
    id: uuid<RolloutId>('Rollout'),
    promotion: uuid<PromotionId>('Promotion'),
    environment: environmentName,
    version: text,
    services: listOf(Type.Object({ service: serviceName, from: nullable(text), to: text })),
    state: ref(rolloutState),
    steps: listOf(
      Type.Object({ name: text, state: oneOf(['done', 'now', 'next', 'skipped']), share: ratio }),
    ),
    wantedPercent: percent,
    effectivePercent: nullable(percent),
    lease: nullable(oneOf(['none', 'held', 'expired'])),
    leaseMs: nullable(durationMs),
    reasonAllAtOnce: nullable(text),
    errorLimit: nullable(ratio),
    figures: recordOf(serviceName, ref(serviceFigures)),
    closeness: listOf(ref(closeness)),
    verdict: nullable(ref(verdict)),
    judging: nullable(ref(judgeStep)),
    startedAt: instantMs,
    startedBy: ref(actor),
    advances: listOf(ref(advanceByPerson)),
    resume: nullable(Type.Object({ off: nullable(text) })),
    advance: nullable(
      Type.Object({ next: text, roles: listOf(nameOf<RoleName>('Role')), off: nullable(text) }),
    ),
    curve: listOf(ref(curvePoint)),
  },
  { $id: 'Rollout', description: 'How a release is getting into an environment, with the evidence' },
);
true satisfies Same<Static<typeof rollout>, RolloutView>;
