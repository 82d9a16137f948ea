import { Failure } from '../../domain/failure.ts';
import type { Actor } from '../../domain/actor.ts';
import type { WaiverId } from '../../domain/gate.ts';
import type { Rollout } from '../../domain/rollout/types.ts';
import type { Instant, ProjectId, PromotionId } from '../../domain/ids.ts';
import { rolesOf } from '../../domain/roles.ts';
import type { Reader, Transaction } from '../../engine/store.ts';
import { asPerson, noRole } from '../callers.ts';
import type { Caller, ControlPlane } from '../face.ts';
import type { Parts } from '../parts.ts';
import type { PromotionView } from '../views.ts';
import type { Promotion } from '../../domain/promotion.ts';
import type { AdmissionFacts } from './facts.ts';
import { listQuestions } from './list-questions.ts';
import { factsOf, loadFacts } from './load.ts';
import { environmentNamed, releaseNamed, rulesFor } from '../lookup.ts';
import { approve, reject, waitingPromotion, withdraw } from './people.ts';
import { type RollbackWanted, rollbackAsk, undoneBy } from './rollback.ts';
import { remind } from './rounds.ts';
import { waive } from './waive.ts';
import { askAgain, takeCallback } from './questions.ts';
import { type Ask, considerPromotion, refusal, refusedEvent, requestPromotion } from './request.ts';

type Commands = Pick<
  ControlPlane,
  | 'requestPromotion'
  | 'requestRollback'
  | 'approve'
  | 'reject'
  | 'withdraw'
  | 'remind'
  | 'waive'
  | 'askGate'
  | 'answerQuestion'
  | 'questions'
>;

/** Takes the live rollout back, in the transaction that is under way. Handed in by who knows about rollouts. */
export type TakeBackLive = (
  tx: Transaction,
  rollout: Rollout,
  by: Actor,
  note: string,
  now: Instant,
) => Promise<void>;

export interface Around {
  readonly takeBack: TakeBackLive;
  readonly view: (promotion: Promotion, facts: AdmissionFacts, now: Instant) => PromotionView;
  readonly why: ControlPlane['why'];
}

