import { canonicalJson } from '../canonical.ts';
import type { AlarmSourceSpec } from '../project-file/types.ts';

/** The same as long as the same server is asked for the same alarms; where the token comes from is no matter. */
export function sourceId(spec: AlarmSourceSpec): string {
  const { token: _, ...rest } = spec;
  return canonicalJson(rest);
}

/** For people, for example `Prometheus at http://127.0.0.1:9090`. */
export const sourceName = ({ kind, url }: AlarmSourceSpec): string =>
  `${kind === 'prometheus' ? 'Prometheus' : 'Alertmanager'} at ${url}`;
