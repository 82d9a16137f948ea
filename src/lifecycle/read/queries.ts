import type { Environment } from '../../domain/environment.ts';
import { type ChainedEvent, toldKinds } from '../../domain/event.ts';
import { Failure } from '../../domain/failure.ts';
import type { EnvironmentId, ProjectId, PromotionId, RolloutId, ServiceName } from '../../domain/ids.ts';
import { openPhases, type Promotion } from '../../domain/promotion.ts';
import type { Sample } from '../../domain/rollout/sample.ts';
import type { Filter, Reader, Records, RecordKind, Stored } from '../../engine/store.ts';
import { rungOf } from '../../domain/pipeline.ts';
import { peopleOf } from '../../domain/roles.ts';
import { rolesThatAdvance } from '../../domain/rollout/advance-by-person.ts';
import { agentSeen } from '../agent-seen.ts';
import type { ControlPlane, PageOf, PageQuery } from '../face.ts';
import type { Parts } from '../parts.ts';
import {
  allEnvironments,
  anyRules,
  environmentNamed,
  fileInForce,
  kept,
  liveRollout,
  releaseNamed,
  rulesFor,
} from '../lookup.ts';
import { considerPromotion } from '../promote/request.ts';
import { newestChange, viewOfChange } from '../promote/changes/look-up.ts';
import { factsOf } from '../promote/load.ts';
import type { EnvironmentView, EventView, PromotionView, RolloutView, WhyView } from '../views.ts';
import { environmentView } from './environment-view.ts';
import { pictureAround } from './environments-around.ts';
import { laddersOf } from './ladder-pages.ts';
import { promotionView } from './promotion-view.ts';
import { releaseView } from './release-view.ts';
import { waitingRules } from './rules-view.ts';
import { rolloutView } from './rollout-view.ts';
import { waiverViews } from './waiver-views.ts';

type Queries = Pick<
  ControlPlane,
  | 'projects'
  | 'project'
  | 'rules'
  | 'environments'
  | 'environment'
  | 'releases'
  | 'release'
  | 'promotions'
  | 'promotion'
  | 'rollout'
  | 'why'
  | 'waivers'
  | 'log'
  | 'eventsAfter'
  | 'eventView'
>;

