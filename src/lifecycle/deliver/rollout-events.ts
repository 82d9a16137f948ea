import type { Actor } from '../../domain/actor.ts';
import { actorName } from '../../domain/actor.ts';
import type { Environment } from '../../domain/environment.ts';
import type { EventKind, NewEvent } from '../../domain/event.ts';
import type { Instant } from '../../domain/ids.ts';
import type { Promotion } from '../../domain/promotion.ts';
import { type HoldReason, type Rollout, wantedPercent } from '../../domain/rollout/types.ts';
import { spanText } from '../../domain/wording.ts';
import { takeBackText } from './consequences.ts';

const judgeActor: Actor = { kind: 'automation', rule: 'rollout judge' };

interface Told {
  readonly kind: EventKind;
  readonly message: string;
}

/** What a change of phase is told as: one event for the log, the stream and the notifications. */
export function rolloutEvents(
  before: Rollout,
  after: Rollout,
  around: { readonly environment: Environment; readonly promotion: Promotion },
  now: Instant,
  actor: Actor = judgeActor,
): readonly NewEvent[] {
  if (before.state === after.state) return [];
  const told = tell(after, around);
  return told.map((one) => ({
    project: after.project,
    kind: one.kind,
    at: now,
    actor,
    environment: after.environment,
    subject: `rollout/${after.id}`,
    message: one.message,
    payload: payloadOf(after, around.promotion),
  }));
}

function payloadOf(after: Rollout, promotion: Promotion): NewEvent['payload'] {
  return {
    phase: after.state.phase,
    percent: wantedPercent(after),
    generation: after.generation,
    promotion: promotion.id,
    release: promotion.release,
    version: promotion.version,
    ...('reason' in after.state ? { reason: after.state.reason } : {}),
    ...(after.judgement === null
      ? {}
      : { figures: after.judgement.services, exposureMs: after.judgement.exposureMs }),
  };
}

function tell(
  after: Rollout,
  { environment, promotion }: { environment: Environment; promotion: Promotion },
): readonly Told[] {
  const { state } = after;
  const what = `${promotion.version} in ${environment.name}`;
  const phase = (message: string): readonly Told[] => [{ kind: 'rollout.phase', message }];
  switch (state.phase) {
    case 'preflight':
      return phase(`${what}: starting beside what runs, at 0 %`);
    case 'canary':
      return phase(`${what}: canary takes ${wantedPercent(after)} % of the traffic`);
    case 'promoting':
      return phase(
        after.policy === null ? `${what}: switched over, all at once` : `${what}: promoted to 100 %`,
      );
    case 'watching':
      return phase(`${what}: serves 100 % and is watched for ${spanText(state.until - state.since)}`);
    case 'held':
      return [
        { kind: 'rollout.held', message: `${what}: held at ${state.percent} %: ${holdText(state.reason)}` },
      ];
    case 'rolling back':
      return [
        { kind: 'rollout.taken-back', message: `${what}: taken back. ${takeBackText(state.reason)}` },
        {
          kind: 'release.marked',
          message: `${promotion.version} is marked; nothing tries it again until a person says so`,
        },
      ];
    case 'rolled back':
      return [
        { kind: 'promotion.rolled-back', message: `${what}: rolled back; the previous version serves 100 %` },
      ];
    case 'rollback failed':
      return [
        {
          kind: 'promotion.failed',
          message: `${what}: ROLLBACK FAILED, somebody has to look. ${state.detail}`,
        },
      ];
    case 'succeeded':
      return [{ kind: 'promotion.succeeded', message: succeededText(after, promotion, environment) }];
    case 'superseded':
      return [{ kind: 'promotion.superseded', message: `${what}: superseded` }];
  }
}

const succeededText = (after: Rollout, promotion: Promotion, environment: Environment): string =>
  promotion.kind === 'rollback'
    ? `${environment.name} is back on ${promotion.version} (${after.services.map((one) => one.service).join(', ')})`
    : `${environment.name} runs ${promotion.version}`;

/** Why a rollout is held, as a phrase. */
export function holdText(reason: HoldReason): string {
  switch (reason.kind) {
    case 'person':
      return `${actorName(reason.by)} paused it${reason.note === '' ? '' : `: ${reason.note}`}`;
    case 'judge lost':
      return 'judge lost: nobody judged for as long as the lease; all traffic is on the stable version';
    case 'insufficient evidence':
      return `insufficient evidence: ${reason.detail}`;
    case 'rule':
      return reason.detail;
  }
}
