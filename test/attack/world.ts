import { Registry } from 'prom-client';
import { digestOf } from '../../src/domain/canonical.ts';
import { generateSealingKey, generateSigningKey } from '../../src/domain/keys.ts';
import type { EnvironmentName } from '../../src/domain/ids.ts';
import { createControlPlane } from '../../src/lifecycle/control-plane.ts';
import { declareProject, type Declared } from '../../src/lifecycle/declare/accept.ts';
import type { ControlPlane } from '../../src/lifecycle/face.ts';
import { evidenceReaders, readerFor } from '../../src/providers/evidence/index.ts';
import type { Plane } from '../../src/simulate/world/plane.ts';
import { type Stage, stage } from '../api/stage.ts';
import { simulateAgent } from '../kit/made-up-traffic.ts';
import { openPlane } from '../kit/plane.ts';
import { parse } from '../kit/project-file.ts';
import type { Scene } from './scene.ts';

export const minuteMs = 60_000;
/** Holds the role that the rules name, holds another one, and asked for what waits. */
export const [ada, hal, bo] = ['ada@example.org', 'hal@example.org', 'bo@example.org'] as const;

export const yamlOf = (project: string): string => `
rung: 1
project: ${project}
roles:
  lead: { members: [${ada}, ${bo}, cy@example.org] }
  support: { members: [${hal}] }
services:
  web: { path: web, run: [node, server.js], health: /healthz, smoke: [node, smoke.js] }
environments:
  dev: { tier: development, source: develop, deploy: on-merge }
  prod: { tier: production }
pipelines:
  main:
    - environment: dev
    - environment: prod
      gates:
        - bugs: 0
        - rollback-plan
        - change-request: [lead]
        - webhook: { name: licences, url: "https://checks.example.org/licences", timeout: 1h }
      waive: [lead]
      approvals: { count: 2, from: [lead] }
      emergency: { from: [lead], second: [lead] }
      rollout:
        canary: [{ percent: 10, for: 5m }, { percent: 100 }]
        watch: 10m
`;
export const rungYaml = yamlOf('access');
export const weaker = (yaml: string): string => yaml.replace('count: 2', 'count: 1');

const otherYaml = yamlOf('other');

/** Such a project, in memory and virtual time, with another one beside it. */
export interface World extends Plane, Scene {
  readonly clock: Plane['clock'];
  readonly parts: Plane['parts'];
  readonly control: ControlPlane;
  readonly project: Plane['project'];
  readonly stage: Stage;
  readonly other: Declared;
  readonly keys: Readonly<Record<string, AgentKeys>>;
}

export interface AgentKeys {
  readonly signing: ReturnType<typeof generateSigningKey>;
  readonly sealing: ReturnType<typeof generateSealingKey>;
}

const newKeys = (): AgentKeys => ({ signing: generateSigningKey(), sealing: generateSealingKey() });
export const environments = ['dev', 'prod'] as const;

export async function openWorld(): Promise<World> {
  const plane = await openPlane(rungYaml);
  const question = generateSigningKey();
  Object.assign(plane.parts, {
    publicKey: question.publicKey,
    readers: { known: evidenceReaders, guess: readerFor },
  });
  const control = createControlPlane(plane.parts);
  const others = Object.fromEntries(environments.map((name) => [name, newKeys()]));
  const other = await declareProject(plane.parts, {
    ...parse(otherYaml),
    branch: 'main',
    keys: publicOf(others),
    by: { kind: 'person', id: ada as never },
  });
  const keys: Record<string, AgentKeys> = {};
  for (const name of environments)
    for (const kept of [`old ${name}`, name]) {
      const made = newKeys();
      keys[kept] = made;
      const key = { signing: made.signing.publicKey, sealing: made.sealing.publicKey };
      await control.replaceAgentKey(plane.project, name, key, plane.as(ada));
    }
  for (const name of environments) simulateAgent(plane, name);
  const made = await stage({}, { controlPlane: control, metrics: new Registry() });
  const foreign = Object.fromEntries(Object.entries(others).map(([name, one]) => [`other ${name}`, one]));
  const world = { ...plane, yaml: rungYaml, control, stage: made, other, questionKey: question.privateKey };
  const isBack = () => plane.clock.advance(10 * minuteMs);
  return { ...world, isBack, keys: { ...keys, ...foreign }, ...(await inTheMiddle(plane, control)) };
}

const publicOf = (keys: Readonly<Record<string, AgentKeys>>) =>
  Object.fromEntries(
    Object.entries(keys).map(([name, { signing, sealing }]) => [
      name as EnvironmentName,
      { signing: signing.publicKey, sealing: sealing.publicKey },
    ]),
  );

async function inTheMiddle(
  plane: Plane,
  control: ControlPlane,
): Promise<Pick<World, 'wanted' | 'waiting' | 'live'>> {
  const { project, clock } = plane;
  for (const settlesMs of [20 * minuteMs, minuteMs]) {
    const release = await plane.release(`feat: ${settlesMs}`, { web: `web ${settlesMs}` });
    await clock.advance(minuteMs);
    const ask = { release, to: 'prod', emergency: true, reason: 'first of all' };
    const { id, plan } = await control.requestPromotion(project, ask, plane.as(bo));
    await control.approve(project, id, { planHash: plan.hash, emergency: true }, plane.as(ada));
    await clock.advance(settlesMs);
  }
  const wanted = await plane.release('feat: wanted', { web: 'web wanted' });
  await clock.advance(minuteMs);
  const waiting = await control.requestPromotion(project, { release: wanted, to: 'prod' }, plane.as(bo));
  await clock.settle();
  const live = (await control.environment(project, 'prod')).rollout;
  if (live === null) throw new Error('nothing is on its way to prod');
  return { wanted, waiting, live };
}

export const aTree = digestOf('a tree').slice('sha256:'.length, 'sha256:'.length + 40);
