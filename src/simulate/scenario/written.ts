import type { Act, Ending, EndedBy } from './types.ts';

/** A scenario as a person writes it, once the schema has accepted it. */
export interface WrittenScenario {
  readonly scenario: 1;
  readonly title: string;
  readonly about?: string;
  readonly to: string;
  readonly release?: string;
  readonly start?: WrittenStart;
  readonly begins?: string;
  readonly seed?: number;
  readonly duration?: string;
  readonly traffic?: WrittenTraffic;
  readonly stable?: WrittenTruth;
  readonly candidate?: WrittenTruth;
  readonly before?: { readonly traffic?: WrittenTraffic; readonly errors?: WrittenCurve };
  readonly services?: Readonly<Record<string, WrittenService>>;
  readonly smoke?: 'pass' | 'fail';
  readonly happens?: readonly WrittenHappening[];
  readonly expect?: Ending | WrittenExpectation;
}

export interface WrittenStart {
  readonly runs?: string;
  readonly soaked?: string;
  readonly observed?: string;
  readonly missing?: readonly string[];
}

export type WrittenTraffic = WrittenCurve | WrittenDay;

export interface WrittenDay {
  readonly day: string;
  readonly night: string;
  readonly peak?: string;
}

/** A value, or what it is at first and how it changes. */
export type WrittenCurve = string | readonly (string | WrittenChange)[];

export interface WrittenChange extends WrittenMoment {
  readonly is?: string;
  readonly to?: string;
  readonly over?: string;
}

export interface WrittenMoment {
  readonly at?: string;
  readonly after?: string;
}

export interface WrittenTruth {
  readonly errors?: WrittenCurve;
  readonly p95?: WrittenCurve;
}

export interface WrittenService {
  readonly traffic?: WrittenTraffic;
  readonly stable?: WrittenTruth;
  readonly candidate?: WrittenTruth;
}

export interface WrittenHappening extends WrittenMoment {
  readonly does?: Act;
  readonly who?: string;
  readonly why?: string;
  readonly gate?: string;
  readonly to?: string;
  readonly alarm?: string;
  readonly in?: string;
  readonly evidence?: string;
  readonly webhook?: string;
  readonly answers?: 'pass' | 'fail';
  readonly agent?: 'killed' | 'stopped';
  readonly 'control-plane'?: 'away';
  readonly for?: string;
  readonly clock?: string;
  readonly crash?: string;
  readonly unhealthy?: string;
}

export interface WrittenExpectation {
  readonly ends: Ending | readonly Ending[];
  readonly by?: EndedBy;
  readonly within?: string;
  readonly 'met-at-most'?: number;
}
