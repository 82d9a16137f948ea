import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { digestOf } from '../../src/domain/canonical.ts';
import { generateSealingKey, generateSigningKey } from '../../src/domain/keys.ts';
import type { EnvironmentName, ProjectId, RolloutId } from '../../src/domain/ids.ts';
import type { RolloutPhase } from '../../src/domain/rollout/types.ts';
import { declareProject } from '../../src/lifecycle/declare/accept.ts';
import { createAgentFace } from '../../src/lifecycle/deliver/agent-side.ts';
import { simulateAgent } from '../kit/made-up-traffic.ts';
import { parse } from '../kit/project-file.ts';
import { as, type Scene } from './scene.ts';
import type { Served } from './served.ts';
import { ada, bo, environments, yamlOf } from './world.ts';

/** Its rules as they are in the end, and such as let the first release through at once. */
const hasty = (yaml: string): string =>
  yaml.replace('for: 5m', 'for: 10ms').replace('watch: 10m', 'watch: 0s');

export interface ServedScene extends Scene {
  /** Its agents do nothing from now on. */
  stop(): void;
}

/** Another project in the middle of things, with agents that are played and everything else for real. */
export async function openScene(served: Served, name: string): Promise<ServedScene> {
  const { control, parts } = served;
  const yaml = yamlOf(name);
  const keys = Object.fromEntries(environments.map((one) => [one, newKeys()]));
  const declare = async (text: string) =>
    declareProject(parts, {
      ...parse(text),
      branch: 'main',
      keys: Object.fromEntries(
        Object.entries(keys).map(([one, { signing, sealing }]) => [
          one as EnvironmentName,
          { signing: signing.publicKey, sealing: sealing.publicKey },
        ]),
      ),
      by: as(ada).actor,
    });
  const declared = await declare(hasty(yaml));
  const { project } = declared;
  const agents = createAgentFace(parts, project);
  const plane = {
    agents,
    project,
    declared,
    parts,
    clock: parts.clock,
    isUp: () => true,
    onUp: () => undefined,
  };
  const played = environments.map((one) => simulateAgent(plane, one));
  const reached = (rollout: RolloutId, ...phases: readonly RolloutPhase[]) =>
    until(async () => phases.includes((await control.rollout(project, rollout)).state.phase));
  await reached(await putIntoProd(served, project), 'succeeded');
  await declare(yaml);
  const live = await putIntoProd(served, project);
  await reached(live, 'canary');
  const wanted = await release(served, project);
  await until(async () => (await control.environment(project, 'dev')).release?.version === wanted);
  const waiting = await control.requestPromotion(project, { release: wanted, to: 'prod' }, as(bo));
  const isAsked = async (): Promise<boolean> =>
    (await parts.store.read((tx) => tx.list(project, 'question', {}, { limit: 1 }))).items.length > 0;
  await until(isAsked);
  return {
    control,
    project,
    parts,
    clock: parts.clock,
    stage: served,
    yaml,
    keys,
    questionKey: served.key.privateKey,
    wanted,
    waiting,
    live,
    stop: () => {
      for (const agent of played) agent.stop();
    },
    isBack: () => reached(live, 'rolled back'),
  };
}

const newKeys = () => ({ signing: generateSigningKey(), sealing: generateSealingKey() });

/** The rollout that it comes to. */
async function putIntoProd(served: Served, project: ProjectId): Promise<RolloutId> {
  const { control } = served;
  const ask = {
    release: await release(served, project),
    to: 'prod',
    emergency: true,
    reason: 'first of all',
  };
  const { id, plan } = await control.requestPromotion(project, ask, as(bo));
  await control.approve(project, id, { planHash: plan.hash, emergency: true }, as(ada));
  // It may be through by the next look: what serves in prod then has no rollout any more, the promotion still names it.
  const begun = async () => {
    const { state } = await control.promotion(project, id);
    return 'rollout' in state ? state.rollout : null;
  };
  await until(async () => (await begun()) !== null);
  const rollout = await begun();
  if (rollout === null) throw new Error('nothing is on its way to prod');
  return rollout;
}

/** A merge into the branch of dev, built. */
async function release({ control }: Served, project: ProjectId): Promise<string> {
  const content = randomUUID();
  const artifact = digestOf(content);
  const bytes = async function* () {
    yield Buffer.from(content);
  };
  await control.putArtifact(project, artifact, bytes(), as(bo));
  const tree = artifact.slice('sha256:'.length, 'sha256:'.length + 40);
  await control.branchesMoved(project, [{ ref: 'develop', commit: tree, tree }]);
  const at = { tree, commit: tree, branch: 'develop' };
  const commits = [{ id: tree, message: 'feat: begin', author: bo }];
  const { version } = await control.createRelease(
    project,
    { ...at, services: { web: { artifact } }, commits },
    as(bo),
  );
  return version;
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const lastMs = performance.now() + 60_000;
  while (!(await isSo())) {
    if (performance.now() > lastMs)
      throw new Error('a project did not come to the middle of things in a minute');
    await setTimeout(50);
  }
}
