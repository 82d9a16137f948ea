import { digestOf } from '../../src/domain/canonical.ts';
import type { RolloutId } from '../../src/domain/ids.ts';
import type { AgentFace } from '../../src/lifecycle/agent-face.ts';
import type { Caller } from '../../src/lifecycle/face.ts';
import type { PromotionView } from '../../src/lifecycle/views.ts';
import { protocolVersion } from '../../src/protocol/messages.ts';
import type { Plane } from '../../src/simulate/world/plane.ts';
import { simulateAgent } from '../kit/made-up-traffic.ts';
import { openPlane } from '../kit/plane.ts';
import { minuteMs } from './ladder.kit.ts';

export const [ada, bo] = ['ada@example.org', 'bo@example.org'] as const;

/** Ada holds every role there is, and so is let as far as one person can get. */
export const guardedYaml = `
rung: 1
project: access
roles:
  lead: { members: [${ada}, ${bo}, cy@example.org] }
services:
  web: { path: web, run: [node, server.js], health: /healthz, smoke: [node, smoke.js] }
environments:
  dev: { tier: development, source: develop, deploy: on-merge }
  prod: { tier: production }
pipelines:
  main:
    - environment: dev
    - environment: prod
      gates: [{ bugs: 0 }, change-request]
      waive: [lead]
      approvals: { count: 2, from: [lead] }
      emergency: { from: [lead], second: [lead] }
`;

export interface Guarded extends Plane {
  /** Runs in prod. */
  readonly old: string;
  /** Runs in dev and waits for prod. */
  readonly wanted: string;
  readonly waiting: PromotionView;
  readonly ended: RolloutId;
}

export const asAda = (plane: Plane): Caller => plane.as(ada);

export const token: Caller = {
  actor: { kind: 'token', id: 'ci' as never, name: 'ci' },
  scopes: ['read', 'build', 'evidence', 'promote'],
  person: null,
};

/** One release in prod, let in by two people as an emergency, and another one that waits before it. */
export async function guarded(): Promise<Guarded> {
  const plane = await openPlane(guardedYaml);
  for (const environment of ['dev', 'prod']) simulateAgent(plane, environment);
  const { control, project, clock } = plane;
  const old = await plane.release('feat: begin', { web: 'web 1' });
  await clock.advance(minuteMs);
  const first = await control.requestPromotion(
    project,
    { release: old, to: 'prod', emergency: true, reason: 'the first' },
    plane.as(bo),
  );
  await control.approve(project, first.id, { planHash: first.plan.hash, emergency: true }, asAda(plane));
  await clock.advance(10 * minuteMs);
  const { state } = await control.promotion(project, first.id);
  const wanted = await plane.release('feat: more', { web: 'web 2' });
  await clock.advance(minuteMs);
  const waiting = await control.requestPromotion(project, { release: wanted, to: 'prod' }, plane.as(bo));
  await clock.settle();
  const ended = state.phase === 'succeeded' ? state.rollout : null;
  if (ended === null) throw new Error(`the first release is ${state.phase}`);
  return { ...plane, old, wanted, waiting, ended };
}

/** Nothing has it. */
export const noId = '01970000-0000-7000-8000-000000000000';

/** What is tried, and what came of it: a failure's code, or `done` where it may be done and lets nothing in. */
export interface Try {
  readonly comes: string;
  readonly go: (plane: Guarded) => Promise<unknown>;
}

/** An agent of this environment says that prod runs what waits for it, and that its rollout is through. */
const claim = async (plane: Guarded, from: string): Promise<void> => {
  const of = (name: string) => plane.declared.environments.find((one) => one.name === name);
  const [mine, prod] = [of(from), of('prod')];
  if (mine === undefined || prod === undefined) throw new Error('no such environment');
  const release = await plane.control.release(plane.project, plane.wanted);
  const [[service, { artifact }] = ['web', { artifact: digestOf('web') }]] = Object.entries(release.services);
  await plane.agents.observe(
    { agent: mine.agent, project: plane.project, environments: [mine.id] },
    {
      protocol: protocolVersion,
      boot: 'another boot',
      sequence: 1,
      observations: [
        {
          environment: prod.id,
          revision: 1_000_000,
          converged: true,
          services: [
            {
              service: service as never,
              port: 1,
              variants: [{ artifact, version: plane.wanted, wanted: 1, healthy: 1, exits: 0, detail: null }],
            },
          ],
          rollout: {
            id: noId as RolloutId,
            generation: 1,
            effectivePercent: 100,
            lease: 'held',
            preflight: { state: 'passed', smoke: [] },
            takenBack: null,
            backDone: false,
          },
          isolation: { level: 'none', detail: '' },
          troubles: [],
        },
      ],
      samples: [],
      countersignature: null,
    },
  );
};

/** Every call that an agent has. */
export const agentCalls: { readonly [K in keyof AgentFace]: readonly Try[] | 'asks' } = {
  agent: 'asks',
  poll: 'asks',
  artifact: 'asks',
  audience: 'asks',
  observe: [
    { comes: 'environment-foreign', go: (plane) => claim(plane, 'dev') },
    { comes: 'done', go: (plane) => claim(plane, 'prod') },
  ],
};

/** Every reconciler, with the keys it is woken by beside everything that waits. */
export const reconcilers: Readonly<Record<string, (plane: Guarded) => readonly string[]>> = {
  promotion: ({ waiting }) => [waiting.id],
  environment: ({ declared }) => declared.environments.map(({ id }) => id),
  project: ({ project }) => [project],
  change: () => ['CR-1'],
  rollout: ({ ended }) => [ended],
};
