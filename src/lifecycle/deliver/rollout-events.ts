import type { Actor } from '../../domain/actor.ts';
import { actorName } from '../../domain/actor.ts';
import type { Environment } from '../../domain/environment.ts';
import type { EventKind, NewEvent } from '../../domain/event.ts';
import type { Instant } from '../../domain/ids.ts';
import type { Promotion } from '../../domain/promotion.ts';
import type { Release } from '../../domain/release.ts';
import {
  type AdvanceByPerson,
  type HoldReason,
  type Rollout,
  wantedPercent,
} from '../../domain/rollout/types.ts';
import { spanText } from '../../domain/wording.ts';
import { takeBackText } from './consequences.ts';

const judgeActor: Actor = { kind: 'automation', rule: 'rollout judge' };

interface Told {
  readonly kind: EventKind;
  readonly message: string;
}

export interface Around {
  readonly environment: Environment;
  readonly promotion: Promotion;
  readonly release: { readonly before: Release; readonly after: Release };
}

/** What a change of phase is told as, for the log, the stream and the notifications. */
export function rolloutEvents(
  before: Rollout,
  after: Rollout,
  around: Around,
  now: Instant,
  actor: Actor = judgeActor,
  note = '',
): readonly NewEvent[] {
  if (before.state === after.state || isStillWatched(before, after)) return [];
  const common = { project: after.project, at: now, actor, environment: after.environment };
  const phase: NewEvent = {
    ...common,
    ...withNote(tell(before, after, around), actor, note),
    subject: `rollout/${after.id}`,
    payload: { ...payloadOf(after, around.promotion), ...(note === '' ? {} : { note }) },
  };
  const told = [...advancedEvents(before, after, around, common), phase];
  const { release } = around;
  if (release.before.mark !== null || release.after.mark === null) return told;
  const marked: NewEvent = {
    ...common,
    kind: 'release.marked',
    subject: `release/${release.after.id}`,
    message: `${release.after.version} is marked; nothing tries it again until a person says so`,
    payload: { mark: release.after.mark },
  };
  return [...told, marked];
}

/** The wall clock was set, and the watch now ends at another hour: nothing was decided. */
const isStillWatched = (before: Rollout, after: Rollout): boolean =>
  before.state.phase === 'watching' && after.state.phase === 'watching';

const withNote = (told: Told, actor: Actor, note: string): Told =>
  note === '' ? told : { ...told, message: `${told.message}. ${actorName(actor)} resumed it: ${note}` };

/** Who answered for thin evidence stands in the log by name, beside what the evidence said. */
function advancedEvents(
  before: Rollout,
  after: Rollout,
  { environment, promotion }: Around,
  common: Pick<NewEvent, 'project' | 'at' | 'actor' | 'environment'>,
): readonly NewEvent[] {
  const word = after.advances?.at(-1);
  if (word === undefined || after.advances?.length === before.advances?.length) return [];
  const event: NewEvent = {
    ...common,
    kind: 'rollout.advanced',
    subject: `rollout/${after.id}`,
    message: `${actorName(word.by)} promoted ${promotion.version} in ${environment.name} on thin evidence, ${wayOf(word)}: ${word.reason}. It was held: ${holdText(word.despite)}`,
    payload: {
      ...word,
      promotion: promotion.id,
      release: promotion.release,
      version: promotion.version,
      ...evidenceOf(before),
    },
  };
  return [event];
}

const wayOf = ({ fromPercent, toPercent }: AdvanceByPerson): string =>
  fromPercent === toPercent ? `at ${toPercent} %` : `from ${fromPercent} % to ${toPercent} %`;

const evidenceOf = ({ judgement }: Rollout): NewEvent['payload'] =>
  judgement === null ? {} : { figures: judgement.services, exposureMs: judgement.exposureMs };

function payloadOf(after: Rollout, promotion: Promotion): NewEvent['payload'] {
  return {
    phase: after.state.phase,
    percent: wantedPercent(after),
    // To judge it once more: what is decided here was decided of the samples up to this one.
    sample: after.lastSample,
    generation: after.generation,
    promotion: promotion.id,
    release: promotion.release,
    version: promotion.version,
    ...('reason' in after.state ? { reason: after.state.reason } : {}),
    ...evidenceOf(after),
  };
}

function tell(before: Rollout, after: Rollout, { environment, promotion }: Around): Told {
  const { state } = after;
  const what = `${promotion.version} in ${environment.name}`;
  const goesOn: EventKind = before.state.phase === 'held' ? 'rollout.resumed' : 'rollout.phase';
  switch (state.phase) {
    case 'preflight':
      return { kind: goesOn, message: `${what}: starting beside what runs, at 0 %` };
    case 'canary':
      return { kind: goesOn, message: `${what}: canary takes ${wantedPercent(after)} % of the traffic` };
    case 'promoting':
      return {
        kind: goesOn,
        message: after.policy === null ? `${what}: switched over, all at once` : `${what}: promoted to 100 %`,
      };
    case 'watching':
      return {
        kind: goesOn,
        message: `${what}: serves 100 % and is watched for ${spanText(state.until - state.since)}`,
      };
    case 'held':
      return {
        kind: 'rollout.held',
        message: `${what}: held at ${state.percent} %: ${holdText(state.reason)}`,
      };
    case 'rolling back':
      return { kind: 'rollout.taken-back', message: `${what}: taken back. ${takeBackText(state.reason)}` };
    case 'rolled back':
      return {
        kind: 'promotion.rolled-back',
        message: `${what}: rolled back; the previous version serves 100 %`,
      };
    case 'rollback failed':
      return {
        kind: 'promotion.failed',
        message: `${what}: ROLLBACK FAILED, somebody has to look. ${state.detail}`,
      };
    case 'succeeded':
      return { kind: 'promotion.succeeded', message: succeededText(before, after, promotion, environment) };
    case 'superseded':
      return { kind: 'promotion.superseded', message: `${what}: superseded` };
  }
}

function succeededText(
  before: Rollout,
  after: Rollout,
  promotion: Promotion,
  environment: Environment,
): string {
  if (promotion.kind === 'rollback')
    return `${environment.name} is back on ${promotion.version} (${after.services.map((one) => one.service).join(', ')})`;
  const { state } = before;
  const runs = `${environment.name} runs ${promotion.version}`;
  if (state.phase !== 'watching') return runs;
  const watchMs = state.until - state.since;
  const seenMs = Math.min(watchMs, before.sampledMs);
  return `${runs}; ${spanText(seenMs)} of ${spanText(watchMs)} of watching were measured`;
}

/** Why a rollout is held, as a phrase. */
export function holdText(reason: HoldReason): string {
  switch (reason.kind) {
    case 'person':
      return `${actorName(reason.by)} paused it${reason.note === '' ? '' : `: ${reason.note}`}`;
    case 'judge lost':
      return 'judge lost: nothing was heard of who judges for as long as the lease; where nobody judges, the gateway puts all traffic on the stable version';
    case 'insufficient evidence':
      return `insufficient evidence: ${reason.detail}`;
    case 'rule':
      return reason.detail;
  }
}
