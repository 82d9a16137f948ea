import type { SeenAlarm } from '../domain/alarms/types.ts';
import type { AlarmSourceSpec, TokenPlace } from '../domain/project-file/types.ts';
import type { Context } from './provider.ts';

/** Somebody who knows which alarms there are. Only ever looked at. */
export interface AlarmSource {
  /**
   * Every alarm that there is now and that was asked for: no more of one means that it is over. Throws a Failure where it
   * cannot be known; "could not look" is never "no alarm".
   */
  look(context: Context): Promise<readonly SeenAlarm[]>;
}

export type OpenAlarmSource = (spec: AlarmSourceSpec) => AlarmSource;

/** What stands at that place. Throws absent `alarm-token-absent` where nothing does. */
export type ReadToken = (place: TokenPlace) => Promise<string>;
