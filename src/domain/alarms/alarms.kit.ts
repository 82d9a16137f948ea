import { type EnvironmentId, type EnvironmentName, type Instant, instant, type ProjectId } from '../ids.ts';
import type { AlarmSourceSpec } from '../project-file/types.ts';
import { noAlarms } from './changes.ts';
import { sourceId, sourceName } from './source.ts';
import type { SeenAlarm, WatchedSource } from './types.ts';

/** For tests: two sources that are declared for one environment, and what they show. */
export const minuteMs = 60_000;
export const dayMs = 24 * 60 * minuteMs;
export const at = (ms: number): Instant => instant(1_000_000_000 + ms);

export const prometheus: AlarmSourceSpec = { kind: 'prometheus', url: 'http://prometheus:9090', labels: {} };
export const manager: AlarmSourceSpec = {
  kind: 'alertmanager',
  url: 'http://alertmanager:9093',
  matchers: [],
};

export const sourceFor = (spec: AlarmSourceSpec): Pick<WatchedSource, 'id' | 'name'> => ({
  id: sourceId(spec),
  name: sourceName(spec),
});
export const first = sourceFor(prometheus);
export const second = sourceFor(manager);

export const place = { name: 'sit' as EnvironmentName, spec: { alarms: [prometheus, manager] } };
export const nothingKnown = noAlarms('p' as ProjectId, 'e' as EnvironmentId);

export const seen = (key: string, other: Partial<SeenAlarm> = {}): SeenAlarm => ({
  key,
  name: key,
  summary: `${key} is wrong`,
  state: 'firing',
  since: at(0),
  url: null,
  ...other,
});
