import type { AlarmSourceSpec, TokenPlace } from './types.ts';
import type { WrittenAlarms } from './written.ts';

/** Stands for the environment's name, so that what is written for the whole project asks for each one's own alarms. */
export const environmentPlace = '{environment}';

/** The sources of one environment. Takes only what the schema and `alarmFindings` have accepted. */
export function fillAlarms(written: WrittenAlarms, environment: string): readonly AlarmSourceSpec[] {
  const { prometheus, alertmanager } = written;
  const named = (text: string): string => text.replaceAll(environmentPlace, environment);
  const sources: AlarmSourceSpec[] = [];
  if (prometheus !== undefined)
    sources.push({
      kind: 'prometheus',
      url: cleanUrl(prometheus.url),
      labels: Object.fromEntries(
        Object.entries(prometheus.labels ?? {}).map(([label, value]) => [label, named(value)]),
      ),
      ...tokenPlace(prometheus.token),
    });
  if (alertmanager !== undefined)
    sources.push({
      kind: 'alertmanager',
      url: cleanUrl(alertmanager.url),
      matchers: (alertmanager.matchers ?? []).map(named),
      ...tokenPlace(alertmanager.token),
    });
  return sources;
}

const cleanUrl = (url: string): string => url.replace(/\/+$/, '');

function tokenPlace(written: { readonly env?: string; readonly file?: string } | undefined): {
  readonly token?: TokenPlace;
} {
  if (written?.env !== undefined) return { token: { env: written.env } };
  return written?.file === undefined ? {} : { token: { file: written.file } };
}
