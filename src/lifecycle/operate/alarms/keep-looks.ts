import {
  type AlarmChange,
  afterLook,
  afterMiss,
  noAlarms,
  withoutOthers,
} from '../../../domain/alarms/changes.ts';
import type { AlarmRecord, WatchedSource } from '../../../domain/alarms/types.ts';
import type { Environment } from '../../../domain/environment.ts';
import type { NewEvent } from '../../../domain/event.ts';
import type { Instant } from '../../../domain/ids.ts';
import type { Transaction } from '../../../engine/store.ts';
import { keepChange } from './keep.ts';
import type { Look } from './look.ts';

const actor = { kind: 'automation', rule: 'alarm watch' } as const;

/** Keeps how the sources of one environment answered, and tells what is another than before. */
export async function keepLooks(
  tx: Transaction,
  environment: Environment,
  looks: readonly Look[],
  now: Instant,
): Promise<void> {
  const { project, id } = environment;
  const stored = await tx.get(project, 'alarm', id);
  const before = stored?.value ?? noAlarms(project, id);
  const change = afterAll(before, looks, now);
  await keepChange(tx, environment, change, stored?.version ?? 0, { actor, now });
  await tx.append(change.record.sources.flatMap((source) => sourceEvents(environment, before, source, now)));
}

function afterAll(before: AlarmRecord, looks: readonly Look[], now: Instant): AlarmChange {
  const declared = looks.map(({ id }) => id);
  return looks.reduce<AlarmChange>(
    (sum, look) => {
      const next =
        'alarms' in look
          ? afterLook(sum.record, look, look.alarms, now)
          : afterMiss(sum.record, look, look.missed, now);
      return {
        record: next.record,
        fired: [...sum.fired, ...next.fired],
        resolved: [...sum.resolved, ...next.resolved],
        isNews: sum.isNews || next.isNews,
      };
    },
    withoutOthers(before, declared, now),
  );
}

function sourceEvents(
  { project, id, name }: Environment,
  before: AlarmRecord,
  source: WatchedSource,
  now: Instant,
): readonly NewEvent[] {
  const wasAway = before.sources.find((one) => one.id === source.id)?.away != null;
  const isAway = source.away !== null;
  if (wasAway === isAway) return [];
  return [
    {
      project,
      kind: isAway ? 'alarm.source-away' : 'alarm.source-back',
      at: now,
      actor,
      environment: id,
      subject: `environment/${id}`,
      message: isAway
        ? `${source.name} does not answer for ${name}: ${source.away.detail}`
        : `${source.name} answers again for ${name}`,
      payload: { source: source.id },
    },
  ];
}
