import { type ChangeRequest, formDigest } from '../../../../src/domain/change-request.ts';
import { gateName, type GateAnswer } from '../../../../src/domain/gate.ts';
import { rungOf } from '../../../../src/domain/pipeline.ts';
import type { GateSpec } from '../../../../src/domain/project-file/types.ts';
import { rolesAmong } from '../../../../src/domain/roles.ts';
import type { Commit } from '../plane/ledger.ts';
import type { World } from '../world.ts';
import { eachTime, type Invariant, type Watch } from './invariant.ts';
import { eachStart, type Start } from './starts.ts';

type Spec<K extends GateSpec['kind']> = Extract<GateSpec, { kind: K }>;

/** Going back and emergencies pass no gates. */
const isOrdinary = ({ promotion: { kind, emergency } }: Start): boolean =>
  kind === 'promotion' && emergency === undefined;

const stepOf = ({ file, environment }: Start) => rungOf(file, environment);

const answerOf = ({ promotion }: Start, spec: GateSpec): GateAnswer | undefined =>
  promotion.gates?.find(({ gate }) => gate === gateName(spec));

/** What is wrong with a start past a gate of a kind, where nobody waived it. */
const pastGate = <K extends GateSpec['kind']>(
  kind: K,
  problem: (spec: Spec<K>, start: Start, commit: Commit, world: World) => string | null,
): (() => Watch) =>
  eachTime({
    commit: eachStart((start, commit, world) => {
      if (!isOrdinary(start)) return null;
      for (const spec of stepOf(start)?.step.gates ?? []) {
        if (spec.kind !== kind || answerOf(start, spec)?.state === 'waived') continue;
        const found = problem(spec as Spec<K>, start, commit, world);
        if (found !== null) return found;
      }
      return null;
    }),
  });

const treeOf = ({ promotion }: Start, { ledger }: World): string | undefined =>
  ledger.get('release', promotion.release)?.manifest.tree;

function alarmed(start: Start, { ledger }: World): string | null {
  const before = stepOf(start)?.before.at(-1)?.environment;
  const places = ledger
    .all('environment')
    .filter(({ name }) => name === start.environment || name === before);
  for (const { id, name, spec } of places) {
    const record = ledger.get('alarm', id);
    const firing = record?.alarms.find(({ state }) => state === 'firing');
    if (firing !== undefined) return `${firing.name} fires in ${name}`;
    const isAway = record?.sources.some(({ away }) => away !== null) === true;
    if (spec.alarms !== undefined && (record === undefined || isAway)) return `nobody looks at ${name}`;
  }
  return null;
}

function notAnswered({ name }: Spec<'webhook'>, start: Start, world: World): string | null {
  const question = world.ledger
    .all('question')
    .find(
      ({ gate, tree, environment }) =>
        gate === name && tree === treeOf(start, world) && environment === start.promotion.environment,
    );
  const isYes = question?.state.phase === 'answered' && question.state.answer.verdict === 'pass';
  return isYes ? null : `${name} has not said yes`;
}

/** As it stood before the start, which makes it one that is carried out. */
function notAgreed({ from }: Spec<'change-request'>, { event, promotion, file }: Start, { puts }: Commit) {
  const put = puts.find(({ kind, id }) => kind === 'change' && id === promotion.change);
  if (put?.before === undefined) return 'it carries out no change request';
  const change = put.before as ChangeRequest;
  const { window } = change.form;
  if (event.at < window.from || event.at >= window.to) return `${change.id} is for another time`;
  const agreed = change.approvals.some(
    ({ form, by }) =>
      form === formDigest(change) &&
      by !== idOf(change.requestedBy) &&
      by !== idOf(change.editedBy) &&
      !(change.writtenBefore ?? []).includes(by) &&
      rolesAmong(file, by, from).length > 0,
  );
  return agreed ? null : `nobody has approved what ${change.id} says`;
}

const idOf = (actor: ChangeRequest['editedBy']) => (actor?.kind === 'person' ? actor.id : null);

/** Read by another way than the product reads it; the files of histories write no other. */
const hoursText = /^Mon-Sun (\d\d):00-(\d\d):00 UTC$/;

