import type { ServiceName } from '../ids.ts';
import type { CountedEpochs, CountsByService, TrafficCounts, TrafficReading } from './types.ts';

/** A gateway that began anew is another epoch; a word of an earlier one may still be on its way. */
const mostEpochs = 5;

const none: TrafficCounts = { requests: 0, errors: 0 };

/** How much was counted since what is kept already, and what is kept then. Pure; the same reading again adds nothing. */
export function growth(
  counted: CountedEpochs,
  { epoch, services }: Pick<TrafficReading, 'epoch' | 'services'>,
): { readonly grown: CountsByService; readonly counted: CountedEpochs } {
  const before = counted.find((one) => one.epoch === epoch)?.services ?? {};
  const names = [...new Set([...Object.keys(before), ...Object.keys(services)])] as ServiceName[];
  const grown: Record<ServiceName, TrafficCounts> = {};
  const reached: Record<ServiceName, TrafficCounts> = {};
  for (const name of names) {
    const [from, to] = [before[name] ?? none, services[name] ?? none];
    const requests = Math.max(0, to.requests - from.requests);
    const errors = Math.min(requests, Math.max(0, to.errors - from.errors));
    if (requests > 0) grown[name] = { requests, errors };
    reached[name] = { requests: from.requests + requests, errors: Math.max(from.errors, to.errors) };
  }
  const others = counted.filter((one) => one.epoch !== epoch);
  return { grown, counted: [{ epoch, services: reached }, ...others].slice(0, mostEpochs) };
}

export function addedCounts(left: CountsByService, right: CountsByService): CountsByService {
  const sum: Record<ServiceName, TrafficCounts> = { ...left };
  for (const [name, { requests, errors }] of Object.entries(right) as [ServiceName, TrafficCounts][]) {
    const before = sum[name] ?? none;
    sum[name] = { requests: before.requests + requests, errors: before.errors + errors };
  }
  return sum;
}
