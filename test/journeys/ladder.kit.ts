import { expect } from 'vitest';
import type { Admission } from '../../src/domain/admission.ts';
import { isFailure } from '../../src/domain/failure.ts';
import type { PromotionView, RolloutView } from '../../src/lifecycle/views.ts';
import type { SimulatedAgent } from '../../src/simulate/world/agent.ts';
import { type FixedShares, simulateAgent } from '../kit/made-up-traffic.ts';
import type { Plane } from '../../src/simulate/world/plane.ts';
import { openPlane } from '../kit/plane.ts';

export const rungYaml = `
rung: 1
project: access
roles:
  engineering-lead: { members: [ada@example.org], contact: "#leads" }
  devops-lead: { members: [bo@example.org, ada@example.org] }
  qa-lead: { members: [cy@example.org] }
  support: { members: [dot@example.org] }
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
      gates: [smoke, { soak: 10m }]
    - environment: prod
      gates: [smoke, { soak: 24h }, validation]
      approvals: { count: 2, from: [engineering-lead, devops-lead, qa-lead], distinct-roles: 2, expire: 24h }
      rollout:
        canary: [{ percent: 10, for: 5m }, { percent: 100 }]
        watch: 10m
`;
export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;

export interface Ladder extends Plane {
  readonly dev: SimulatedAgent;
  readonly test: SimulatedAgent;
  readonly prod: SimulatedAgent;
}

export async function ladder(prod: FixedShares = { perSecond: 100 }): Promise<Ladder> {
  const plane = await openPlane(rungYaml);
  return {
    ...plane,
    dev: simulateAgent(plane, 'dev'),
    test: simulateAgent(plane, 'test'),
    prod: simulateAgent(plane, 'prod', prod),
  };
}

export const runs = async (plane: Plane, environment: string): Promise<string | undefined> =>
  (await plane.control.environment(plane.project, environment)).release?.version;

export async function blockersOf(asking: Promise<PromotionView>): Promise<readonly string[]> {
  const thrown: unknown = await asking.then(
    () => null,
    (reason: unknown) => reason,
  );
  const admission = isFailure(thrown) ? (thrown.facts['admission'] as Admission | undefined) : undefined;
  return admission?.blockers.map((one) => one.kind) ?? [];
}

/** Brings a release from dev to where it waits for prod's approvals. */
export async function climb(plane: Plane, version: string): Promise<PromotionView> {
  await plane.clock.advance(12 * minuteMs);
  expect(await runs(plane, 'test')).toBe(version);
  await plane.control.validate(plane.project, 'test', {}, plane.as('cy@example.org'));
  return plane.control.requestPromotion(
    plane.project,
    { release: version, to: 'prod' },
    plane.as('cy@example.org'),
  );
}

export async function approveBoth(plane: Plane, promotion: PromotionView): Promise<void> {
  for (const person of ['ada@example.org', 'bo@example.org'])
    await plane.control.approve(
      plane.project,
      promotion.id,
      { planHash: promotion.plan.hash },
      plane.as(person),
    );
}

export const liveIn = async (plane: Plane): Promise<RolloutView> => {
  const id = (await plane.control.environment(plane.project, 'prod')).rollout;
  if (id === null) throw new Error('nothing is being rolled out');
  return plane.control.rollout(plane.project, id);
};

/** 1.0.0 in every environment, so that there is something to fall back to. */
export async function established(prod?: FixedShares): Promise<Ladder> {
  const plane = await ladder(prod);
  const first = await climb(plane, await plane.release('feat: begin'));
  await plane.clock.advance(24 * hourMs);
  await approveBoth(plane, first);
  await plane.clock.advance(minuteMs);
  expect(await runs(plane, 'prod')).toBe('1.0.0');
  return plane;
}

/** 1.1.0 approved and on its way into prod, one minute into the canary. */
export async function inCanary(prod?: FixedShares): Promise<Ladder> {
  const plane = await established(prod);
  const second = await climb(plane, await plane.release('feat: more'));
  await plane.clock.advance(24 * hourMs);
  await approveBoth(plane, second);
  await plane.clock.advance(minuteMs);
  return plane;
}
