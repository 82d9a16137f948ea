import type { Actor } from '../../domain/actor.ts';
import { voidBecause } from '../../domain/approvals.ts';
import type {
  ApprovalEndView,
  CalendarView,
  ChangeWindowView,
  SoakEndView,
} from '../../domain/calendar/calendar-view.ts';
import { dayMs } from '../../domain/calendar/zone-clock.ts';
import { isLivePhase, livePhases } from '../../domain/change-request.ts';
import type { Environment } from '../../domain/environment.ts';
import { Failure } from '../../domain/failure.ts';
import { type EnvironmentName, later, type Instant } from '../../domain/ids.ts';
import type { ProjectFile } from '../../domain/project-file/types.ts';
import { rungOf } from '../../domain/pipeline.ts';
import { peopleOf } from '../../domain/roles.ts';
import type { Promotion } from '../../domain/promotion.ts';
import type { Reader } from '../../engine/store.ts';
import type { ControlPlane } from '../face.ts';
import {
  allEnvironments,
  anyRules,
  environmentIfThere,
  everyOne,
  exceptionsFor,
  rulesFor,
  waitingInto,
} from '../lookup.ts';
import type { Parts } from '../parts.ts';
import { approvalFacts } from '../promote/blockers/approvals.ts';
import { calendarOf, mayExceptIn } from '../promote/calendar.ts';
import { type AdmissionFacts, sourceOf } from '../promote/facts.ts';
import { admit } from '../promote/admit.ts';
import { factsOf, loadFacts } from '../promote/load.ts';
import { type CalendarRange, calendarView, type EnvironmentInCalendar } from './calendar-view.ts';
import { pictureOf } from './project-picture.ts';
import { releaseBelow } from './release-below.ts';

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
  const steps = Object.values(file.pipelines).flat();
  const places = new Map(steps.map(({ environment }, index) => [environment, index]));
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
    soaks: [...waiting.map(({ facts }) => facts), ...coming].flatMap((facts) => soakEnds(facts, now)),
    approvals: waiting.flatMap((one) => approvalEnds(one, now)),
    changes: await changesInto(tx, target),
  };
}

async function changesInto(tx: Reader, { project, id }: Environment): Promise<readonly ChangeWindowView[]> {
  const live = await everyOne(tx, project, 'change', { environment: id, phase: livePhases });
  return live.flatMap(({ value: { id: number, version, form, state } }) =>
    isLivePhase(state.phase) ? [{ id: number, release: version, ...form.window, state: state.phase }] : [],
  );
}

interface Waiting {
  readonly promotion: Promotion;
  readonly facts: AdmissionFacts;
}

async function waitingFor(tx: Reader, { project, id }: Environment): Promise<readonly Waiting[]> {
  const waiting: Waiting[] = [];
  for (const { value: promotion } of await waitingInto(tx, project, id)) {
    const facts = promotion.kind === 'promotion' ? await factsOf(tx, promotion) : null;
    if (facts !== null) waiting.push({ promotion, facts });
  }
  return waiting;
}

const nobody: Actor = { kind: 'automation', rule: 'calendar' };

/** What the rung before runs and nobody has asked for yet; at most one. */
async function comingFrom(
  tx: Reader,
  target: Environment,
  waiting: readonly Waiting[],
): Promise<readonly AdmissionFacts[]> {
  const previous = rungOf(await rulesFor(tx, target), target.name)?.before.at(-1);
  if (previous === undefined) return [];
  const source = await environmentIfThere(tx, target.project, previous.environment);
  if (source === null) return [];
  const release = await releaseBelow(tx, source.value, target);
  if (release === null || waiting.some(({ promotion }) => promotion.release === release.id)) return [];
  return [await loadFacts(tx, { kind: 'promotion', release, target, requester: nobody, promotion: null })];
}

function soakEnds(facts: AdmissionFacts, now: Instant): readonly SoakEndView[] {
  const source = sourceOf(facts);
  return admit(facts, now).blockers.flatMap(({ kind, earliest }) =>
    kind === 'soak' && earliest !== null && source !== null
      ? [{ release: facts.release.version, soaksIn: source.name, endsAt: earliest }]
      : [],
  );
}

/** Of those that count by themselves: none of another plan, and none that is void for any other reason. */
function approvalEnds({ promotion, facts }: Waiting, now: Instant): readonly ApprovalEndView[] {
  const asked = approvalFacts(facts, now);
  if (asked === null) return [];
  const { id, version, approvals } = promotion;
  return approvals
    .filter((one) => voidBecause(one, asked) === null)
    .map(({ by, at }) => ({
      release: version,
      promotion: id,
      by,
      endsAt: later(at, asked.policy.expireMs),
    }));
}
