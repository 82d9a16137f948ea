import type { AlarmState, SeenAlarm } from '../../domain/alarms/types.ts';
import type { AlarmSourceSpec } from '../../domain/project-file/types.ts';
import type { AlarmSource, ReadToken } from '../../ports/alarms.ts';
import { askJson, unreadable } from './ask.ts';
import { keptLabels, keyOf, labelsOf, line, linkOf, listOf, momentOf, recordOf, saysOf } from './shown.ts';

type Spec = Extract<AlarmSourceSpec, { readonly kind: 'alertmanager' }>;

/** Alertmanager by `GET /api/v2/alerts`: it filters by matchers itself, and says what is silenced or inhibited. */
export const alertmanagerAlarms = (spec: Spec, readToken: ReadToken): AlarmSource => ({
  look: async ({ signal }) => {
    const token = spec.token === undefined ? null : await readToken(spec.token);
    const query = new URLSearchParams(spec.matchers.map((matcher): [string, string] => ['filter', matcher]));
    const answer = await askJson({ url: `${spec.url}/api/v2/alerts?${query.toString()}`, token, signal });
    if (!Array.isArray(answer)) throw unreadable('it did not answer as Alertmanager does');
    return listOf(answer).map((alert) => seen(recordOf(alert)));
  },
});

function seen(alert: Readonly<Record<string, unknown>>): SeenAlarm {
  const labels = labelsOf(alert['labels']);
  return {
    key: keyOf(labels),
    name: line(labels['alertname'], 200) || 'an alert without a name',
    summary: saysOf(alert['annotations']),
    state: stateOf(recordOf(alert['status'])),
    labels: keptLabels(labels),
    since: momentOf(alert['startsAt']),
    url: linkOf(alert['generatorURL']),
  };
}

/** One that was not looked at yet, by Alertmanager itself, fires: it may be silenced or inhibited a moment later. */
function stateOf(status: Readonly<Record<string, unknown>>): AlarmState {
  if (status['state'] !== 'suppressed') return 'firing';
  return listOf(status['silencedBy']).length > 0 ? 'silenced' : 'inhibited';
}
