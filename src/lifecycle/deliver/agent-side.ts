import type { Environment } from '../../domain/environment.ts';
import { Failure } from '../../domain/failure.ts';
import type { AgentId, Digest, Instant, ProjectId, RolloutId } from '../../domain/ids.ts';
import type { Sample } from '../../domain/rollout/sample.ts';
import { type AgentRecord, keysInForce } from '../../engine/records.ts';
import type { Reader, Transaction } from '../../engine/store.ts';
import type { AgentIdentity, ObservationRequest } from '../../protocol/messages.ts';
import type { AgentFace } from '../agent-face.ts';
import { isSilent } from '../agent-seen.ts';
import { askedTogether } from '../asked-together.ts';
import { liveRollout } from '../lookup.ts';
import type { Parts } from '../parts.ts';
import { confirmRestored } from './confirm-restored.ts';
import { createCountersigning } from './countersign.ts';
import { noteHeard, takeObservation } from './heard.ts';
import { pictureOf } from '../read/project-picture.ts';
import { inGroups } from './in-groups.ts';
import { createAnswering, poll } from './poll.ts';
import { takeTraffic } from './traffic-heard.ts';

/** What agents are told and what they report. Nothing of an environment that is not theirs goes in or out. */
export function createAgentFace(parts: Parts, project: ProjectId): AgentFace {
  const { store, objects } = parts;
  const answering = createAnswering(parts, project);
  const intake = createIntake(parts);
  const countersign = createCountersigning(store, project, answering.news);
  const ask = askedTogether<AgentId, AgentRecord>((ids) => store.read((tx) => recordsOf(tx, project, ids)));
  const recordOf = (id: AgentId): Promise<AgentRecord | undefined> =>
    parts.agents.record(id, async () => (await ask([id])).get(id));
  return {
    audience: project,
    agent: async (id) => {
      const known = await recordOf(id);
      return known === undefined ? null : { identity: identityOf(known), keys: known.keys };
    },
    poll: (caller, request, signal) => {
      const isInForce = async (): Promise<boolean> =>
        keysInForce((await recordOf(caller.agent))?.keys ?? []).includes(caller.key);
      return poll(parts, answering, { identity: caller, isInForce }, request, signal);
    },
    observe: async (identity, request) => {
      parts.agents.heard(project, identity.agent);
      const known = await recordOf(identity.agent);
      refuseForeign(identity, request);
      if (!saysNothing(request, known)) await intake({ identity, request });
      if (known?.boot !== request.boot) parts.agents.forget(identity.agent);
      if (request.countersignature !== null)
        await countersign(identity.agent, known?.keys ?? [], request.countersignature);
      for (const rollout of rolloutsIn(request)) parts.figures.changed(project, rollout);
    },
    artifact: async (identity, digest) => {
      if (!(await store.read((tx) => mayHave(tx, identity, digest)))) throw foreign('artifact');
      return objects.get(digest);
    },
  };
}

/** From here on it is cheaper to read all there are. */
const many = 10;

async function recordsOf(
  reader: Reader,
  project: ProjectId,
  ids: readonly AgentId[],
): Promise<ReadonlyMap<AgentId, AgentRecord>> {
  const tx = ids.length < many ? reader : pictureOf(reader, project);
  const found = await Promise.all(ids.map((id) => tx.get(project, 'agent', id)));
  return new Map(found.flatMap((one) => (one === undefined ? [] : [[one.value.id, one.value]])));
}

const identityOf = ({ id, project, environments }: AgentRecord): AgentIdentity => ({
  agent: id,
  project,
  environments,
});

const foreign = (what: string): Failure =>
  new Failure(
    'denied',
    'environment-foreign',
    `This ${what} is of an environment that is not this agent's.`,
    {
      wayOut: 'An agent reads and reports its own environments only.',
    },
  );

interface Told {
  readonly identity: AgentIdentity;
  readonly request: ObservationRequest;
}

