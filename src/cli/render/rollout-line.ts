import type { Closeness } from '../../domain/rollout/judge/types.ts';
import type { RolloutView } from '../rung-client.ts';
import { milliseconds, percent, share } from './figures.ts';
import type { Look } from './look.ts';
import { rolloutHeadline } from './rollout.ts';
import { clockTime } from './time.ts';

/** The live picture in one line, for logs and pipes. */
export function rolloutLine(rollout: RolloutView, look: Look): string {
  const services = rollout.services.flatMap((service) => {
    const figures = rollout.figures[service.service];
    if (figures === undefined) return [];
    const { candidate, stable } = figures;
    return [
      `${service.service} ${percent(candidate.errorRatio)} errors (stable ${percent(stable.errorRatio)}), p95 ${milliseconds(candidate.p95Ms)} (${milliseconds(stable.p95Ms)})`,
    ];
  });
  const nearest = nearestRule(rollout.closeness);
  const parts = [rolloutHeadline(rollout, look), ...services, ...(nearest === null ? [] : [nearest])];
  return `${clockTime(look.now, look)}  ${rollout.environment}  ${parts.join('; ')}`;
}

function nearestRule(closeness: readonly Closeness[]): string | null {
  const nearest = closeness.toSorted((left, right) => right.share - left.share)[0];
  return nearest === undefined
    ? null
    : `nearest: ${nearest.rule} on ${nearest.service}, ${share(nearest.share * 100)}`;
}
