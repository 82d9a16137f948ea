import type { OpenAlarmSource, ReadToken } from '../../ports/alarms.ts';
import { alertmanagerAlarms } from './alertmanager.ts';
import { prometheusAlarms } from './prometheus.ts';

/** The source that a project file declares. */
export const alarmSources =
  (readToken: ReadToken): OpenAlarmSource =>
  (spec) =>
    spec.kind === 'prometheus' ? prometheusAlarms(spec, readToken) : alertmanagerAlarms(spec, readToken);
