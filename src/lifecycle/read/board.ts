import type { Instant, ProjectId } from '../../domain/ids.ts';
import { isSamePerson } from '../../domain/emergency.ts';
import { toldKinds } from '../../domain/event.ts';
import type { ProjectFile } from '../../domain/project-file/types.ts';
import { rolesOf } from '../../domain/roles.ts';
import type { Reader } from '../../engine/store.ts';
import type { BoardQuery, Caller, ControlPlane } from '../face.ts';
import { fileInForce } from '../lookup.ts';
import type { Parts } from '../parts.ts';
import type { BoardView, PromotionView, ViewerView } from '../views.ts';
import { openPromotions, placesOf, readAttention, weakenedViews } from './attention.ts';
import { boardPage } from './board-page.ts';
import { pictureAround } from './environments-around.ts';
import { viewOfEnvironment, viewOfPromotion, viewOfRollout } from './queries.ts';
import { rungsBelow, waysOf } from './ways.ts';

/** A page of the board as of one position of the log, and what wants attention whatever page it is on. */
export async function readBoard(
  parts: Parts,
  eventView: ControlPlane['eventView'],
  project: ProjectId,
  caller: Caller,
  query: BoardQuery,
): Promise<BoardView> {
  const { store } = parts;
  const head = await store.head(project);
  const recent = await store.eventsBefore(project, null, 25, { kinds: toldKinds });
  const recentViews = await Promise.all(recent.map((event) => eventView(event)));
  return store.read(async (reader) => ({
    position: head.position,
    recent: recentViews,
    ...(await boardIn(reader, parts, project, caller, query)),
  }));
}

async function boardIn(
  reader: Reader,
  parts: Parts,
  project: ProjectId,
  caller: Caller,
  query: BoardQuery,
): Promise<Omit<BoardView, 'position' | 'recent'>> {
  const now = parts.clock.now();
  const inForce = await fileInForce(reader, project);
  const { file } = inForce;
  const { ladders, view: page } = boardPage(inForce, query);
  const names = ladders.flatMap(({ rungs }) => rungs);
  const below = ladders.flatMap((ladder) => [...rungsBelow(file, ladder).values()]);
  const attention = await readAttention(reader, project);
  const { tx, byName } = await pictureAround(reader, project, file, {
    names: [...names, ...below],
    ids: placesOf(attention),
  });
  const shown = names.flatMap((name) => byName.get(name) ?? []);
  const environments = await Promise.all(shown.map((one) => viewOfEnvironment(tx, one, parts)));
  const open = await openPromotions(tx, project, attention.promotions, shown);
  const promotions = await Promise.all(open.map((one) => viewOfPromotion(tx, parts, one)));
  const rollouts = environments.flatMap((one) => (one.rollout === null ? [] : [one.rollout]));
  const shownRollouts = new Set([...rollouts, ...attention.rollouts.map(({ id }) => id)]);
  return {
    project: { id: project, name: await nameOf(tx, project, file) },
    now,
    page,
    pipelines: ladders.flatMap(({ pipeline, rungs }) =>
      pipeline === null ? [] : [{ name: pipeline, rungs }],
    ),
    environments,
    ways: await waysOf(tx, parts, ladders, { file, environments: byName, promotions, caller }),
    rollouts: await Promise.all([...shownRollouts].map((id) => viewOfRollout(tx, project, id))),
    promotions,
    asked: promotions.filter((one) => isAsked(one, file, caller, now)).map((one) => one.id),
    weakened: await weakenedViews(tx, project, attention.weakened, now),
    viewer: viewerOf(file, caller),
  };
}

const nameOf = async (tx: Reader, project: ProjectId, file: ProjectFile): Promise<string> =>
  (await tx.get(project, 'project', project))?.value.name ?? file.project;

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
  if (person === null || blocker?.liftedBy.kind !== 'people') return false;
  // Whoever acts as the second person is the first one still.
  if (blocker.kind === 'emergency' && isSamePerson(actor, promotion.requestedBy)) return false;
  return (
    now >= promotion.requestedAt &&
    blocker.liftedBy.members.includes(person) &&
    rolesOf(file, person).length > 0
  );
}

/** Whom one may act as, who lets people sign in knows. */
function viewerOf(file: ProjectFile, { person, actor }: Caller): ViewerView {
  const id = actor.kind === 'person' ? (actor.actingFrom ?? actor.id) : ('' as ViewerView['id']);
  return {
    id,
    roles: person === null ? [] : rolesOf(file, person),
    actingAs: actor.kind === 'person' && actor.actingFrom !== undefined ? actor.id : null,
    mayActAs: [],
  };
}
