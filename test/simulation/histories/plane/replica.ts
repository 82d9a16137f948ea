import type { Actor } from '../../../../src/domain/actor.ts';
import type { ActorId, EnvironmentName, ProjectId } from '../../../../src/domain/ids.ts';
import type { KeyPair } from '../../../../src/domain/keys.ts';
import type { Log } from '../../../../src/domain/log.ts';
import { createEngine } from '../../../../src/engine/reconcile.ts';
import type { Store } from '../../../../src/engine/store.ts';
import { type RandomBytes, uuidAt } from '../../../../src/engine/uuid.ts';
import type { AgentFace } from '../../../../src/lifecycle/agent-face.ts';
import { createControlPlane, createReconcilers } from '../../../../src/lifecycle/control-plane.ts';
import { type Declared, declareProject } from '../../../../src/lifecycle/declare/accept.ts';
import type { ParsedProjectFile } from '../../../../src/lifecycle/declare/parse.ts';
import { createAgentFace } from '../../../../src/lifecycle/deliver/agent-side.ts';
import type { ControlPlane } from '../../../../src/lifecycle/face.ts';
import { startAlarmWatch } from '../../../../src/lifecycle/operate/alarms/watch.ts';
import { createKnownAgents } from '../../../../src/lifecycle/known-agents.ts';
import { noteSilence } from '../../../../src/lifecycle/operate/agent-silence.ts';
import { startChainer } from '../../../../src/lifecycle/operate/chainer.ts';
import { createFigures, type Parts } from '../../../../src/lifecycle/parts.ts';
import { startQuestioner } from '../../../../src/lifecycle/promote/questioner.ts';
import { wakeAll } from '../../../../src/lifecycle/wake-all.ts';
import type { ObjectStore } from '../../../../src/ports/object-store.ts';
import type { Scope } from '../machine/scope.ts';
import type { Outside } from '../people/outside.ts';
import { type Extra, neighbourFile } from '../people/project.ts';
import type { SharedQueue } from './shared-queue.ts';

export interface ReplicaParts {
  readonly scope: Scope;
  readonly store: Store;
  readonly queue: SharedQueue;
  readonly log: Log;
  readonly extras: readonly Extra[];
  readonly hasNeighbour: boolean;
  readonly outside: Outside;
  readonly objects: ObjectStore;
  readonly random: RandomBytes;
  readonly key: KeyPair;
  /** As it lies on this machine's disk now. */
  readonly file: () => ParsedProjectFile;
  readonly agentKeys: Readonly<
    Record<EnvironmentName, { readonly signing: string; readonly sealing: string }>
  >;
}

/** One run of a control plane that has come up. */
export interface Replica {
  readonly scope: Scope;
  readonly control: ControlPlane;
  readonly agents: AgentFace;
  readonly project: ProjectId;
  readonly declared: Declared;
}

const owner: Actor = { kind: 'person', id: 'owner@example.org' as ActorId };
const checkpointEveryMs = 7_200_000;
/** Seldom, for it is told of what is asked: this is for what it was not told. */
const lookAtQuestionsEveryMs = 300_000;
/** Not as often as in truth: in a virtual day there would be little else. */
const lookForSilenceEveryMs = 30_000;
const lookForAlarmsEveryMs = 120_000;

/** Comes up as the real one does: declares the project, wakes everything, works, chains. Throws where the store is away. */
export async function startReplica(given: ReplicaParts): Promise<Replica> {
  const { scope, store, queue, random, log } = given;
  const { clock } = scope;
  const parts: Parts = {
    store,
    clock,
    newId: () => uuidAt(clock.now(), random),
    objects: given.objects,
    readers: { known: new Map(), guess: () => null },
    figures: createFigures(),
    agents: createKnownAgents(clock, store),
    publicKey: given.key.publicKey,
  };
  const declared = await declareProject(parts, {
    ...given.file(),
    branch: 'main',
    keys: given.agentKeys,
    by: owner,
  });
  await wakeAll(parts);
  const reconcilers = createReconcilers(parts);
  const engine = createEngine({ store, queue: queue.of(scope), clock, log, reconcilers });
  await engine.start();
  const privateKey = given.key.privateKey;
  startChainer({ store, clock, log, privateKey, everyMs: checkpointEveryMs });
  if (given.extras.includes('webhook'))
    startQuestioner({
      store,
      clock,
      log,
      hook: given.outside.hook,
      privateKey,
      origin: () => 'https://rung.example.org',
      everyMs: lookAtQuestionsEveryMs,
    });
  if (given.extras.includes('watched alarms'))
    startAlarmWatch({
      store,
      clock,
      log,
      open: given.outside.openAlarms,
      everyMs: lookForAlarmsEveryMs,
    });
  noteSilence({ ...parts, log, everyMs: lookForSilenceEveryMs });
  const { project } = declared;
  if (given.hasNeighbour)
    await declareProject(parts, { ...neighbourFile(), branch: 'main', keys: {}, by: owner });
  return {
    scope,
    control: createControlPlane(parts),
    agents: createAgentFace(parts, project),
    project,
    declared,
  };
}
