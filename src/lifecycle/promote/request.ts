import { actorName, type Actor } from '../../domain/actor.ts';
import type { Admission } from '../../domain/admission.ts';
import { Failure } from '../../domain/failure.ts';
import type { Instant, PromotionId, ServiceName } from '../../domain/ids.ts';
import { askedNow } from '../../domain/emergency.ts';
import type { Environment } from '../../domain/environment.ts';
import type { EventKind, NewEvent } from '../../domain/event.ts';
import type { Promotion } from '../../domain/promotion.ts';
import type { Release } from '../../domain/release.ts';
import type { Reader, Transaction } from '../../engine/store.ts';
import { admit, mayWait } from './admit.ts';
import { isBacked } from './blockers/one-at-a-time.ts';
import { missingOf, named } from './emergency.ts';
import type { AdmissionFacts } from './facts.ts';
import { loadFacts } from './load.ts';
import { isTakenOver, takeOver } from './take-over.ts';

export interface Ask {
  readonly kind: Promotion['kind'];
  readonly release: Release;
  readonly target: Environment;
  readonly requester: Actor;
  readonly reason: string;
  readonly services?: readonly ServiceName[];
  /** Past gates, approvals, windows and order, once a second person says so too. */
  readonly emergency?: boolean;
}

export interface Asking {
  readonly promotion: Promotion;
  readonly facts: AdmissionFacts;
  readonly admission: Admission;
}

/** What would be asked for, and whether it may go; changes nothing. */
export async function considerPromotion(
  tx: Reader,
  ask: Ask,
  id: PromotionId,
  now: Instant,
): Promise<Asking> {
  const { emergency: isEmergency, ...asked } = ask;
  const emergency = isEmergency === true ? { emergency: askedNow(now) } : {};
  const facts = await loadFacts(tx, { ...asked, ...emergency, promotion: null });
  const promotion: Promotion = {
    id,
    project: ask.target.project,
    kind: ask.kind,
    environment: ask.target.id,
    release: ask.release.id,
    version: ask.release.version,
    services: facts.plan.changes.map((change) => change.service),
    plan: facts.plan,
    requestedBy: ask.requester,
    requestedAt: now,
    reason: ask.reason,
    approvals: [],
    state: { phase: 'waiting' },
    ...emergency,
  };
  return { promotion, facts, admission: admit(facts, now) };
}

/**
 * Asks for a promotion. What can only wait is kept and starts by itself; what is refused is refused with every
 * blocker, and said so in the log.
 */
export async function requestPromotion(
  tx: Transaction,
  ask: Ask,
  id: PromotionId,
  now: Instant,
): Promise<Asking> {
  const asking = await considerPromotion(tx, ask, id, now);
  const { facts, promotion } = asking;
  const same = facts.others.find((other) => isSame(other, promotion));
  if (same !== undefined) {
    if (!isTakenOver(same, ask)) throw askedAlready(same, ask.target);
    return announced(tx, await takeOver(tx, same, ask, now), 'promotion.taken-over', now);
  }
  if (!mayWait(asking.admission)) return asking;
  await supersedeWaiting(tx, facts, promotion, now);
  await tx.put(promotion.project, 'promotion', promotion.id, promotion, 0);
  return announced(tx, asking, askedAs(promotion), now);
}

const askedAs = ({ emergency }: Promotion): EventKind =>
  emergency === undefined ? 'promotion.requested' : 'promotion.emergency-asked';

async function announced(tx: Transaction, asking: Asking, kind: EventKind, now: Instant): Promise<Asking> {
  const { id, project } = asking.promotion;
  if (!mayWait(asking.admission)) return asking;
  await tx.append([requested(asking, kind, now)]);
  await tx.wake([{ key: `promotion/${id}`, project, at: now }]);
  return asking;
}

const isOfTheSameSort = (one: Promotion, other: Promotion): boolean =>
  one.kind === other.kind && (one.emergency === undefined) === (other.emergency === undefined);

const isSame = (one: Promotion, other: Promotion): boolean =>
  one.release === other.release &&
  isOfTheSameSort(one, other) &&
  (one.kind === 'promotion' || one.services.toSorted().join(' ') === other.services.toSorted().join(' '));

