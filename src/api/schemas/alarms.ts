import { type Static, Type } from 'typebox';
import { type AlarmsView, type AlarmView } from '../../domain/alarms/shown.ts';
import { alarmStates } from '../../domain/alarms/types.ts';
import type { TrafficView } from '../../domain/observed-traffic/types.ts';
import type { PostAlarm } from '../../lifecycle/face.ts';
import { actor } from './actor.ts';
import type { Same } from './same.ts';
import { count, durationMs, instantMs, listOf, nullable, oneOf, ratio, ref, text } from './shapes.ts';

export const alarm = Type.Object(
  {
    name: text,
    summary: text,
    state: oneOf([...alarmStates, 'resolved']),
    since: instantMs,
    firedAt: nullable(instantMs),
    endedAt: nullable(instantMs),
    url: nullable(text),
    labels: Type.Unsafe<Readonly<Record<string, string>>>({
      type: 'object',
      additionalProperties: { type: 'string' },
    }),
    source: text,
    by: nullable(ref(actor)),
  },
  { $id: 'Alarm', description: 'An alarm as its source shows it, and when it was last seen to fire' },
);
true satisfies Same<Static<typeof alarm>, AlarmView>;

export const alarms = Type.Object(
  {
    watched: Type.Boolean(),
    firing: count,
    blind: listOf(text),
    sources: listOf(Type.Object({ name: text, seenAt: nullable(instantMs), awaySince: nullable(instantMs) })),
    items: listOf(ref(alarm)),
  },
  { $id: 'Alarms', description: 'The alarms of an environment, and who is asked for them' },
);
true satisfies Same<Static<typeof alarms>, AlarmsView>;

export const traffic = Type.Object(
  { requests: count, errors: count, observedMs: durationMs, errorRatio: nullable(ratio) },
  { $id: 'Traffic', description: 'Of the last day, over all services' },
);
true satisfies Same<Static<typeof traffic>, TrafficView>;

/** No control character: what is said here is printed on terminals. */
const line = (maxLength: number, minLength = 0) =>
  Type.String({ minLength, maxLength, pattern: '^[^\\u0000-\\u001f\\u007f]*$' });

export const askAlarm = Type.Object(
  {
    name: line(200, 1),
    state: oneOf(['firing', 'resolved']),
    summary: Type.Optional(line(500)),
    url: Type.Optional(Type.String({ maxLength: 500, pattern: '^https?://[^\\s]+$' })),
    since: Type.Optional(Type.Integer({ minimum: 0, maximum: 8_640_000_000_000_000 })),
  },
  { additionalProperties: false },
);
true satisfies Same<
  Required<Static<typeof askAlarm>>,
  { [K in keyof PostAlarm]-?: Exclude<PostAlarm[K], undefined> }
>;