/** What people ask for on the way up, and their answers. */
export function createPromotionCommands(parts: Parts, around: Around): Commands {
  const { store, clock } = parts;
  const ask = async (read: (tx: Reader) => Promise<Ask>, dryRun: boolean): Promise<PromotionView> => {
    const outcome = await store.transaction(async (tx) => {
      const wanted = await read(tx);
      const id = parts.newId() as PromotionId;
      const now = clock.now();
      const asking = dryRun
        ? await considerPromotion(tx, wanted, id, now)
        : await requestPromotion(tx, wanted, id, now);
      const refused = asking.admission.blockers.some((blocker) => blocker.effect === 'refused');
      if (refused && !dryRun) await tx.append([refusedEvent(asking, now)]);
      return {
        asking,
        refused: refused && !dryRun,
        view: around.view(asking.promotion, asking.facts, now),
      };
    });
    if (outcome.refused) throw refusal(outcome.asking);
    return outcome.view;
  };
  const viewOf = async (tx: Reader, project: ProjectId, id: PromotionId): Promise<PromotionView> => {
    const promotion = (await tx.get(project, 'promotion', id))?.value;
    const facts = promotion === undefined ? null : await factsOf(tx, promotion);
    if (promotion === undefined || facts === null) throw promotionUnknown(id);
    return around.view(promotion, facts, clock.now());
  };
  const change = (
    project: ProjectId,
    id: PromotionId,
    work: (tx: Transaction) => Promise<void>,
  ): Promise<PromotionView> =>
    store.transaction(async (tx) => {
      await work(tx);
      return viewOf(tx, project, id);
    });
  const undo = (project: ProjectId, wanted: RollbackWanted, by: Actor): Promise<PromotionView | null> =>
    store.transaction(async (tx) => {
      const live = await undoneBy(tx, project, wanted, by);
      if (live === null) return null;
      if (wanted.dryRun !== true) await around.takeBack(tx, live, by, wanted.reason, clock.now());
      return viewOf(tx, project, live.promotion);
    });
  return {
    requestPromotion: async (project, { release, to, reason, dryRun, emergency }, caller) => {
      if (emergency === true) needReasoned(caller, reason);
      return ask(
        async (tx) => ({
          kind: 'promotion',
          ...(await releaseAndTarget(tx, project, release, to)),
          requester: caller.actor,
          reason: reason ?? '',
          emergency: emergency ?? false,
        }),
        dryRun ?? false,
      );
    },
    requestRollback: async (project, wanted, caller) => {
      const by = asPerson(caller, 'roll back');
      return (
        (await undo(project, wanted, by)) ??
        ask((tx) => rollbackAsk(tx, project, wanted, by), wanted.dryRun ?? false)
      );
    },
    approve: async (project, id, { planHash, comment, emergency }, caller) => {
      const by = asPerson(caller, 'approve');
      return change(project, id, (tx) =>
        approve(
          tx,
          project,
          id,
          { planHash, comment: comment ?? '', by, emergency: emergency ?? false },
          clock.now(),
        ),
      );
    },
    reject: async (project, id, { reason }, caller) => {
      const by = asPerson(caller, 'reject');
      return change(project, id, (tx) => reject(tx, project, id, { reason, by }, clock.now()));
    },
    waive: async (project, { release, to, gate, reason }, caller) => {
      const by = asPerson(caller, 'waive a gate');
      await store.transaction(async (tx) => {
        const facts = await loadFacts(tx, {
          kind: 'promotion',
          ...(await releaseAndTarget(tx, project, release, to)),
          requester: by,
          promotion: null,
        });
        const id = parts.newId() as WaiverId;
        await waive(tx, facts, { id, gate, reason, by }, clock.now());
      });
      return around.why(project, release, to, caller);
    },
    askGate: async (project, { release, to, gate }, caller) => {
      await store.transaction(async (tx) => {
        const facts = await loadFacts(tx, {
          kind: 'promotion',
          ...(await releaseAndTarget(tx, project, release, to)),
          requester: caller.actor,
          promotion: null,
        });
        if (caller.person !== null && rolesOf(facts.file, caller.person).length === 0)
          throw noRole(caller.person);
        await askAgain(tx, facts, { gate, nonce: parts.newId(), by: caller.actor, now: clock.now() });
      });
      return around.why(project, release, to, caller);
    },
    questions: (project, query) => store.read((tx) => listQuestions(tx, project, query, clock.now())),
    answerQuestion: async (named, question, answer) => {
      const project = named as ProjectId;
      await store.transaction(async (tx) => {
        const stored = await tx.get(project, 'question', question);
        await takeCallback(tx, stored, answer, parts.publicKey, clock.now());
      });
    },
    remind: (project, id, caller) => {
      return change(project, id, async (tx) => {
        await needMembership(tx, project, id, caller);
        await remind(tx, await waitingPromotion(tx, project, id), caller.actor, clock.now());
      });
    },
    withdraw: (project, id, caller) => {
      return change(project, id, async (tx) => {
        await needMembership(tx, project, id, caller);
        await withdraw(tx, project, id, caller.actor, clock.now());
      });
    },
  };
}

async function releaseAndTarget(tx: Reader, project: ProjectId, release: string, to: string) {
  const [found, target] = await Promise.all([
    releaseNamed(tx, project, release),
    environmentNamed(tx, project, to),
  ]);
  return { release: found.value, target: target.value };
}

function needReasoned(caller: Caller, reason: string | undefined): void {
  asPerson(caller, 'ask for an emergency');
  if (reason !== undefined && reason.trim() !== '') return;
  throw new Failure(
    'invalid',
    'emergency-reason-missing',
    'An emergency needs a reason; it stays in the log.',
    {
      wayOut: 'Say why it cannot wait, with --reason.',
    },
  );
}

async function needMembership(
  tx: Reader,
  project: ProjectId,
  id: PromotionId,
  caller: Caller,
): Promise<void> {
  const promotion = (await tx.get(project, 'promotion', id))?.value;
  const target =
    promotion === undefined ? undefined : await tx.get(project, 'environment', promotion.environment);
  if (target === undefined || caller.person === null) return;
  if (rolesOf(await rulesFor(tx, target.value), caller.person).length === 0) throw noRole(caller.person);
}

const promotionUnknown = (id: string): Failure =>
  new Failure('absent', 'promotion-unknown', `There is no promotion ${id}.`, {
    wayOut: 'See which there are: rung status',
  });