const askedAlready = (same: Promotion, target: Environment): Failure =>
  new Failure(
    'conflict',
    'promotion-exists',
    `${actorName(same.requestedBy)} has asked for ${same.version} in ${target.name} already.`,
    {
      wayOut: `It is ${same.state.phase} as ${same.id}; see how it stands: rung why ${same.version} --to ${target.name}`,
      facts: { promotion: same.id },
    },
  );

/** The refusal as a failure, all blockers with it. */
export function refusal({ admission, promotion, facts }: Asking): Failure {
  const first = admission.blockers.find((blocker) => blocker.effect === 'refused') ?? admission.blockers[0];
  return new Failure(
    'denied',
    'promotion-refused',
    `${promotion.version} may not go to ${facts.target.name}: ${first?.reason ?? 'it is refused.'}`,
    { wayOut: first?.wayOut ?? '', facts: { admission } },
  );
}

export const refusedEvent = ({ admission, promotion, facts }: Asking, now: Instant): NewEvent => ({
  project: promotion.project,
  kind: 'promotion.refused',
  at: now,
  actor: promotion.requestedBy,
  environment: facts.target.id,
  subject: `release/${promotion.release}`,
  message: `${promotion.version} to ${facts.target.name} was refused: ${admission.blockers.map((one) => one.reason).join(' ')}`,
  payload: { release: promotion.release, blockers: admission.blockers },
});

/** What a merge asks for and may not go, with what to do, because nobody who could read it waits for an answer. */
export function mergeRefused(asking: Asking, branch: string, now: Instant): NewEvent {
  const { promotion, facts, admission } = asking;
  const said = admission.blockers
    .filter(({ effect }) => effect === 'refused')
    .map(({ reason, wayOut }) => `${reason} ${wayOut}`);
  return {
    ...refusedEvent(asking, now),
    message: `${branch} asks for ${promotion.version} in ${facts.target.name}, and may not: ${said.join(' ')}`,
  };
}

const requested = (
  { promotion, facts: { target }, admission: { blockers, passedOver = [] } }: Asking,
  kind: EventKind,
  now: Instant,
): NewEvent => ({
  project: promotion.project,
  kind,
  at: now,
  actor: promotion.requestedBy,
  environment: target.id,
  subject: `promotion/${promotion.id}`,
  message: `${actorName(promotion.requestedBy)} asked for ${whatFor(promotion, target)}${promotion.reason === '' ? '' : `: ${promotion.reason}`}`,
  payload: {
    release: promotion.release,
    services: promotion.services,
    planHash: promotion.plan.hash,
    reason: promotion.reason,
    missing: missingOf(blockers),
    ...(promotion.emergency && { expiresAt: promotion.emergency.expiresAt, passesOver: named(passedOver) }),
  },
});

const whatFor = ({ kind, version, emergency }: Promotion, { name }: Environment): string =>
  emergency !== undefined
    ? `${version} in ${name} as an emergency`
    : kind === 'rollback'
      ? `a rollback of ${name} to ${version}`
      : `${version} in ${name}`;

/**
 * A waiting promotion that nobody has approved gives way to a newer one; one that has approvals never does. Going
 * forward and going back do not replace each other: whoever asked for one still wants it after the other.
 */
async function supersedeWaiting(
  tx: Transaction,
  facts: AdmissionFacts,
  by: Promotion,
  now: Instant,
): Promise<void> {
  for (const other of facts.others) {
    if (other.state.phase !== 'waiting' || isBacked(other) || !isOfTheSameSort(other, by)) continue;
    const stored = await tx.get(other.project, 'promotion', other.id);
    if (stored === undefined) continue;
    await tx.put(
      other.project,
      'promotion',
      other.id,
      { ...other, state: { phase: 'superseded', by: by.id, at: now } },
      stored.version,
    );
    await tx.append([
      {
        project: by.project,
        kind: 'promotion.superseded',
        at: now,
        actor: by.requestedBy,
        environment: facts.target.id,
        subject: `promotion/${other.id}`,
        message: `${other.version} for ${facts.target.name} gives way to ${by.version}`,
        payload: { by: by.id },
      },
    ]);
  }
}
