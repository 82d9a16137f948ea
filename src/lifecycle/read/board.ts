import type { EnvironmentName, Instant, ProjectId, PromotionId } from '../../domain/ids.ts';
import { isSamePerson } from '../../domain/emergency.ts';
import { isOpen, openPhases } from '../../domain/promotion.ts';
import { allMembers, rolesOf } from '../../domain/roles.ts';
import { releaseIn, type Environment } from '../../domain/environment.ts';
import { toldKinds } from '../../domain/event.ts';
import type { ProjectFile } from '../../domain/project-file/types.ts';
import type { Reader } from '../../engine/store.ts';
import type { Caller, ControlPlane } from '../face.ts';
import { allEnvironments, anyRules } from '../lookup.ts';
import type { Parts } from '../parts.ts';
import { considerPromotion } from '../promote/request.ts';
import type { BoardView, PromotionView, ViewerView, WayView } from '../views.ts';
import { pictureOf } from './project-picture.ts';
import { environmentViews, viewOfPromotion, viewOfRollout } from './queries.ts';
import { wayStanding } from './way-view.ts';

/** The whole board in one answer, as of one position of the log. */
export async function readBoard(
  parts: Parts,
  eventView: ControlPlane['eventView'],
  project: ProjectId,
  caller: Caller,
): Promise<BoardView> {
  const { store, clock } = parts;
  const head = await store.head(project);
  const recent = await store.eventsBefore(project, null, 25, { kinds: toldKinds });
  const recentViews = await Promise.all(recent.map((event) => eventView(event)));
  return store.read(async (reader) => {
    const tx = pictureOf(reader, project);
    const now = clock.now();
    const file = await anyRules(tx, project);
    const environments = await environmentViews(tx, project, parts);
    const promotions = await openPromotions(tx, parts, project);
    const rollouts = environments.flatMap((one) => (one.rollout === null ? [] : [one.rollout]));
    const last = await lastRollouts(tx, project);
    const name = (await tx.get(project, 'project', project))?.value.name ?? file.project;
    return {
      project: { id: project, name },
      now,
      position: head.position,
      pipelines: Object.entries(file.pipelines).map(([pipeline, steps]) => ({
        name: pipeline,
        rungs: steps.map((step) => step.environment),
      })),
      environments: inOrder(file, environments),
      ways: await waysOf(tx, parts, project, file, promotions, caller),
      rollouts: await Promise.all(
        [...new Set([...rollouts, ...last])].map((id) => viewOfRollout(tx, project, id)),
      ),
      promotions,
      asked: promotions.filter((one) => isAsked(one, file, caller, now)).map((one) => one.id),
      viewer: viewerOf(file, caller),
      recent: recentViews,
    };
  });
}

/** Live ones are shown anyway; the newest that ended is shown with its outcome. */
async function lastRollouts(tx: Reader, project: ProjectId) {
  const ended = await tx.list(project, 'rollout', {}, { limit: 10 });
  const last = ended.items.map((one) => one.value).find((one) => one.policy !== null);
  return last === undefined ? [] : [last.id];
}

/** In the order of the pipelines; those that are in none come last. */
export function inOrder<T extends { readonly name: EnvironmentName }>(
  file: ProjectFile,
  environments: readonly T[],
): readonly T[] {
  const places = new Map<EnvironmentName, number>();
  for (const { environment } of Object.values(file.pipelines).flat())
    if (!places.has(environment)) places.set(environment, places.size);
  const place = ({ name }: T): number => places.get(name) ?? places.size;
  return environments.toSorted((left, right) => place(left) - place(right));
}

async function openPromotions(
  tx: Reader,
  parts: Parts,
  project: ProjectId,
): Promise<readonly PromotionView[]> {
  const open = await tx.list(project, 'promotion', { phase: openPhases }, { limit: 50 });
  return Promise.all(
    open.items
      .map((one) => one.value)
      .filter(isOpen)
      .map((one) => viewOfPromotion(tx, parts, one)),
  );
}

async function waysOf(
  tx: Reader,
  parts: Parts,
  project: ProjectId,
  file: ProjectFile,
  promotions: readonly PromotionView[],
  caller: Caller,
): Promise<readonly WayView[]> {
  const byName = new Map((await allEnvironments(tx, project)).map((one) => [one.name, one]));
  const ways: WayView[] = [];
  for (const [pipeline, steps] of Object.entries(file.pipelines))
    for (const [index, step] of steps.entries()) {
      const from = byName.get(steps[index - 1]?.environment ?? ('' as EnvironmentName));
      const to = byName.get(step.environment);
      if (from !== undefined && to !== undefined)
        ways.push(await wayOf(tx, parts, pipeline, from, to, promotions, caller));
    }
  return ways;
}

async function wayOf(
  tx: Reader,
  parts: Parts,
  pipeline: string,
  from: Environment,
  to: Environment,
  promotions: readonly PromotionView[],
  caller: Caller,
): Promise<WayView> {
  const now = parts.clock.now();
  const open = promotions.find((one) => one.environment === to.name && one.kind === 'promotion');
  const common = { pipeline, from: from.name, to: to.name };
  if (open !== undefined) {
    const standing = wayStanding(open.admission, open.state.phase, now);
    return { ...common, release: open.release, promotion: open.id, admission: open.admission, ...standing };
  }
  const id = releaseIn(from);
  const release = id === null || id === releaseIn(to) ? undefined : await tx.get(to.project, 'release', id);
  if (release === undefined)
    return {
      ...common,
      release: null,
      promotion: null,
      admission: null,
      ...wayStanding(null, null, now),
    };
  const ask = {
    kind: 'promotion',
    release: release.value,
    target: to,
    requester: caller.actor,
    reason: '',
  } as const;
  const { admission } = await considerPromotion(tx, ask, '' as PromotionId, now);
  return {
    ...common,
    release: { id: release.value.id, version: release.value.version },
    promotion: null,
    admission,
    ...wayStanding(admission, null, now),
  };
}

/** Whether this viewer's approval would count and is still missing. */
function isAsked(
  promotion: PromotionView,
  file: ProjectFile,
  { person, actor }: Caller,
  now: Instant,
): boolean {
  const blocker = promotion.admission.blockers.find(
    (one) => one.kind === 'approvals' || one.kind === 'emergency',
  );
  if (person === null || blocker?.liftedBy.kind !== 'people' || promotion.state.phase !== 'waiting')
    return false;
  // Whoever acts as the second person is the first one still.
  if (blocker.kind === 'emergency' && isSamePerson(actor, promotion.requestedBy)) return false;
  return (
    now >= promotion.requestedAt &&
    blocker.liftedBy.members.includes(person) &&
    rolesOf(file, person).length > 0
  );
}

export function viewerOf(file: ProjectFile, { person, actor }: Caller): ViewerView {
  const id = actor.kind === 'person' ? (actor.actingFrom ?? actor.id) : ('' as ViewerView['id']);
  return {
    id,
    roles: person === null ? [] : rolesOf(file, person),
    actingAs: actor.kind === 'person' && actor.actingFrom !== undefined ? actor.id : null,
    mayActAs: allMembers(file).map((member) => ({ id: member, roles: rolesOf(file, member) })),
  };
}
