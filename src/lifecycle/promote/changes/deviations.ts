import { actorName } from '../../../domain/actor.ts';
import { ended } from '../../../domain/calendar/wording.ts';
import { momentText } from '../../../domain/calendar/zone-clock.ts';
import { type ChangeRequest, type Deviation, formDigest } from '../../../domain/change-request.ts';
import type { Instant } from '../../../domain/ids.ts';
import type { Promotion } from '../../../domain/promotion.ts';
import type { Rollout } from '../../../domain/rollout/types.ts';
import { listText, spanText } from '../../../domain/wording.ts';

/** A change request that was carried out, and what was carried out. */
export interface CarriedOut {
  readonly change: ChangeRequest;
  readonly promotion: Promotion;
  /** null where nothing had to be rolled out. */
  readonly rollout: Rollout | null;
  readonly startedAt: Instant;
  readonly endedAt: Instant;
}

/** REL-7: everything that went otherwise than it was asked for, in the order in which one tells it. Pure. */
export const deviationsOf = (facts: CarriedOut): readonly Deviation[] =>
  [approval, emergency, window, duration, holds, thinEvidence, takenBack, waivedGates].flatMap((tell) =>
    tell(facts),
  );

function approval({ change, promotion }: CarriedOut): readonly Deviation[] {
  const digest = formDigest(change);
  const approvals = change.approvals.filter(({ form }) => form === digest);
  if (approvals.length === 0)
    return [{ kind: 'not approved', says: 'It was not approved when it was carried out.' }];
  if (approvals.some(({ plan }) => plan === promotion.plan.hash)) return [];
  const says = 'Another plan was carried out than the one that stood when it was approved.';
  return [{ kind: 'another plan', says }];
}

/** What the permission was used for; an emergency that had nothing to pass over went the way of every promotion. */
function emergency({ promotion }: CarriedOut): readonly Deviation[] {
  const { confirmed, passedOver = [] } = promotion.emergency ?? {};
  if (confirmed == null || passedOver.length === 0) return [];
  const what = listText([...new Set(passedOver.map(({ kind, gate }) => gate ?? kind))]);
  const people = `${actorName(promotion.requestedBy)} and ${actorName(confirmed.by)}`;
  const says = `${people} let it in as an emergency, past ${what}: ${ended(promotion.reason)}`;
  return [{ kind: 'emergency', says }];
}

function window({ change, startedAt, endedAt }: CarriedOut): readonly Deviation[] {
  const { from, to } = change.form.window;
  const outside = (says: string): Deviation => ({ kind: 'outside the window', says });
  if (startedAt < from)
    return [outside(`It began at ${inUtc(startedAt)}, ${spanText(from - startedAt)} before its window.`)];
  if (startedAt >= to)
    return [outside(`It began at ${inUtc(startedAt)}, ${spanText(startedAt - to)} after its window.`)];
  return endedAt > to
    ? [outside(`It ended at ${inUtc(endedAt)}, ${spanText(endedAt - to)} after its window.`)]
    : [];
}

function duration({ change, startedAt, endedAt }: CarriedOut): readonly Deviation[] {
  const { from, to } = change.form.window;
  const [tookMs, plannedMs] = [endedAt - startedAt, to - from];
  if (tookMs <= plannedMs) return [];
  const says = `It took ${spanText(tookMs)}, and ${spanText(plannedMs)} were planned.`;
  return [{ kind: 'longer than planned', says }];
}

const holds = ({ promotion: { course } }: CarriedOut): readonly Deviation[] =>
  (course?.holds ?? []).map(({ reason, since, until }) => ({
    kind: 'held',
    says: `It was held for ${spanText(until - since)}: ${reason}`,
  }));

const thinEvidence = ({ rollout }: CarriedOut): readonly Deviation[] =>
  (rollout?.advances ?? []).map(({ by, fromPercent, toPercent, reason }) => ({
    kind: 'thin evidence',
    says: `${actorName(by)} let it go on from ${fromPercent} % to ${toPercent} % on thin evidence: ${reason}`,
  }));

function takenBack({ change, promotion: { state, course } }: CarriedOut): readonly Deviation[] {
  if (state.phase !== 'rolled back' && state.phase !== 'failed') return [];
  const tookMs = state.at - (course?.takenBackAt ?? state.at);
  const plannedMs = change.form.rollbackMinutes * 60_000;
  const how = state.phase === 'failed' ? 'Taking it back failed' : 'It was taken back';
  const slow = `Taking it back took ${spanText(tookMs)}, and ${spanText(plannedMs)} were promised.`;
  return [
    { kind: 'taken back', says: `${how}: ${state.reason}` },
    ...(tookMs > plannedMs ? [{ kind: 'longer than planned', says: slow } as const] : []),
  ];
}

const waivedGates = ({ promotion }: CarriedOut): readonly Deviation[] =>
  (promotion.gates ?? []).flatMap(({ gate, waiver }) =>
    waiver === null
      ? []
      : [{ kind: 'gate waived', says: `${waiver.by} waived the gate ${gate}: ${waiver.reason}` }],
  );

const inUtc = (at: Instant): string => `${momentText('UTC', at)} UTC`;
