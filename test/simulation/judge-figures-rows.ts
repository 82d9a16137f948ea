import type { Traffic } from './judge-figures-rollout.ts';

export interface Row {
  readonly name: string;
  readonly isHealthy: boolean;
  readonly traffic: Traffic;
  /** Share of runs that have to advance; 0 where none is asked for. */
  readonly leastAdvanced: number;
  /** Share of runs that may be taken back. */
  readonly mostRolledBack: number;
}

/** A healthy release is like the version it replaces: beside a much cleaner one it is rightly held. */
const healthy = (
  requestsPerSecond: number,
  errorRatio: number,
  leastAdvanced: number,
  stable = errorRatio,
): Row => ({
  name: `${requestsPerSecond} rps, ${errorRatio * 100} %${stable === errorRatio ? '' : `, stable ${stable * 100} %`}`,
  isHealthy: true,
  traffic: { requestsPerSecond, errorRatio: () => errorRatio, stableErrorRatio: stable },
  leastAdvanced,
  mostRolledBack: 0.01,
});

const bad = (name: string, requestsPerSecond: number, errorRatio: Traffic['errorRatio']): Row => ({
  name,
  isHealthy: false,
  traffic: { requestsPerSecond, errorRatio, stableErrorRatio: 0.005 },
  leastAdvanced: 0,
  mostRolledBack: 1,
});

const from = (startMs: number, errorRatio: number) => (elapsedMs: number) =>
  elapsedMs < startMs ? 0.005 : errorRatio;

/** Traffic is the new version's own at 10 %. */
export const rows: readonly Row[] = [
  healthy(0.5, 0.01, 0.8),
  healthy(0.5, 0.04, 0),
  healthy(0.5, 0.04, 0, 0.001),
  healthy(1, 0.02, 0.8),
  healthy(1, 0.02, 0, 0.001),
  healthy(5, 0.01, 0.98),
  healthy(5, 0.02, 0.98),
  healthy(5, 0.04, 0, 0.001),
  healthy(20, 0.02, 0.98),
  bad('5 rps, 10 %', 5, () => 0.1),
  bad('0.5 rps, 10 % (thin)', 0.5, () => 0.1),
  bad('5 rps, 6 % from 4:00', 5, from(240_000, 0.06)),
  bad('0.5 rps, 10 % from 1:00:00', 0.5, from(3_600_000, 0.1)),
];
