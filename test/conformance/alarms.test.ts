import { systemClock } from '../../src/engine/clock.ts';
import type { Caller } from '../../src/lifecycle/face.ts';
import { openPlane } from '../kit/plane.ts';
import { alarmsConformance, type MadeAlarm } from './alarms.ts';

const rungYaml = `
rung: 1
project: access
services:
  web: { path: web, run: [node, server.js], health: /healthz }
environments:
  sit: { tier: staging }
  prod: { tier: production }
pipelines:
  main: [{ environment: sit }, { environment: prod }]
`;

const monitoring: Caller = {
  actor: { kind: 'token', id: 'monitoring' as never, name: 'monitoring' },
  scopes: ['evidence'],
  person: null,
};

alarmsConformance('whoever posts them', async () => {
  const { control, project } = await openPlane(rungYaml);
  let firing: readonly MadeAlarm[] = [];
  const post = ({ environment, ...rest }: MadeAlarm, state: 'firing' | 'resolved') =>
    control.postAlarm(project, environment, { ...rest, state }, monitoring);
  return {
    source: {
      look: async () =>
        (await control.alarms(project, 'sit')).items.flatMap(({ state, name, ...rest }) =>
          state === 'resolved' ? [] : [{ ...rest, key: name, name, state, since: systemClock.now() }],
        ),
    },
    fire: async (alarms) => {
      for (const one of firing) if (!alarms.includes(one)) await post(one, 'resolved');
      for (const one of alarms) await post(one, 'firing');
      firing = alarms;
    },
    [Symbol.asyncDispose]: async () => undefined,
  };
});
