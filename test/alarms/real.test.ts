import { createServer } from 'node:http';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AlarmSourceSpec } from '../../src/domain/project-file/types.ts';
import { alarmSources } from '../../src/providers/alarms/index.ts';
import { alarmsConformance, context, type MadeAlarm, untilSo } from '../conformance/alarms.ts';
import { alert, serveAlertmanager, silence } from './alertmanager.ts';
import type { Served } from './programs.ts';
import { ruleThat, servePrometheus } from './prometheus.ts';

const open = alarmSources(async () => 'the token');

const prometheusAt = (url: string): AlarmSourceSpec => ({
  kind: 'prometheus',
  url,
  labels: { env: 'sit' },
});
const alertmanagerAt = (url: string): AlarmSourceSpec => ({
  kind: 'alertmanager',
  url,
  matchers: ['env="sit"'],
});

alarmsConformance('Prometheus', async () => {
  const served = await servePrometheus();
  return {
    source: open(prometheusAt(served.url)),
    fire: (alarms) => ruleThat(served, alarms),
    end: served.end,
    [Symbol.asyncDispose]: () => served[Symbol.asyncDispose](),
  };
});

alarmsConformance('Alertmanager', async () => {
  const served = await serveAlertmanager();
  let firing: readonly MadeAlarm[] = [];
  return {
    source: open(alertmanagerAt(served.url)),
    fire: async (alarms) => {
      const over = firing.filter(({ name }) => !alarms.some((one) => one.name === name));
      firing = alarms;
      await alert(served, alarms, over);
    },
    end: served.end,
    [Symbol.asyncDispose]: () => served[Symbol.asyncDispose](),
  };
});

describe('what only one of them knows', () => {
  let prometheus: Served;
  let alertmanager: Served;
  beforeAll(async () => {
    [prometheus, alertmanager] = await Promise.all([servePrometheus(), serveAlertmanager()]);
  });
  afterAll(() => Promise.all([prometheus[Symbol.asyncDispose](), alertmanager[Symbol.asyncDispose]()]));

  it('Prometheus: what may fire soon is pending, not firing', async () => {
    await ruleThat(prometheus, [{ name: 'Soon', summary: '', environment: 'sit', for: '1h' }]);
    const [seen] = await untilSo(open(prometheusAt(prometheus.url)), (all) => all.length === 1);
    expect(seen).toMatchObject({ name: 'Soon', state: 'pending' });
  });

  it('Alertmanager: what is silenced by a person and what another alarm inhibits are told apart', async () => {
    await silence(alertmanager, 'Known');
    await alert(alertmanager, [
      { name: 'Known', summary: '', environment: 'sit' },
      { name: 'Down', summary: '', environment: 'sit', severity: 'critical' },
      { name: 'Slow', summary: '', environment: 'sit', severity: 'warning' },
    ]);
    const seen = await untilSo(
      open(alertmanagerAt(alertmanager.url)),
      (all) => all.filter(({ state }) => state === 'firing').length === 1,
    );
    expect(seen.map(({ name, state }) => `${name} ${state}`).toSorted()).toEqual([
      'Down firing',
      'Known silenced',
      'Slow inhibited',
    ]);
  });
});

describe('a server that is none of them', () => {
  const answering = async (status: number, body: string, headers: Record<string, string> = {}) => {
    const asked: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      asked.push(request.headers.authorization);
      response.writeHead(status, headers).end(body);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    return { asked, url: `http://127.0.0.1:${port}`, [Symbol.dispose]: () => server.close() };
  };

  it.each<[string, number, string, Record<string, string>, string]>([
    ['answers HTML', 200, '<html>hello</html>', {}, 'alarms-unreadable'],
    ['answers other JSON', 200, '{"alerts":[]}', {}, 'alarms-unreadable'],
    ['refuses the token', 401, '', {}, 'alarms-refused'],
    ['fails', 500, '', {}, 'alarms-unreadable'],
    ['sends us elsewhere', 302, '', { location: 'http://127.0.0.1:1/' }, 'alarms-unreachable'],
  ])('and %s is never "no alarm"', async (_, status, body, headers, code) => {
    using server = await answering(status, body, headers);
    for (const spec of [prometheusAt(server.url), alertmanagerAt(server.url)])
      await expect(open(spec).look(context)).rejects.toMatchObject({ code });
  });

  it('gets the token in the header, and only where one is declared', async () => {
    using server = await answering(200, '[]');
    await open(alertmanagerAt(server.url)).look(context);
    await open({ ...alertmanagerAt(server.url), token: { env: 'RUNG_ALARMS_TOKEN' } }).look(context);
    expect(server.asked).toEqual([undefined, 'Bearer the token']);
  });
});
