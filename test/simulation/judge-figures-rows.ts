import type { Traffic } from './judge-figures-rollout.ts';

export interface Row {
  readonly name: string;
  readonly isHealthy: boolean;
  readonly traffic: Traffic;
  /** When it turns bad; 0 where it was so from the start, and of what is healthy. */
  readonly badFromMs: number;
  /** Share of runs that have to advance; 0 where none is asked for. */
  readonly leastAdvanced: number;
  /** Share of runs that may be taken back, of what is healthy; that may go through, of what is bad. */
  readonly mostWrong: number;
}

const inPercent = (ratio: number): string => `${Number((ratio * 100).toFixed(2))} %`;

/** A healthy release is like the version it replaces: beside a much cleaner one it is rightly held. */
const healthy = (requestsPerSecond: number, errorRatio: number, stable = errorRatio): Row => ({
  name: `${requestsPerSecond} rps, ${inPercent(errorRatio)}${stable === errorRatio ? '' : `, stable ${inPercent(stable)}`}`,
  isHealthy: true,
  traffic: { requestsPerSecond, errorRatio: () => errorRatio, stableErrorRatio: stable, latencyTimes: 1 },
  badFromMs: 0,
  leastAdvanced: stable === errorRatio ? leastAdvanced(requestsPerSecond, errorRatio) : 0,
  mostWrong: 0.01,
});

/** Close under the limit nobody can know, and with little traffic not even at 2 %. */
function leastAdvanced(requestsPerSecond: number, errorRatio: number): number {
  if (errorRatio > 0.02 || (requestsPerSecond < 1 && errorRatio > 0.01)) return 0;
  return requestsPerSecond < 5 ? 0.8 : 0.98;
}

const good = 0.005;

const bad = (
  name: string,
  requestsPerSecond: number,
  errorRatio: Traffic['errorRatio'],
  other: { readonly badFromMs?: number; readonly latencyTimes?: number } = {},
): Row => ({
  name: `${requestsPerSecond} rps, ${name}`,
  isHealthy: false,
  traffic: {
    requestsPerSecond,
    errorRatio,
    stableErrorRatio: good,
    latencyTimes: other.latencyTimes ?? 1,
  },
  badFromMs: other.badFromMs ?? 0,
  leastAdvanced: 0,
  mostWrong: 0.01,
});

const from = (startMs: number, errorRatio: number) => (elapsedMs: number) =>
  elapsedMs < startMs ? good : errorRatio;

const late = (requestsPerSecond: number, errorRatio: number, minute: number): Row =>
  bad(`${inPercent(errorRatio)} from ${minute} min`, requestsPerSecond, from(minute * 60_000, errorRatio), {
    badFromMs: minute * 60_000,
  });

const limit = 0.05;
const leakFromMs = 1_200_000;
const leakPerMs = 0.12 / 3_600_000;

/** Errors that grow by 12 % of all requests in an hour, from the twentieth minute on; bad where they pass the limit. */
const leak = (requestsPerSecond: number): Row =>
  bad('slow leak', requestsPerSecond, (elapsedMs) => good + Math.max(0, elapsedMs - leakFromMs) * leakPerMs, {
    badFromMs: leakFromMs + (limit - good) / leakPerMs,
  });

const flat = (requestsPerSecond: number, errorRatio: number): Row =>
  bad(inPercent(errorRatio), requestsPerSecond, () => errorRatio);

/** Traffic is the new version's own at 10 %. */
export const rows: readonly Row[] = [
  ...[0.5, 1, 5, 20, 100].flatMap((rps) => [0, 0.01, 0.02, 0.04].map((ratio) => healthy(rps, ratio))),
  healthy(0.5, 0.04, 0.001),
  healthy(1, 0.02, 0.001),
  healthy(5, 0.04, 0.001),
  ...[0.06, 0.07, 0.1, 0.2].map((ratio) => flat(5, ratio)),
  flat(20, 0.07),
  flat(0.5, 0.1),
  flat(0.5, 0.2),
  late(5, 0.06, 4),
  late(5, 0.07, 60),
  late(0.5, 0.1, 60),
  leak(0.5),
  leak(5),
  bad('answers 3.5 times as slow', 5, () => good, { latencyTimes: 3.5 }),
];