const createIntake = ({ store, clock }: Parts): ((told: Told) => Promise<void>) =>
  inGroups((all) =>
    store.transaction(async (tx) => {
      await Promise.all(all.map((told) => readAhead(tx, told)));
      for (const told of all) await take(tx, told, clock.now());
    }),
  );

/** What is looked at when it is taken, asked for at once: a transaction asks for nothing twice. */
async function readAhead(tx: Reader, { identity: { project, agent }, request }: Told): Promise<void> {
  const seen = request.observations.flatMap(({ environment }) => [
    tx.get(project, 'environment', environment),
    tx.get(project, 'observation', environment),
    liveRollout(tx, project, environment),
  ]);
  await Promise.all([tx.get(project, 'agent', agent), ...seen]);
}

async function take(tx: Transaction, { identity, request }: Told, now: Instant): Promise<void> {
  const { project, agent } = identity;
  if (!(await tx.takeSequence(project, agent, request.boot, request.sequence))) return;
  await takeSamples(tx, identity, request.samples);
  for (const observation of request.observations) {
    await confirmRestored(tx, identity, observation, now);
    await takeObservation(tx, identity, observation, now);
  }
  await takeTraffic(tx, identity, request.traffic ?? [], now);
  await noteHeard(tx, identity, request.boot, now);
  await tx.wake(await wakeUps(tx, identity, request, now));
}

function refuseForeign({ environments }: AgentIdentity, { observations, traffic }: ObservationRequest): void {
  const told = [...observations, ...(traffic ?? [])];
  if (told.some((one) => !environments.includes(one.environment))) throw foreign('observation');
}

/** With a sample or without: one that is held can be gone on with as soon as its agent is back, and pages have to hear of it. */
const rolloutsIn = ({ samples, observations }: ObservationRequest): ReadonlySet<RolloutId> =>
  new Set([
    ...samples.map(({ rollout }) => rollout),
    ...observations.flatMap(({ rollout }) => (rollout === null ? [] : [rollout.id])),
  ]);

async function takeSamples(
  tx: Transaction,
  { project, environments }: AgentIdentity,
  samples: readonly Sample[],
): Promise<void> {
  for (const id of new Set(samples.map((sample) => sample.rollout))) {
    const rollout = await tx.get(project, 'rollout', id);
    if (rollout === undefined || !environments.includes(rollout.value.environment)) throw foreign('sample');
  }
  await tx.addSamples(project, samples);
}

async function wakeUps(
  tx: Transaction,
  { project }: AgentIdentity,
  request: ObservationRequest,
  now: Instant,
) {
  const keys = new Set<string>();
  for (const observation of request.observations) {
    const live = await liveRollout(tx, project, observation.environment);
    if (live !== null) keys.add(`rollout/${live.value.id}`);
  }
  for (const sample of request.samples) keys.add(`rollout/${sample.rollout}`);
  return [...keys].map((key) => ({ key, project, at: now }));
}

/** A signature over the log, and nothing else that anybody has to keep. */
const saysNothing = (
  { observations, samples, traffic, boot }: ObservationRequest,
  known: AgentRecord | undefined,
): boolean =>
  observations.length + samples.length + (traffic?.length ?? 0) === 0 &&
  known !== undefined &&
  known.boot === boot &&
  !isSilent(known);

/** Artifacts of what serves or is to serve in the agent's environments, and of nothing else. */
async function mayHave(
  tx: Reader,
  { project, environments }: AgentIdentity,
  digest: Digest,
): Promise<boolean> {
  for (const id of environments) {
    const environment: Environment | undefined = (await tx.get(project, 'environment', id))?.value;
    const live = (await liveRollout(tx, project, id))?.value;
    const stable = Object.values(environment?.stable ?? {});
    const moving = live?.services.flatMap((one) => (one.from === null ? [one.to] : [one.from, one.to])) ?? [];
    if ([...stable, ...moving].some((variant) => variant.artifact === digest)) return true;
  }
  return false;
}
