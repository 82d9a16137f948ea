import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock } from '../../src/engine/clock.ts';
import type { MadeAlarm } from '../conformance/alarms.ts';
import { post, type Served, serve } from './programs.ts';

/** What is critical says enough: warnings of the same environment are inhibited. */
const config = JSON.stringify({
  route: { receiver: 'nobody' },
  receivers: [{ name: 'nobody' }],
  inhibit_rules: [
    { source_matchers: ['severity="critical"'], target_matchers: ['severity="warning"'], equal: ['env'] },
  ],
});

export const serveAlertmanager = (): Promise<Served> =>
  serve(
    'prometheus-alertmanager',
    (listen, folder) => [
      `--config.file=${join(folder, 'alertmanager.yml')}`,
      `--storage.path=${join(folder, 'data')}`,
      `--web.listen-address=${listen}`,
      '--cluster.listen-address=',
    ],
    (folder) => writeFile(join(folder, 'alertmanager.yml'), config),
  );

export interface AlertMade extends MadeAlarm {
  readonly severity?: string;
}

const labelsOf = ({ name, environment, severity }: AlertMade) => ({
  alertname: name,
  env: environment,
  ...(severity !== undefined && { severity }),
});

const at = (ms: number): string => new Date(ms).toISOString();

/** Says that some fire and that others are over, as Prometheus would. */
export function alert(
  { url }: Served,
  firing: readonly AlertMade[],
  over: readonly AlertMade[] = [],
): Promise<void> {
  const now = systemClock.now();
  return post(`${url}/api/v2/alerts`, [
    ...firing.map((one) => ({
      labels: labelsOf(one),
      annotations: { summary: one.summary },
      startsAt: at(now),
      endsAt: at(now + 3_600_000),
    })),
    ...over.map((one) => ({ labels: labelsOf(one), startsAt: at(now - 1000), endsAt: at(now - 1) })),
  ]);
}

export const silence = ({ url }: Served, name: string): Promise<void> =>
  post(`${url}/api/v2/silences`, {
    matchers: [{ name: 'alertname', value: name, isRegex: false, isEqual: true }],
    startsAt: at(systemClock.now()),
    endsAt: at(systemClock.now() + 3_600_000),
    createdBy: 'ada',
    comment: 'known',
  });