function closed(start: Start, { ledger }: World): string | null {
  const { event, promotion, file } = start;
  const windows = ledger.get('environment', promotion.environment)?.spec.windows ?? [];
  const hour = new Date(event.at).getUTCHours();
  const isOpen = windows.some((text) => {
    const [, from, to] = hoursText.exec(text) ?? [];
    return hour >= Number(from) && hour < Number(to);
  });
  if (!isOrdinary(start) || windows.length === 0 || isOpen) return null;
  const made = promotion.exception && ledger.get('exception', promotion.exception.id);
  if (made === undefined) return `it is closed at ${hour}`;
  if (made.revoked !== null) return 'its exception was revoked';
  if (event.at < made.from || event.at >= made.to) return 'its exception is for another time';
  const isTheirs = rolesAmong(file, made.by, stepOf(start)?.step.waive ?? []).length > 0;
  return isTheirs ? null : `${made.by} may make no exception`;
}

function waivedByNobody(start: Start, world: World): string | null {
  if (!isOrdinary(start)) return null;
  for (const { gate, state, waiver } of start.promotion.gates ?? []) {
    if (state !== 'waived') continue;
    const made = waiver === null ? undefined : world.ledger.get('waiver', waiver.id);
    const isOfThis =
      made?.gate === gate &&
      made.tree === treeOf(start, world) &&
      made.environment === start.promotion.environment;
    if (made === undefined || !isOfThis) return `nobody waived ${gate} for it`;
    if (rolesAmong(start.file, made.by, stepOf(start)?.step.waive ?? []).length === 0)
      return `${made.by} may not waive ${gate}`;
  }
  return null;
}

/** How long the release was what the environment ran last, up to an event; by what the log says. */
function ranMs(start: Start, { ledger }: World): number {
  const before = stepOf(start)?.before.at(-1)?.environment;
  const source = ledger.all('environment').find(({ name }) => name === before)?.id;
  const ends = ledger.events.filter(
    ({ kind, environment, payload }) =>
      environment === source &&
      (kind === 'promotion.succeeded' || (kind === 'promotion.superseded' && payload['percent'] === 100)),
  );
  return ends.reduce((sum, { at, payload }, index) => {
    const until = ends[index + 1]?.at ?? start.event.at;
    return payload['release'] === start.promotion.release ? sum + Math.max(0, until - at) : sum;
  }, 0);
}

export const ofGates: readonly Invariant[] = [
  {
    id: 'no-start-in-alarm',
    sentence:
      'Where alarms are asked for, nothing goes on while one fires where it comes from or where it goes, nor while nobody looks.',
    begin: pastGate('alarms', (_, start, __, world) => alarmed(start, world)),
  },
  {
    id: 'asked-said-yes',
    sentence: 'Where a program is asked, nothing goes on before that program has said yes to that very tree.',
    begin: pastGate('webhook', (spec, start, _, world) => notAnswered(spec, start, world)),
  },
  {
    id: 'change-agreed',
    sentence:
      'Where a change request is asked for, nothing goes on but within its time, and as approved in its very words by somebody who did not write them.',
    begin: pastGate('change-request', (spec, start, commit) => notAgreed(spec, start, commit)),
  },
  {
    id: 'open-hours',
    sentence:
      'Nothing goes into an environment outside of its hours, unless by an exception that stands: made by somebody who may, and not revoked.',
    begin: eachTime({ commit: eachStart((start, _, world) => closed(start, world)) }),
  },
  {
    id: 'waived-by-name',
    sentence: 'A gate is waived for that very tree and environment alone, by somebody who may.',
    begin: eachTime({ commit: eachStart((start, _, world) => waivedByNobody(start, world)) }),
  },
  {
    id: 'soaked',
    sentence: 'Nothing goes on before it has run for as long as is asked for in the environment before.',
    begin: pastGate('soak', ({ forMs }, start, _, world) => {
      const ms = ranMs(start, world);
      return ms >= forMs ? null : `it ran for ${ms} of ${forMs} ms`;
    }),
  },
];
