import { alarmStanding, firedSince, unwatchedMs } from '../../../domain/alarms/standing.ts';
import type { Environment } from '../../../domain/environment.ts';
import { type Instant, instant, later } from '../../../domain/ids.ts';
import { observedEnoughAt, trafficOver } from '../../../domain/observed-traffic/span.ts';
import type { TrafficCounts } from '../../../domain/observed-traffic/types.ts';
import type { Promotion } from '../../../domain/promotion.ts';
import { peopleOf } from '../../../domain/roles.ts';
import { spanText } from '../../../domain/wording.ts';
import { alarmNames } from './alarms.ts';
import { type GateRule, needsSource, type SpecOf } from './gate-rule.ts';
import type { ObservedFacts } from '../observed-facts.ts';

/** One of the things that have to be so: what is wrong with it, and when that may be over. */
interface Part {
  /** null: it is as it should be. */
  readonly wrong: string | null;
  /** What there is to say where nothing is wrong. */
  readonly well: string;
  /** null: nobody can know. */
  readonly until: Instant | null;
  /** Time alone is missing: nothing bad was seen. */
  readonly isOnlyTime?: boolean;
}

/** Of the time that is looked back at, so much has to have been seen by somebody. */
const leastObserved = 0.9;

/**
 * The source was well for so long: nothing was taken back or failed there, no alarm fired, and the errors of each service
 * stayed below the limit. What nobody saw counts for nothing, good or bad. Without any traffic there is no error ratio,
 * and the first two decide: else nothing would ever leave an environment that nobody calls.
 */
export const stability: GateRule<'stability'> = needsSource((spec, { observed, file }, source, now) => {
  const parts = [
    deployments(spec, observed, now),
    alarmsThere(spec, observed, source, now),
    seen(spec, observed, now),
    errors(spec, observed, now),
  ];
  const wrong = parts.filter((part) => part.wrong !== null);
  const span = spanText(spec.forMs);
  if (wrong.length === 0)
    return {
      state: 'passed',
      says: `${source.name} was stable for ${span}: ${parts.map(({ well }) => well).join(', ')}.`,
    };
  const times = wrong.map(({ until }) => until);
  const earliest = times.every((time) => time !== null) ? instant(Math.max(...times)) : null;
  const onlyTime = wrong.every(({ isOnlyTime }) => isOnlyTime === true);
  return {
    state: onlyTime ? 'waits' : 'failed',
    says: `${source.name} was not stable for ${span}: ${wrong.map((part) => part.wrong).join('; ')}.`,
    wayOut:
      earliest === null
        ? `Mend what is wrong in ${source.name}; it counts again once the last ${span} were good.`
        : 'Wait: it lifts by itself, if all goes well until then.',
    liftedBy: earliest === null ? peopleOf(file) : { kind: 'time' },
    earliest,
  };
});

type Spec = SpecOf<'stability'>;

const endOf = ({ state, requestedAt }: Promotion): Instant => ('at' in state ? state.at : requestedAt);

function deployments({ forMs }: Spec, { setbacks }: ObservedFacts, now: Instant): Part {
  const recent = setbacks.filter((one) => endOf(one) > now - forMs);
  const [last] = recent.toSorted((left, right) => endOf(right) - endOf(left));
  const well = 'nothing was taken back';
  if (last === undefined) return { wrong: null, well, until: null };
  const what =
    last.kind === 'rollback'
      ? `a rollback to ${last.version}`
      : `${last.version} ${last.state.phase === 'failed' ? 'failed' : 'was taken back'}`;
  const ago = spanText(Math.max(0, now - endOf(last)));
  return { wrong: `${what} ${ago} ago`, well, until: later(endOf(last), forMs) };
}

function alarmsThere({ forMs }: Spec, observed: ObservedFacts, source: Environment, now: Instant): Part {
  const record = observed.alarms.get(source.id) ?? null;
  const from = instant(now - forMs);
  const { firing, blind, isWatched } = alarmStanding(source, record, now);
  const well = isWatched ? 'no alarm fired' : 'no alarms are watched there';
  if (firing.length > 0) return { wrong: `${alarmNames(firing)} fires`, well, until: null };
  if (blind.length > 0)
    return { wrong: blind.map((one) => one.replace(/\.$/u, '')).join('; '), well, until: null };
  const fired = firedSince(record, from);
  const last = Math.max(0, ...fired.map(({ endedAt }) => endedAt ?? now));
  if (fired.length > 0)
    return { wrong: `${alarmNames(fired)} fired`, well, until: later(instant(last), forMs) };
  const watchedMs = forMs - unwatchedMs(source, record, from, now);
  const neededMs = forMs * leastObserved;
  if (watchedMs >= neededMs) return { wrong: null, well, until: null };
  const wrong = `its alarms were watched for ${spanText(watchedMs)} of ${spanText(forMs)}`;
  return { wrong, well, until: later(now, neededMs - watchedMs), isOnlyTime: true };
}

function seen({ forMs }: Spec, { traffic }: ObservedFacts, now: Instant): Part {
  const { observedMs } = trafficOver(traffic, forMs, now);
  const neededMs = forMs * leastObserved;
  const well = `${spanText(observedMs)} observed`;
  if (observedMs >= neededMs) return { wrong: null, well, until: null };
  return {
    wrong:
      observedMs === 0
        ? `its traffic has yet to be observed, for ${spanText(forMs)}`
        : `its traffic was observed for ${spanText(observedMs)} of ${spanText(forMs)}`,
    well,
    until: observedEnoughAt(traffic, forMs, neededMs, now),
    isOnlyTime: true,
  };
}

function errors({ forMs, errors: limit }: Spec, { traffic }: ObservedFacts, now: Instant): Part {
  const { services } = trafficOver(traffic, forMs, now);
  const served = Object.entries<TrafficCounts>(services).filter(([, { requests }]) => requests > 0);
  if (served.length === 0)
    return { wrong: null, well: 'no request came, so that there are no errors to judge', until: null };
  const bad = served.filter(([, counts]) => ratioOf(counts) >= limit);
  const [worst] = served.toSorted((left, right) => ratioOf(right[1]) - ratioOf(left[1]));
  const well = worst === undefined ? '' : `errors of ${figure(worst, Math.floor)}`;
  if (bad.length === 0) return { wrong: null, well, until: null };
  return {
    wrong: `errors of ${bad.map((one) => figure(one, Math.ceil)).join(' and ')}, below ${percentText(limit, Math.round)} is asked for`,
    well,
    until: null,
  };
}

const ratioOf = ({ requests, errors: failed }: TrafficCounts): number => failed / requests;

/** Rounded away from the limit's side, so that what is at the limit never looks as if it were on the other. */
type Rounding = (value: number) => number;

const figure = ([service, counts]: readonly [string, TrafficCounts], rounding: Rounding): string =>
  `${service} ${percentText(ratioOf(counts), rounding)} of ${counts.requests} requests`;

const percentText = (ratio: number, rounding: Rounding): string =>
  `${rounding(Number((ratio * 10_000).toFixed(6))) / 100} %`;
