import type { EnvironmentId } from '../../../src/domain/ids.ts';
import { type Chance, chanceFrom } from '../../../src/simulate/chance.ts';
import { planeOf } from '../../kit/plane.ts';
import { MadeUpTraffic } from '../../kit/made-up-traffic.ts';
import { SimulatedAgent } from '../../../src/simulate/world/agent.ts';
import type { Plane } from '../../../src/simulate/world/plane.ts';

export const rungYaml = `
rung: 1
project: access
roles:
  engineering-lead: { members: [ada@example.org] }
  devops-lead: { members: [bo@example.org, ada@example.org] }
  qa-lead: { members: [cy@example.org] }
services:
  web: { path: web, run: [node, server.js], health: /healthz, smoke: [node, smoke.js] }
  orders: { path: orders, run: [node, server.js], health: /healthz, smoke: [node, smoke.js] }
environments:
  dev: { tier: development, source: develop, deploy: on-merge }
  test: { tier: testing, deploy: automatic }
  prod: { tier: production }
pipelines:
  main:
    - environment: dev
    - environment: test
      gates: [smoke, { soak: 1m }]
    - environment: prod
      gates: [smoke, { soak: 2m }]
      approvals: { count: 2, from: [engineering-lead, devops-lead, qa-lead], distinct-roles: 2, not-requester: true, expire: 1h }
      rollout:
        canary: [{ percent: 10, for: 1m }, { percent: 100 }]
        watch: 2m
        rollback: [{ errors: "> 5%", for: 1m }]
`;

export const soakMs = { test: 60_000, prod: 120_000 } as const;
export const environments = ['dev', 'test', 'prod'] as const;
export type EnvironmentLabel = (typeof environments)[number];
export const people = ['ada@example.org', 'bo@example.org', 'cy@example.org'] as const;
export const stranger = 'eve@example.org';

/** A laptop's worth of environments, people and agents, driven by chance from a seed. */
export interface World {
  readonly plane: Plane;
  readonly chance: Chance;
  readonly agents: Readonly<Record<EnvironmentLabel, SimulatedAgent>>;
  readonly ids: Readonly<Record<EnvironmentLabel, EnvironmentId>>;
  readonly stopped: Set<EnvironmentLabel>;
  /** Error ratio by version in prod. */
  readonly errors: Record<string, number>;
  readonly broken: Set<string>;
  readonly contents: { web: number; orders: number };
  readonly versions: string[];
  /** What was done, for whoever looks at a run that went wrong. */
  readonly done: string[];
}

export async function openWorld(seed: number): Promise<World> {
  const plane = await planeOf(rungYaml, seed);
  const errors: Record<string, number> = {};
  const broken = new Set<string>();
  const agentOf = (name: EnvironmentLabel): SimulatedAgent =>
    new SimulatedAgent(plane, name, { traffic: new MadeUpTraffic({ perSecond: 60, errors }), broken });
  const idOf = (name: EnvironmentLabel): EnvironmentId => {
    const found = plane.declared.environments.find((one) => (one.name as string) === name);
    if (found === undefined) throw new Error(`no environment ${name}`);
    return found.id;
  };
  return {
    plane,
    chance: chanceFrom(seed),
    agents: { dev: agentOf('dev'), test: agentOf('test'), prod: agentOf('prod') },
    ids: { dev: idOf('dev'), test: idOf('test'), prod: idOf('prod') },
    stopped: new Set(),
    errors,
    broken,
    contents: { web: 0, orders: 0 },
    versions: [],
    done: [],
  };
}

export function pick<T>(chance: Chance, from: readonly T[]): T {
  const chosen = from[Math.floor(chance() * from.length)];
  if (chosen === undefined) throw new Error('nothing to pick from');
  return chosen;
}
