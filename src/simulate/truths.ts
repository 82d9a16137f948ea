import { spanText } from '../domain/wording.ts';
import type { Happenings } from './happenings.ts';
import type { Change, Curve } from './scenario/curve.ts';
import type { Scenario, ServiceTruth } from './scenario/types.ts';
import type { Timeline } from './timeline.ts';

interface Told {
  readonly what: string;
  readonly curve: Curve;
  readonly text: (value: number) => string;
}

/** Puts into the timeline when it is that what is really so changes: nobody but the reader knows. */
export function tellTruths(scenario: Scenario, happenings: Happenings, timeline: Timeline): void {
  const told = new Set<string>();
  const services = Object.entries(scenario.services);
  for (const [service, truth] of services)
    for (const { what, curve, text } of curvesOf(truth))
      for (const change of curve.changes) {
        const same = services.every(([, other]) =>
          curvesOf(other).some((one) => one.what === what && isSame(one.curve, curve)),
        );
        const message = `${same && services.length > 1 ? 'Every service' : service}: ${what} ${becomes(change, text)}`;
        const key = `${change.when.since} ${change.when.ms} ${message}`;
        if (told.has(key)) continue;
        told.add(key);
        happenings.at(change.when, () => timeline.say('truth', message));
      }
}

function curvesOf({ traffic, stable, candidate }: ServiceTruth): readonly Told[] {
  const percent = (value: number): string => `${Number((value * 100).toPrecision(4))} %`;
  const ms = (value: number): string => spanText(value);
  const rate = (value: number): string => `${Number(value.toPrecision(4))}/s`;
  const inherits = (own: Curve, from: Curve): boolean => isSame(own, from);
  return [
    ...('changes' in traffic ? [{ what: 'the traffic', curve: traffic, text: rate }] : []),
    { what: 'the errors of what runs', curve: stable.errorRatio, text: percent },
    { what: 'the p95 of what runs', curve: stable.p95Ms, text: ms },
    ...(inherits(candidate.errorRatio, stable.errorRatio)
      ? []
      : [{ what: 'the errors of the new version', curve: candidate.errorRatio, text: percent }]),
    ...(inherits(candidate.p95Ms, stable.p95Ms)
      ? []
      : [{ what: 'the p95 of the new version', curve: candidate.p95Ms, text: ms }]),
  ];
}

const isSame = (left: Curve, right: Curve): boolean => JSON.stringify(left) === JSON.stringify(right);

const becomes = ({ to, overMs }: Change, text: (value: number) => string): string =>
  overMs === 0 ? `really become ${text(to)} now` : `really go to ${text(to)} over ${spanText(overMs)}`;
