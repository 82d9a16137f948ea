import type { AlarmRecord } from '../../domain/alarms/types.ts';
import type { Environment } from '../../domain/environment.ts';
import type { EnvironmentId } from '../../domain/ids.ts';
import { hourMs } from '../../domain/observed-traffic/hours.ts';
import type { TrafficHour } from '../../domain/observed-traffic/types.ts';
import type { GateSpec } from '../../domain/project-file/types.ts';
import type { Promotion } from '../../domain/promotion.ts';
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

const setbackPhases = ['rolled back', 'failed', 'succeeded'] as const;

async function setbacksIn(tx: Reader, { project, id }: Environment): Promise<readonly Promotion[]> {
  const ended = await tx.list(
    project,
    'promotion',
    { environment: id, phase: setbackPhases },
    { limit: 100 },
  );
  return ended.items
    .map((one) => one.value)
    .filter(({ kind, state }) => kind === 'rollback' || state.phase !== 'succeeded');
}
