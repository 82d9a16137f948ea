import type { Environment } from '../../domain/environment.ts';
import { Failure } from '../../domain/failure.ts';
import type { Digest, EnvironmentId, Instant, ProjectId, RolloutId } from '../../domain/ids.ts';
import type { Rollout } from '../../domain/rollout/types.ts';
import type { Sample } from '../../domain/rollout/sample.ts';
import type { AgentRecord } from '../../engine/records.ts';
import type { Reader, Transaction } from '../../engine/store.ts';
import {
  type AgentIdentity,
  type DesiredEnvironment,
  type ObservationRequest,
  type PollRequest,
  type PollResponse,
  protocolVersion,
} from '../../protocol/messages.ts';
import { checkpointText } from '../../domain/audit/index.ts';
import { verify } from '../../domain/keys.ts';
import type { AgentFace } from '../agent-face.ts';
import { liveRollout } from '../lookup.ts';
import type { Parts } from '../parts.ts';
import { confirmRestored } from './confirm-restored.ts';
import { desiredOf } from './desired.ts';
import { noteHeard, takeObservation } from './heard.ts';
import { takeTraffic } from './traffic-heard.ts';

/** What agents are told and what they report. Nothing of an environment that is not theirs goes in or out. */
export function createAgentFace(parts: Parts, project: ProjectId): AgentFace {
  const { store, objects } = parts;
  return {
    audience: project,
    agent: async (id) => {
      const stored = await store.read((tx) => tx.get(project, 'agent', id));
      return stored === undefined ? null : { identity: identityOf(stored.value), keys: stored.value.keys };
    },
    poll: (identity, request, signal) => poll(parts, identity, request, signal),
    observe: (identity, request) => observe(parts, identity, request),
    artifact: async (identity, digest) => {
      if (!(await store.read((tx) => mayHave(tx, identity, digest)))) throw foreign('artifact');
      return objects.get(digest);
    },
  };
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

/** Longer lists of what changed are given as a full list instead. */
const changesAtOnce = 500;

async function poll(
  { store }: Parts,
  identity: AgentIdentity,
  request: PollRequest,
  signal: AbortSignal,
): Promise<PollResponse> {
  const { project } = identity;
  let news = Promise.withResolvers<void>();
  using _told = store.onChained(project, () => news.resolve());
  signal.addEventListener('abort', () => news.resolve(), { once: true });
  for (;;) {
    const head = await store.head(project);
    const changed = await changedSince(store, identity, request.cursor, head.position);
    const links = await linksAfter(store, project, request.head);
    if (changed === 'all' || changed.size > 0 || signal.aborted || links.checkpoint !== null) {
      const wanted = changed === 'all' ? identity.environments : [...changed];
      const environments = await store.read((tx) => desiredEnvironments(tx, project, wanted));
      return {
        protocol: protocolVersion,
        cursor: String(head.position),
        full: changed === 'all',
        environments,
        audit: links,
      };
    }
    await news.promise;
    news = Promise.withResolvers();
  }
}

/** A cursor that is no position of this chain, or that lies too far back, gets everything. */
async function changedSince(
  store: Parts['store'],
  identity: AgentIdentity,
  cursor: string | null,
  head: number,
): Promise<ReadonlySet<EnvironmentId> | 'all'> {
  const after = cursor === null ? NaN : Number(cursor);
  if (!Number.isSafeInteger(after) || after < 0 || after > head) return 'all';
  const [only] = identity.environments;
  const filter = identity.environments.length === 1 && only !== undefined ? { environment: only } : {};
  const events = await store.events(identity.project, after, changesAtOnce, {
    ...filter,
    kinds: ['desired.changed'],
  });
  if (events.length === changesAtOnce) return 'all';
  return new Set(
    events.flatMap((event) =>
      event.environment !== null && identity.environments.includes(event.environment)
        ? [event.environment]
        : [],
    ),
  );
}

async function desiredEnvironments(
  tx: Reader,
  project: ProjectId,
  ids: readonly EnvironmentId[],
): Promise<readonly DesiredEnvironment[]> {
  const all: DesiredEnvironment[] = [];
  for (const id of ids) {
    const environment = (await tx.get(project, 'environment', id))?.value;
    if (environment === undefined || environment.retiredAt !== null) continue;
    const live = (await liveRollout(tx, project, id))?.value ?? null;
    all.push(withLastSample(desiredOf(environment, live), live));
  }
  return all;
}

/** Told beside what is desired, and no reason to tell anew: an agent that lost its evidence numbers on from there. */
const withLastSample = (desired: DesiredEnvironment, live: Rollout | null): DesiredEnvironment =>
  desired.rollout === null || live === null
    ? desired
    : { ...desired, rollout: { ...desired.rollout, lastSample: live.lastSample } };

const linksAtOnce = 2000;
const checkpointsAtOnce = 50;

/**
 * Told only when there is a checkpoint beyond the agent's head, so that the log alone never ends a poll. An agent that
 * is far behind comes nearer by one checkpoint at least.
 */
async function linksAfter(
  store: Parts['store'],
  project: ProjectId,
  head: number,
): Promise<PollResponse['audit']> {
  const next = await store.checkpoints(project, { after: head, limit: checkpointsAtOnce });
  const checkpoint = next.findLast((one) => one.position <= head + linksAtOnce) ?? next[0];
  if (checkpoint === undefined) return { links: [], checkpoint: null };
  const events = await store.events(project, head, checkpoint.position - head);
  return { links: events.map(({ position, payloadDigest }) => ({ position, payloadDigest })), checkpoint };
}

async function observe(parts: Parts, identity: AgentIdentity, request: ObservationRequest): Promise<void> {
  const { store, clock, figures } = parts;
  const { project, agent, environments } = identity;
  const told = [...request.observations, ...(request.traffic ?? [])];
  if (told.some((one) => !environments.includes(one.environment))) throw foreign('observation');
  await store.transaction(async (tx) => {
    const now = clock.now();
    if (!(await tx.takeSequence(project, agent, request.boot, request.sequence))) return;
    await takeSamples(tx, identity, request.samples);
    for (const observation of request.observations) {
      await confirmRestored(tx, identity, observation, now);
      await takeObservation(tx, identity, observation, now);
    }
    await takeTraffic(tx, identity, request.traffic ?? [], now);
    await noteHeard(tx, identity, request.boot, now);
    await tx.wake(await wakeUps(tx, identity, request, now));
  });
  await countersign(parts, identity, request);
  for (const rollout of rolloutsIn(request)) figures.changed(project, rollout);
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

/** Kept only when it is the agent's own signature over the checkpoint that is stored at that position. */
async function countersign(
  { store }: Parts,
  { project, agent }: AgentIdentity,
  request: ObservationRequest,
): Promise<void> {
  const given = request.countersignature;
  if (given === null) return;
  const [checkpoint] = await store.checkpoints(project, { after: given.position - 1, limit: 1 });
  const keys = (await store.read((tx) => tx.get(project, 'agent', agent)))?.value.keys ?? [];
  if (checkpoint?.position !== given.position) return;
  const text = checkpointText({ project, position: checkpoint.position, link: checkpoint.link });
  const valid = keys.some((key) => key.revokedAt === null && verify(key.signing, text, given.signature));
  if (!valid)
    throw new Failure(
      'denied',
      'countersignature-invalid',
      'This countersignature is not by the agent over that checkpoint.',
    );
  await store.countersign(project, given.position, agent, given.signature);
}

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