/** What people read. Nothing here changes anything. */
export function createQueries(parts: Parts): Queries {
  const { store, clock } = parts;
  const read = <T>(work: (tx: Reader) => Promise<T>): Promise<T> => store.read(work);
  const names = createNames(parts);
  return {
    projects: async () => (await store.projects()).map(({ id, name }) => ({ id, name })),
    project: async (nameOrId) => {
      const found = (await store.projects()).find((one) => one.id === nameOrId || one.name === nameOrId);
      if (found !== undefined) return { id: found.id, name: found.name };
      throw new Failure('absent', 'project-unknown', `There is no project ${nameOrId}.`, {
        wayOut: 'See which there are: GET /api/v1/projects',
      });
    },
    rules: (project) => read((tx) => anyRules(tx, project)),
    environments: (project, query) => read((tx) => environmentsPage(tx, parts, project, query)),
    environment: (project, name) =>
      read(async (tx) => viewOfEnvironment(tx, (await environmentNamed(tx, project, name)).value, parts)),
    releases: (project, page) =>
      read(async (tx) => {
        const environments = await allEnvironments(tx, project);
        return pageOf(tx, project, 'release', {}, page, (release) => releaseView(release, environments));
      }),
    release: (project, versionOrId) =>
      read(async (tx) =>
        releaseView((await releaseNamed(tx, project, versionOrId)).value, await allEnvironments(tx, project)),
      ),
    promotions: (project, query) =>
      read(async (reader) => {
        const environment =
          query.environment === undefined
            ? undefined
            : (await environmentNamed(reader, project, query.environment)).value.id;
        const filter = { environment, phase: query.open === true ? openPhases : undefined };
        const page = await pageOf(reader, project, 'promotion', filter, query, (promotion) => promotion);
        const ids = [...new Set(page.items.map((one) => one.environment))];
        const { tx } = await pictureAround(reader, project, await anyRules(reader, project), { ids });
        return {
          ...page,
          items: await Promise.all(page.items.map((one) => viewOfPromotion(tx, parts, one))),
        };
      }),
    waivers: (project, release) => read((tx) => waiverViews(tx, project, release)),
    promotion: (project, id) =>
      read(async (tx) => viewOfPromotion(tx, parts, (await found(tx, project, 'promotion', id)).value)),
    rollout: (project, id) => read((tx) => viewOfRollout(tx, project, id)),
    why: (project, version, name, caller) =>
      read(async (tx) => {
        const release = (await releaseNamed(tx, project, version)).value;
        const target = (await environmentNamed(tx, project, name)).value;
        const open = await tx.list(project, 'promotion', { environment: target.id, phase: openPhases });
        const asked = open.items.find((one) => one.value.release === release.id)?.value ?? null;
        const change = await newestChange(tx, release, target);
        const around = {
          release: { id: release.id, version: release.version },
          environment: target.name,
          changeRequest: change === null ? null : await viewOfChange(tx, change),
          ...(await emergencyWayOf(tx, target)),
        };
        if (asked !== null) {
          const { admission, plan } = await viewOfPromotion(tx, parts, asked);
          return { ...around, admission, plan, promotion: asked.id };
        }
        const ask = { kind: 'promotion', release, target, requester: caller.actor, reason: '' } as const;
        const id = parts.newId() as PromotionId;
        const { admission, facts } = await considerPromotion(tx, ask, id, clock.now());
        return { ...around, admission, plan: facts.plan, promotion: null };
      }),
    log: async (project, query) => {
      const environment =
        query.environment === undefined ? undefined : await names.environmentId(project, query.environment);
      const limit = Math.min(query.limit ?? 50, 200);
      const kinds = query.all === true ? undefined : toldKinds;
      const filter = { environment, subject: query.subject, kinds };
      const events = await store.eventsBefore(project, query.before ?? null, limit, filter);
      const items = await Promise.all(events.map((event) => names.eventView(event)));
      const last = events.at(-1);
      return { items, next: last === undefined || events.length < limit ? null : String(last.position) };
    },
    eventsAfter: (project, position, limit) => store.events(project, position, limit),
    eventView: names.eventView,
  };
}

async function emergencyWayOf(tx: Reader, target: Environment): Promise<Pick<WhyView, 'emergencyWay'>> {
  const file = await rulesFor(tx, target);
  const policy = rungOf(file, target.name)?.step.emergency;
  if (policy === undefined) return {};
  return { emergencyWay: { from: peopleOf(file, policy.from), second: peopleOf(file, policy.second) } };
}

/** Environments by name and back, remembered: an environment's id never gets another name while it lives. */
function createNames({ store }: Parts) {
  const known = new Map<EnvironmentId, Environment['name']>();
  const nameOf = async (project: ProjectId, id: EnvironmentId): Promise<Environment['name'] | null> => {
    const cached = known.get(id);
    if (cached !== undefined) return cached;
    const environment = await store.read((tx) => tx.get(project, 'environment', id));
    if (environment !== undefined) known.set(id, environment.value.name);
    return environment?.value.name ?? null;
  };
  return {
    environmentId: async (project: ProjectId, name: string): Promise<EnvironmentId> =>
      (await store.read((tx) => environmentNamed(tx, project, name))).value.id,
    eventView: async (event: ChainedEvent): Promise<EventView> => ({
      position: event.position,
      at: event.at,
      kind: event.kind,
      actor: event.actor,
      environment: event.environment === null ? null : await nameOf(event.project, event.environment),
      subject: event.subject,
      message: event.message,
      payload: event.payload,
    }),
  };
}

export async function found<K extends 'promotion' | 'rollout' | 'environment'>(
  tx: Reader,
  project: ProjectId,
  kind: K,
  id: string,
): Promise<Stored<K>> {
  const stored = await tx.get(project, kind, id);
  if (stored !== undefined) return stored;
  throw new Failure('absent', `${kind}-unknown`, `There is no ${kind} ${id}.`, {
    wayOut: 'See what there is: rung status',
  });
}

