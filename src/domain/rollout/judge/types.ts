import type { ServiceName } from '../../ids.ts';
import type { ServiceEvidence } from './evidence.ts';

/** The rules of the judge, in the order in which they win when several speak at once. */
export const ruleNames = ['health', 'early stop', 'contract', 'latency', 'advance'] as const;
export type RuleName = (typeof ruleNames)[number];

/** What the judge wants. `continue` is going on gathering evidence. */
export type Verdict =
  | { readonly action: 'continue' }
  | { readonly action: 'advance'; readonly detail: string }
  | {
      readonly action: 'hold';
      readonly rule: RuleName;
      readonly service: ServiceName;
      readonly detail: string;
      /** The baseline is as bad: the release is not to blame. */
      readonly sharedCause: boolean;
    }
  | {
      readonly action: 'take back';
      readonly rule: RuleName;
      readonly service: ServiceName;
      readonly detail: string;
    };

/** How near a rule is to speaking, for people: shown on the board, printed by the CLI. */
export interface Closeness {
  readonly rule: RuleName;
  readonly service: ServiceName;
  /** 0: nothing of it. 1: it speaks. */
  readonly share: number;
  /** A sentence with the figures, for example `3:12 of 5:00 seen; errors surely under 1.1 %`. */
  readonly detail: string;
}

export interface ServiceFigures {
  readonly candidate: Figures;
  readonly stable: Figures;
}

export interface Figures {
  readonly requests: number;
  readonly errors: number;
  readonly probes: number;
  /** null where there was no request. */
  readonly errorRatio: number | null;
  readonly p95Ms: number | null;
  /** Over the last window, for the live curve; null where there was no request. */
  readonly recentErrorRatio: number | null;
  readonly recentP95Ms: number | null;
  readonly requestsPerSecond: number | null;
}

export interface Judgement {
  readonly verdict: Verdict;
  readonly closeness: readonly Closeness[];
  readonly services: Readonly<Record<ServiceName, ServiceFigures>>;
  /** Time at the weight with evidence, of the service that has least. */
  readonly exposureMs: number;
  readonly elapsedMs: number;
}

/** Plain JSON, so that it can be kept between two samples, and of bounded size however long it watches. */
export interface JudgeState {
  readonly version: 1;
  readonly step: JudgeStep;
  /** Number of the last sample folded; 0 before the first. */
  readonly lastSample: number;
  /** How long the samples folded so far cover. */
  readonly foldedMs: number;
  readonly evidence: Readonly<Record<ServiceName, ServiceEvidence>>;
}

/** What is being judged. */
export interface JudgeStep {
  readonly phase: 'canary' | 'promoting' | 'watching';
  readonly services: readonly ServiceName[];
  /** Share of requests the step asks for. Time under less is not exposure; absent, all time counts. */
  readonly trafficPercent?: number;
  /** Exposure that the step needs before it may advance. Not read while watching. */
  readonly exposureMs: number;
  /**
   * In canary and promoting: held as insufficient evidence when it takes longer; 0 stands for six times the exposure, and six times F at least.
   * While watching: how long the watch lasts, over which R2 spreads the times a regression may begin (0: two hours).
   */
  readonly maximumMs: number;
  /** R1. */
  readonly errorLimit: number;
  readonly errorForMs: number;
  /** R4. */
  readonly latencyFactor: number;
  /** Frozen at the end of the canary; null while a stable version takes requests beside the new one. */
  readonly baseline: Readonly<Record<ServiceName, Baseline>> | null;
}

export interface Baseline {
  readonly requests: number;
  readonly errors: number;
  readonly p95Ms: number | null;
}
