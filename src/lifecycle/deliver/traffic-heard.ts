import { type EnvironmentId, type Instant, instant } from '../../domain/ids.ts';
import { growth } from '../../domain/observed-traffic/counting.ts';
import {
  emptyHour,
  hourId,
  hourOf,
  hoursKept,
  piecesOf,
  totalOf,
  trafficKeptMs,
  withPiece,
} from '../../domain/observed-traffic/hours.ts';
import type { KeptTraffic, TrafficHour, TrafficReading } from '../../domain/observed-traffic/types.ts';
import { everyOne } from '../lookup.ts';
import type { Stored, Transaction } from '../../engine/store.ts';
import type { AgentIdentity } from '../../protocol/messages.ts';

/**
 * Adds what was counted since the reading before to the hours of its environment. Readings are cumulative: one that came
 * before, or is older than one that came, adds nothing.
 */
export async function takeTraffic(
  tx: Transaction,
  identity: AgentIdentity,
  readings: readonly TrafficReading[],
  now: Instant,
): Promise<void> {
  for (const environment of new Set(readings.map((one) => one.environment)))
    await takeOf(
      tx,
      identity,
      environment,
      readings.filter((one) => one.environment === environment),
      now,
    );
}

type Hours = Map<Instant, Pick<Stored<'traffic'>, 'value' | 'version'>>;

async function takeOf(
  tx: Transaction,
  { project }: AgentIdentity,
  environment: EnvironmentId,
  readings: readonly TrafficReading[],
  now: Instant,
): Promise<void> {
  const stored = await tx.get(project, 'observation', environment);
  // Nothing is lost: the next reading tells of it, too.
  if (stored === undefined) return;
  const hours: Hours = new Map();
  let counted = stored.value.traffic?.counted ?? [];
  for (const reading of readings) {
    const grown = growth(counted, reading);
    ({ counted } = grown);
    // A clock may be ahead, or far behind; what was counted is of now at the latest.
    const at = instant(Math.min(now, Math.max(reading.at, now - trafficKeptMs)));
    for (const piece of piecesOf(at, reading.coveredMs, grown.grown)) {
      const hour = await hourFor(tx, hours, project, environment, hourOf(piece.at));
      hours.set(hour.value.hour, { ...hour, value: withPiece(hour.value, piece) });
    }
  }
  const isNews = await putHours(tx, hours);
  const traffic = keptAfter(
    stored.value.traffic,
    counted,
    [...hours.values()].map(({ value }) => value),
  );
  await tx.put(project, 'observation', environment, { ...stored.value, traffic }, stored.version);
  if (isNews) await wakeWaiting(tx, project, now);
}

async function hourFor(
  tx: Transaction,
  known: Hours,
  project: AgentIdentity['project'],
  environment: EnvironmentId,
  hour: Instant,
) {
  return (
    known.get(hour) ??
    (await tx.get(project, 'traffic', hourId(environment, hour))) ?? {
      value: emptyHour(project, environment, hour),
      version: 0,
    }
  );
}

/** Whether five minutes are over: what waits for an error ratio may be able to go then. */
async function putHours(tx: Transaction, hours: Hours): Promise<boolean> {
  let isNews = false;
  for (const { value, version } of hours.values()) {
    const before = (await tx.get(value.project, 'traffic', value.id))?.value.buckets.length ?? 0;
    isNews ||= value.buckets.length > before;
    await tx.put(value.project, 'traffic', value.id, value, version);
    if (version === 0) await forgetOld(tx, value, hours);
  }
  return isNews;
}

/** Once an hour; not what was just told of it, however late. */
async function forgetOld(
  tx: Transaction,
  { project, environment, hour }: TrafficHour,
  told: Hours,
): Promise<void> {
  const all = await everyOne(tx, project, 'traffic', { environment });
  for (const { value } of all.slice(hoursKept))
    if (value.hour <= hour - trafficKeptMs && !told.has(value.hour))
      await tx.remove(project, 'traffic', value.id);
}

const hoursShown = 26;

function keptAfter(
  before: KeptTraffic | undefined,
  counted: KeptTraffic['counted'],
  changed: readonly TrafficHour[],
): KeptTraffic {
  const totals = changed.map(({ hour, buckets }) => ({ hour, ...totalOf(buckets) }));
  const others = (before?.hours ?? []).filter(({ hour }) => !totals.some((one) => one.hour === hour));
  return {
    counted,
    hours: [...others, ...totals].toSorted((left, right) => left.hour - right.hour).slice(-hoursShown),
  };
}

async function wakeWaiting(tx: Transaction, project: AgentIdentity['project'], now: Instant): Promise<void> {
  const waiting = await everyOne(tx, project, 'promotion', { phase: ['waiting'] });
  await tx.wake(waiting.map(({ value: { id } }) => ({ key: `promotion/${id}`, project, at: now })));
}
