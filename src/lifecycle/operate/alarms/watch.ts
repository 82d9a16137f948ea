import type { Environment } from '../../../domain/environment.ts';
import { isFailure } from '../../../domain/failure.ts';
import type { Log } from '../../../domain/log.ts';
import type { Clock } from '../../../engine/clock.ts';
import type { Store } from '../../../engine/store.ts';
import type { OpenAlarmSource } from '../../../ports/alarms.ts';
import { allEnvironments } from '../../lookup.ts';
import { claim } from './claim.ts';
import { keepLooks } from './keep-looks.ts';
import { lookAt } from './look.ts';
import { sweepEvery } from '../sweeps.ts';

export interface AlarmWatchParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly open: OpenAlarmSource;
  readonly everyMs?: number;
}

export interface AlarmWatch {
  stop(): Promise<void>;
}

/** How many environments are looked at at once: a thousand must neither open a thousand connections nor wait in line. */
const atOnce = 16;

/**
 * Asks the declared sources of every environment which alarms there are, again and again. Any number of control planes may
 * run one: who looks at an environment is claimed in the store. Nobody is asked while a transaction is open.
 */
export function startAlarmWatch(parts: AlarmWatchParts): AlarmWatch {
  const { store, clock, log, everyMs = 30_000 } = parts;
  const ending = new AbortController();
  const sweep = async (): Promise<void> => {
    try {
      for (const { id } of await store.projects()) {
        const environments = await store.read((tx) => allEnvironments(tx, id));
        await inTurns(environments.filter(isDeclared), (one) => watchOver(parts, one, ending.signal));
      }
    } catch (thrown) {
      if (!ending.signal.aborted) log.warn({ error: String(thrown) }, 'Alarms cannot be looked at now');
    }
  };
  const sweeps = sweepEvery(clock, everyMs, sweep);
  return {
    stop: async () => {
      ending.abort();
      await sweeps.stop();
    },
  };
}

const isDeclared = ({ spec }: Environment): boolean => (spec.alarms ?? []).length > 0;

async function inTurns<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = [...items];
  const worker = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) await work(next);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
}

async function watchOver(
  parts: AlarmWatchParts,
  environment: Environment,
  signal: AbortSignal,
): Promise<void> {
  const { store, clock, log, everyMs = 30_000 } = parts;
  try {
    const { project, id } = environment;
    const isOurs = await store.transaction((tx) => claim(tx, project, id, clock.now(), everyMs));
    if (!isOurs || signal.aborted) return;
    const looks = await Promise.all(
      (environment.spec.alarms ?? []).map((spec) => lookAt(parts, spec, signal)),
    );
    if (signal.aborted) return;
    await store.transaction((tx) => keepLooks(tx, environment, looks, clock.now()));
  } catch (thrown) {
    if (signal.aborted) return;
    const code = isFailure(thrown) ? thrown.code : 'alarms-not-kept';
    log.warn(
      { code, environment: environment.name },
      `What was seen of alarms is not kept: ${String(thrown)}`,
    );
  }
}
