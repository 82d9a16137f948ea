import type { CurvePoint } from '../../api/views.ts';
import type { CurveData } from './curve.tsx';

export type CurveField = keyof CurvePoint['services'][string];

/** The points of one service's figure, both versions; a moment in which nobody measured is a gap. */
export function curveData(
  curve: readonly CurvePoint[],
  service: string,
  candidate: CurveField,
  stable: CurveField,
): CurveData {
  const points = curve.map((point) => ({
    at: point.at,
    candidate: point.services[service]?.[candidate] ?? null,
    stable: point.services[service]?.[stable] ?? null,
  }));
  const longestMs = silenceMs(curve);
  const drawn = points.flatMap((point, index) => {
    const before = points[index - 1];
    return before !== undefined && point.at - before.at > longestMs
      ? [{ at: before.at + 1, candidate: null, stable: null }, point]
      : [point];
  });
  return {
    at: drawn.map((one) => one.at),
    candidate: drawn.map((one) => one.candidate),
    stable: drawn.map((one) => one.stable),
  };
}

/** A sample now and then comes late; three that fail to come are a silence. */
const latePoints = 3;
const leastSilenceMs = 2000;

/** The time without a point from which on there was silence: told by how far apart points usually are. */
function silenceMs(curve: readonly CurvePoint[]): number {
  const apart = curve
    .slice(1)
    .map((point, index) => point.at - (curve[index]?.at ?? point.at))
    .toSorted((left, right) => left - right);
  return Math.max(leastSilenceMs, latePoints * (apart[Math.floor((apart.length - 1) / 2)] ?? 0));
}
