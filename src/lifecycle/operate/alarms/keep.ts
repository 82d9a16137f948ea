import type { Actor } from '../../../domain/actor.ts';
import type { AlarmChange } from '../../../domain/alarms/changes.ts';
import type { Alarm } from '../../../domain/alarms/types.ts';
import type { Environment } from '../../../domain/environment.ts';
import type { NewEvent } from '../../../domain/event.ts';
import type { Instant } from '../../../domain/ids.ts';
import type { Transaction } from '../../../engine/store.ts';

/** Keeps what was found out, tells what is new, and wakes whatever a gate may have held up. */
export async function keepChange(
  tx: Transaction,
  environment: Environment,
  change: AlarmChange,
  version: number,
  by: { readonly actor: Actor; readonly now: Instant },
): Promise<void> {
  const { project, id } = environment;
  await tx.put(project, 'alarm', id, change.record, version);
  const events = [
    ...change.fired.map((alarm) => alarmEvent(environment, alarm, by)),
    ...change.resolved.map((alarm) => alarmEvent(environment, alarm, by)),
  ];
  await tx.append(events);
  if (change.isNews) await tx.wake([{ key: `environment/${id}`, project, at: by.now }]);
}

function alarmEvent(
  { project, id, name }: Environment,
  alarm: Alarm,
  { actor, now }: { readonly actor: Actor; readonly now: Instant },
): NewEvent {
  const fires = alarm.state === 'firing';
  const over = alarm.state === 'resolved' ? 'is over' : `is ${alarm.state}`;
  const summary = alarm.summary === '' ? '' : `: ${alarm.summary}`;
  return {
    project,
    kind: fires ? 'alarm.fired' : 'alarm.resolved',
    at: now,
    actor,
    environment: id,
    subject: `environment/${id}`,
    message: `${alarm.name} ${fires ? 'fires' : over} in ${name}${fires ? summary : ''}`,
    payload: {
      alarm: alarm.name,
      key: alarm.key,
      source: alarm.source,
      state: alarm.state,
      since: alarm.since,
    },
  };
}
