import type { Actor } from '../../domain/actor.ts';
import type {
  ApprovalEndView,
  CalendarView,
  ChangeWindowView,
  SoakEndView,
} from '../../domain/calendar/calendar-view.ts';
import { dayMs } from '../../domain/calendar/zone-clock.ts';
import { isLivePhase, livePhases } from '../../domain/change-request.ts';
import { releaseIn, type Environment } from '../../domain/environment.ts';
import { Failure } from '../../domain/failure.ts';
import { type EnvironmentName, instant, later, type Instant } from '../../domain/ids.ts';
import type { ProjectFile } from '../../domain/project-file/types.ts';
import { rungOf } from '../../domain/pipeline.ts';
import { peopleOf } from '../../domain/roles.ts';
import type { Promotion } from '../../domain/promotion.ts';
import type { Reader } from '../../engine/store.ts';
import type { ControlPlane } from '../face.ts';
import { allEnvironments, anyRules, environmentNamed, everyOne, exceptionsFor, rulesFor } from '../lookup.ts';
import type { Parts } from '../parts.ts';
import { calendarOf, mayExceptIn } from '../promote/calendar.ts';
import { type AdmissionFacts, sourceOf } from '../promote/facts.ts';
import { admit } from '../promote/admit.ts';
import { factsOf, loadFacts } from '../promote/load.ts';
import { type CalendarRange, calendarView, type EnvironmentInCalendar } from './calendar-view.ts';
import { pictureOf } from './project-picture.ts';

const longestDays = 100;

/** When each environment may be gone into, and what ends when; the coming four weeks unless told otherwise. */
export const createCalendar = ({ store, clock }: Parts): Pick<ControlPlane, 'calendar'> => ({
  calendar: (project, { from, to }) =>
    store.read(async (reader): Promise<CalendarView> => {
      const tx = pictureOf(reader, project);
      const now = clock.now();
      const start = from ?? later(now, -dayMs);
      const range = fitting({ from: start, to: to ?? later(start, 30 * dayMs) });
      const environments = inOrder(await anyRules(tx, project), await allEnvironments(tx, project));
      const all: EnvironmentInCalendar[] = [];
      for (const environment of environments) all.push(await inCalendar(tx, environment, now));
      return calendarView(all, range, now);
    }),
});

/** In the order of the pipelines; those that are in none come last. */
function inOrder<T extends { readonly name: EnvironmentName }>(
  file: ProjectFile,
  environments: readonly T[],
): readonly T[] {
  const places = new Map<EnvironmentName, number>();
  for (const { environment } of Object.values(file.pipelines).flat())
    if (!places.has(environment)) places.set(environment, places.size);
  const place = ({ name }: T): number => places.get(name) ?? places.size;
  return environments.toSorted((left, right) => place(left) - place(right));
}

function fitting(range: CalendarRange): CalendarRange {
  const days = (range.to - range.from) / dayMs;
  if (days > 0 && days <= longestDays) return range;
  throw new Failure(
    'invalid',
    'calendar-range',
    days > 0 ? 'That is more than can be shown at once.' : 'The calendar would end before it starts.',
    { wayOut: `Ask for up to ${longestDays} days: from, and a later to.` },
  );
}

async function inCalendar(tx: Reader, target: Environment, now: Instant): Promise<EnvironmentInCalendar> {
  const file = await rulesFor(tx, target);
  const rung = rungOf(file, target.name);
  const exceptions = await exceptionsFor(tx, target);
  const waiting = await waitingFor(tx, target);
  const coming = await comingFrom(tx, target, waiting);
  return {
    environment: target.name,
    calendar: calendarOf({ file, rung, target, exceptions }),
    mayExcept: peopleOf(file, mayExceptIn({ rung })),
    soaks: [...waiting, ...coming].flatMap((facts) => soakEnd(facts, now)),
    approvals: waiting.flatMap((facts) => approvalEnds(facts, now)),
    changes: await changesInto(tx, target),
  };
}

async function changesInto(tx: Reader, { project, id }: Environment): Promise<readonly ChangeWindowView[]> {
  const live = await everyOne(tx, project, 'change', { environment: id, phase: livePhases });
  return live.flatMap(({ value: { id: number, version, form, state } }) =>
    isLivePhase(state.phase) ? [{ id: number, release: version, ...form.window, state: state.phase }] : [],
  );
}

async function waitingFor(tx: Reader, { project, id }: Environment): Promise<readonly AdmissionFacts[]> {
  const filter = { environment: id, phase: ['waiting'] };
  const facts: AdmissionFacts[] = [];
  for (const { value } of await everyOne(tx, project, 'promotion', filter)) {
    const found = value.kind === 'promotion' ? await factsOf(tx, value) : null;
    if (found !== null) facts.push(found);
  }
  return facts;
}

const nobody: Actor = { kind: 'automation', rule: 'calendar' };

/** What the rung before runs and nobody has asked for yet; at most one. */
async function comingFrom(
  tx: Reader,
  target: Environment,
  waiting: readonly AdmissionFacts[],
): Promise<readonly AdmissionFacts[]> {
  const previous = rungOf(await rulesFor(tx, target), target.name)?.before.at(-1);
  if (previous === undefined) return [];
  const source = (await environmentNamed(tx, target.project, previous.environment)).value;
  const id = releaseIn(source);
  if (id === null || id === releaseIn(target) || waiting.some(({ release }) => release.id === id)) return [];
  const release = await tx.get(target.project, 'release', id);
  if (release === undefined) return [];
  const ask = {
    kind: 'promotion',
    release: release.value,
    target,
    requester: nobody,
    promotion: null,
  } as const;
  return [await loadFacts(tx, ask)];
}

function soakEnd(facts: AdmissionFacts, now: Instant): readonly SoakEndView[] {
  const blocker = admit(facts, now).blockers.find(({ kind }) => kind === 'soak');
  const source = sourceOf(facts);
  if (blocker === undefined || blocker.earliest === null || source === null) return [];
  return [{ release: facts.release.version, soaksIn: source.name, endsAt: blocker.earliest }];
}

function approvalEnds({ promotion, rung, plan }: AdmissionFacts, now: Instant): readonly ApprovalEndView[] {
  const expireMs = rung?.step.approvals?.expireMs;
  if (promotion === null || expireMs === undefined) return [];
  const { id, version, approvals }: Promotion = promotion;
  return approvals
    .filter(({ planHash, at }) => planHash === plan.hash && at + expireMs > now)
    .map(({ by, at }) => ({ release: version, promotion: id, by, endsAt: instant(at + expireMs) }));
}
