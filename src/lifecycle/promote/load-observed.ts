import type { AlarmRecord } from '../../domain/alarms/types.ts';
import type { Environment } from '../../domain/environment.ts';
import type { EnvironmentId } from '../../domain/ids.ts';
import { hourMs } from '../../domain/observed-traffic/hours.ts';
import type { TrafficHour } from '../../domain/observed-traffic/types.ts';
import type { GateSpec } from '../../domain/project-file/types.ts';
import type { Promotion, PromotionState } from '../../domain/promotion.ts';
import type { Reader } from '../../engine/store.ts';
import { nothingObserved, type ObservedFacts } from './observed-facts.ts';

/** Reads what the step's gates ask about, and nothing where none does. */
export async function loadObserved(
  tx: Reader,
  gates: readonly GateSpec[],
  source: Environment | undefined,
  target: Environment,
): Promise<ObservedFacts> {
  const lookBackMs = Math.max(...gates.map((gate) => (gate.kind === 'stability' ? gate.forMs : 0)), 0);
  const asksAlarms = lookBackMs > 0 || gates.some(({ kind }) => kind === 'alarms');
  if (source === undefined || !asksAlarms) return nothingObserved;
  return {
    alarms: await alarmsOf(tx, [source, target]),
    traffic: lookBackMs > 0 ? await trafficOf(tx, source, lookBackMs) : [],
    setbacks: lookBackMs > 0 ? await setbacksIn(tx, source) : [],
  };
}

async function alarmsOf(
  tx: Reader,
  places: readonly Environment[],
): Promise<ReadonlyMap<EnvironmentId, AlarmRecord>> {
  const found = new Map<EnvironmentId, AlarmRecord>();
  for (const { project, id } of places) {
    const stored = await tx.get(project, 'alarm', id);
    if (stored !== undefined) found.set(id, stored.value);
  }
  return found;
}

/** Some more than the hours asked for: a clock that was set back leaves hours that are still to come. */
const spareHours = 4;

async function trafficOf(
  tx: Reader,
  { project, id }: Environment,
  lookBackMs: number,
): Promise<readonly TrafficHour[]> {
  const limit = Math.min(200, Math.ceil(lookBackMs / hourMs) + spareHours);
  const page = await tx.list(project, 'traffic', { environment: id }, { limit });
  return page.items.map((one) => one.value);
}

const mostSetbacks = 100;

/**
 * What was taken back or failed, for itself: where a hundred went through since, they do not hide it. Going back went through
 * as well, and is found among the latest hundred of those alone.
 */
async function setbacksIn(tx: Reader, { project, id }: Environment): Promise<readonly Promotion[]> {
  const ended = (...phase: readonly PromotionState['phase'][]) =>
    tx.list(project, 'promotion', { environment: id, phase }, { limit: mostSetbacks });
  const [off, through] = await Promise.all([ended('rolled back', 'failed'), ended('succeeded')]);
  const wentBack = through.items.filter(({ value }) => value.kind === 'rollback');
  return [...off.items, ...wentBack].map((one) => one.value);
}
