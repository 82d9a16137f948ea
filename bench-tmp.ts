import { simulatePlane } from './src/simulate/world/plane.ts';
import { SimulatedAgent } from './src/simulate/world/agent.ts';
const yaml = `
rung: 1
project: access
roles:
  engineering-lead: { members: [ada@example.org] }
services:
  web: { path: web, run: [node, server.js], health: /healthz }
  orders: { path: orders, run: [node, server.js], health: /healthz }
environments:
  dev: { tier: development, source: develop, deploy: on-merge }
  prod: { tier: production }
pipelines:
  main:
    - environment: dev
    - environment: prod
      rollout:
        canary: [{ percent: 10, for: 5m }, { percent: 100 }]
        watch: 2h
`;
for (let i = 0; i < 3; i++) {
const p = await simulatePlane(yaml, 1);
const agents = ['dev','prod'].map((n) => new SimulatedAgent(p, n, { traffic: { perSecond: 60 }, broken: new Set() }));
const ada = p.as('ada@example.org');
for (const m of ['feat: a', 'feat: b']) {
  const t0 = performance.now();
  const v = await p.release(m);
  await p.clock.advance(1000);
  await p.control.requestPromotion(p.project, { release: v, to: 'prod' }, ada);
  await p.clock.advance(7_800_000);
  console.log(v, (await p.control.environment(p.project, 'prod')).release?.version, (performance.now() - t0).toFixed(0), 'ms', agents[1]!.samples.length);
}
await p.close();
}
