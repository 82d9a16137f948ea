import type { ActorId, EnvironmentName, Instant, ServiceName } from '../../domain/ids.ts';
import type { RuleName } from '../../domain/rollout/judge/types.ts';
import type { Curve, Moment, RateCurve } from './curve.ts';

/** A scenario after it was read and checked against a project file: defaults filled in, names resolved. */
export interface Scenario {
  /** As the file is called. */
  readonly name: string;
  readonly title: string;
  readonly about: string | null;
  readonly to: EnvironmentName;
  readonly release: string;
  readonly runs: string;
  /** null: as long as is asked for. */
  readonly soakedMs: number | null;
  /** null: as long as is asked for. */
  readonly observedMs: number | null;
  /** Gates that stay closed for want of evidence, by name. */
  readonly missing: readonly string[];
  readonly beginsAt: Instant;
  readonly seed: number;
  /** null: until there is nothing more to come. */
  readonly durationMs: number | null;
  /** Of every service of the project. */
  readonly services: Readonly<Record<ServiceName, ServiceTruth>>;
  /** Of each service, in the environment before. */
  readonly before: BeforeTruth;
  readonly smoke: 'pass' | 'fail';
  readonly happens: readonly Happening[];
  readonly expect: Expectation | null;
}

/** What is really so of a service. What is measured of it has chance in it. */
export interface ServiceTruth {
  /** Requests in a second, both versions together. */
  readonly traffic: RateCurve;
  readonly stable: VersionTruth;
  readonly candidate: VersionTruth;
}

export interface BeforeTruth {
  /** Requests in a second. */
  readonly traffic: RateCurve;
  /** 0 to 1. */
  readonly errorRatio: Curve;
}

export interface VersionTruth {
  /** 0 to 1. */
  readonly errorRatio: Curve;
  readonly p95Ms: Curve;
}

export const acts = [
  'promote',
  'approve',
  'reject',
  'validate',
  'pause',
  'resume',
  'advance',
  'take back',
  'waive',
  'ask again',
  'make exception',
  'delegate',
  'promote in emergency',
  'confirm emergency',
  'request change',
  'edit change',
  'approve change',
  'reject change',
] as const;
export type Act = (typeof acts)[number];

/** What somebody does. What an act has no use for is null. */
export interface PersonAct {
  readonly does: Act;
  /** null: whoever may. */
  readonly who: ActorId | null;
  readonly why: string | null;
  /** Of `waive` and `ask again`. */
  readonly gate: string | null;
  /** Who stands in, of `delegate`. */
  readonly to: ActorId | null;
  /** How long an exception, a delegation or the window of a change lasts; null: as usual. */
  readonly forMs: number | null;
}

export type Happening = { readonly when: Moment } & (
  | ({ readonly kind: 'act' } & PersonAct)
  | {
      readonly kind: 'alarm';
      readonly name: string;
      /** null: the environment before. */
      readonly in: EnvironmentName | null;
      readonly forMs: number | null;
    }
  | { readonly kind: 'evidence'; readonly gate: string }
  | {
      readonly kind: 'webhook';
      readonly gate: string;
      readonly verdict: 'pass' | 'fail';
      readonly why: string | null;
    }
  | { readonly kind: 'agent'; readonly how: 'killed' | 'stopped'; readonly forMs: number | null }
  | { readonly kind: 'control plane'; readonly forMs: number | null }
  | { readonly kind: 'clock'; readonly byMs: number }
  | { readonly kind: 'crash'; readonly service: ServiceName }
  | { readonly kind: 'unhealthy'; readonly service: ServiceName; readonly forMs: number | null }
);

/** How a promotion ended, or how it stands when the time is up. */
export type Ending =
  | 'succeeded'
  | 'rolled back'
  | 'rollback failed'
  | 'held'
  | 'waiting'
  | 'refused'
  | 'rejected'
  | 'withdrawn'
  | 'superseded'
  | 'running';

/** What took it back, or holds it. */
export type EndedBy = RuleName | 'person' | 'judge lost' | 'insufficient evidence' | 'smoke tests' | 'start';

export interface Expectation {
  /** Any of them. */
  readonly ends: readonly Ending[];
  readonly by: EndedBy | null;
  readonly withinMs: number | null;
  readonly metAtMost: number | null;
}
