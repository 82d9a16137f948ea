import { quantileMs } from '../../domain/rollout/latency.ts';
import type { Counts, Sample } from '../../domain/rollout/sample.ts';
import type { CurvePoint } from '../views.ts';

const curvePoints = 300;

/** Neighbouring samples are put together until there are few enough points to draw. */
export function curveOf(samples: readonly Sample[]): readonly CurvePoint[] {
  const together = Math.ceil(samples.length / curvePoints);
  const points: CurvePoint[] = [];
  for (let start = 0; start < samples.length; start += together) {
    const near = samples.slice(start, start + together);
    const last = near.at(-1);
    if (last !== undefined) points.push(pointOf(near, last));
  }
  return points;
}

function pointOf(samples: readonly Sample[], last: Sample): CurvePoint {
  const services = Object.keys(last.services).map((service) => {
    const of = (side: 'candidate' | 'stable'): Answered =>
      sum(samples.map((sample) => sample.services[service as keyof Sample['services']]?.[side] ?? null));
    const candidate = of('candidate');
    const stable = of('stable');
    return [
      service,
      {
        candidateErrorRatio: ratio(candidate),
        stableErrorRatio: ratio(stable),
        candidateP95Ms: quantileMs(candidate.latency, 0.95),
        stableP95Ms: quantileMs(stable.latency, 0.95),
      },
    ] as const;
  });
  return { at: last.at, percent: last.trafficPercent, services: Object.fromEntries(services) };
}

type Answered = Pick<Counts, 'requests' | 'errors' | 'latency'>;

const ratio = ({ requests, errors }: Answered): number | null => (requests === 0 ? null : errors / requests);

/** Of what was measured. */
function sum(all: readonly (Counts | null)[]): Answered {
  const latency: Record<number, number> = {};
  let requests = 0;
  let errors = 0;
  for (const one of all.filter((counts) => counts !== null)) {
    requests += one.requests;
    errors += one.errors;
    for (const [bucket, count] of Object.entries(one.latency))
      latency[Number(bucket)] = (latency[Number(bucket)] ?? 0) + count;
  }
  return { requests, errors, latency };
}
