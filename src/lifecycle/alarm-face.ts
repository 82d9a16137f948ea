import type { ProjectId } from '../domain/ids.ts';
import type { Caller } from './face.ts';
import type { AlarmsView } from './views.ts';

/** Monitoring that Rung cannot ask says itself how it is, and everybody may see. */
export interface AlarmFace {
  /** An alarm fires, or fires no more; the answer is how the environment stands then. Saying it twice changes nothing. */
  postAlarm(project: ProjectId, environment: string, ask: PostAlarm, caller: Caller): Promise<AlarmsView>;
  alarms(project: ProjectId, environment: string): Promise<AlarmsView>;
}

export interface PostAlarm {
  readonly name: string;
  readonly state: 'firing' | 'resolved';
  readonly summary?: string | undefined;
  readonly url?: string | undefined;
  /** By the clock of who says so; now, unless told. */
  readonly since?: number | undefined;
}