async function pageOf<K extends RecordKind, T>(
  tx: Reader,
  project: ProjectId,
  kind: K,
  filter: Filter,
  { after, limit }: PageQuery,
  view: (value: Records[K]) => T | Promise<T>,
): Promise<PageOf<T>> {
  const page = await tx.list(project, kind, filter, { after, limit });
  return { items: await Promise.all(page.items.map((one) => view(one.value))), next: page.next };
}

async function environmentsPage(
  reader: Reader,
  parts: Parts,
  project: ProjectId,
  { search = '', after, limit = 50 }: Parameters<ControlPlane['environments']>[1],
): Promise<PageOf<EnvironmentView>> {
  const { file, unnamed } = await fileInForce(reader, project);
  const letters = search.trim().toLowerCase();
  const names = laddersOf(file, unnamed)
    .flatMap(({ rungs }) => rungs)
    .filter((name) => name.includes(letters));
  const start = Number(after ?? 0);
  const end = start + Math.min(limit, 200);
  const shown = names.slice(start, end);
  const { tx, byName } = await pictureAround(reader, project, file, { names: shown });
  const there = shown.flatMap((name) => byName.get(name) ?? []);
  const items = await Promise.all(there.map((one) => viewOfEnvironment(tx, one, parts)));
  return { items, next: end < names.length ? String(end) : null };
}

export async function viewOfEnvironment(
  tx: Reader,
  environment: Environment,
  { clock, agents }: Parts,
): Promise<EnvironmentView> {
  const { project } = environment;
  const now = clock.now();
  const file = await rulesFor(tx, environment);
  return environmentView({
    environment,
    observation: await kept(tx, project, 'observation', environment.id),
    agent: await kept(tx, project, 'agent', environment.agent),
    heardAt: agents.heardAt(environment.agent),
    live: (await liveRollout(tx, project, environment.id))?.value ?? null,
    alarms: await kept(tx, project, 'alarm', environment.id),
    now,
    services: Object.keys(file.services) as ServiceName[],
    waiting: await waitingRules(tx, environment, now),
  });
}

export async function viewOfPromotion(
  tx: Reader,
  { clock }: Parts,
  promotion: Promotion,
): Promise<PromotionView> {
  const facts = await factsOf(tx, promotion);
  if (facts !== null) return promotionView(promotion, facts, clock.now());
  throw new Failure(
    'absent',
    'promotion-homeless',
    'The release or the environment of this promotion is gone.',
  );
}

export const viewOfRollout = async (tx: Reader, project: ProjectId, id: RolloutId): Promise<RolloutView> =>
  showRollout(tx, (await found(tx, project, 'rollout', id)).value);

/** As given, which may be how it would stand and not how it is kept. */
export async function showRollout(tx: Reader, rollout: Records['rollout']): Promise<RolloutView> {
  const { project } = rollout;
  const [promotion, { value: environment }, observation, samples] = await Promise.all([
    found(tx, project, 'promotion', rollout.promotion),
    found(tx, project, 'environment', rollout.environment),
    kept(tx, project, 'observation', rollout.environment),
    samplesOf(tx, project, rollout),
  ]);
  return rolloutView({
    rollout,
    promotion: promotion.value,
    environment: environment.name,
    observation,
    held:
      rollout.state.phase !== 'held'
        ? null
        : {
            agent: await agentSeen(tx, rollout, environment),
            mayAdvance: rolesThatAdvance(await rulesFor(tx, environment), environment.name),
          },
    samples,
  });
}

/** For the curve, the latest are enough: 50 minutes at one in 5 s. It is read again with every new figure. */
const samplesShown = 600;

const samplesOf = (tx: Reader, project: ProjectId, rollout: Records['rollout']): Promise<readonly Sample[]> =>
  tx.samplesAfter(project, rollout.id, Math.max(0, rollout.lastSample - samplesShown), 2 * samplesShown);
