import type { SeenAlarm } from '../../domain/alarms/types.ts';
import type { AlarmSourceSpec } from '../../domain/project-file/types.ts';
import type { AlarmSource, ReadToken } from '../../ports/alarms.ts';
import { askJson, unreadable } from './ask.ts';
import { keptLabels, keyOf, labelsOf, line, listOf, momentOf, recordOf, saysOf } from './shown.ts';

type Spec = Extract<AlarmSourceSpec, { readonly kind: 'prometheus' }>;

/**
 * Prometheus by `GET /api/v1/alerts`, which knows firing and pending alerts and no filter: those that lack one of the
 * labels are left out here. What is silenced or inhibited is Alertmanager's to know.
 */
export const prometheusAlarms = (spec: Spec, readToken: ReadToken): AlarmSource => ({
  look: async ({ signal }) => {
    const token = spec.token === undefined ? null : await readToken(spec.token);
    const answer = recordOf(await askJson({ url: `${spec.url}/api/v1/alerts`, token, signal }));
    const alerts = recordOf(answer['data'])['alerts'];
    if (answer['status'] !== 'success' || !Array.isArray(alerts))
      throw unreadable('it did not answer as Prometheus does');
    return listOf(alerts)
      .map(recordOf)
      .filter((alert) => fits(labelsOf(alert['labels']), spec.labels))
      .map((alert) => seen(alert, spec.url));
  },
});

const fits = (labels: Readonly<Record<string, string>>, asked: Readonly<Record<string, string>>): boolean =>
  Object.entries(asked).every(([name, value]) => labels[name] === value);

function seen(alert: Readonly<Record<string, unknown>>, url: string): SeenAlarm {
  const labels = labelsOf(alert['labels']);
  return {
    key: keyOf(labels),
    name: line(labels['alertname'], 200) || 'an alert without a name',
    summary: saysOf(alert['annotations']),
    // A state that is not known is taken for the worse one.
    state: alert['state'] === 'pending' ? 'pending' : 'firing',
    labels: keptLabels(labels),
    since: momentOf(alert['activeAt']),
    url: `${url}/alerts`,
  };
}
