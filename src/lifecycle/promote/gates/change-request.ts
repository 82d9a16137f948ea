import { authorsOf, type ChangeRequest, countingApprovals } from '../../../domain/change-request.ts';
import { momentText } from '../../../domain/calendar/zone-clock.ts';
import type { GateFinding } from '../../../domain/gate.ts';
import type { Instant } from '../../../domain/ids.ts';
import { peopleOf, signersOf } from '../../../domain/roles.ts';
import { listText } from '../../../domain/wording.ts';
import type { AdmissionFacts } from '../facts.ts';
import type { GateRule, SpecOf } from './gate-rule.ts';

/** REL-7: it was asked for and approved that this source goes there, and the time that was agreed on is now. */
export const changeRequest: GateRule<'change-request'> = ({ from }, facts, now) => {
  const { change } = facts;
  if (change === null)
    return notThere(
      `There is no change request for ${facts.release.version} into ${facts.target.name}.`,
      facts,
    );
  switch (change.state.phase) {
    case 'open':
      return notApproved(change, from, facts);
    case 'approved':
      return approved(change, from, facts, now);
    case 'implementing':
      return closed('missing', `${change.id} is being carried out by another promotion.`, {
        wayOut: 'Wait for it to end.',
        liftedBy: { kind: 'promotion', environment: facts.target.name },
      });
    case 'rejected':
      return notThere(`${change.id} was rejected: ${change.state.reason}`, facts);
    case 'closed':
      return notThere(
        `${change.id} is closed (${change.state.outcome}), and counts for no second try.`,
        facts,
      );
  }
};

type Way = Pick<Extract<GateFinding, { wayOut: string }>, 'wayOut' | 'liftedBy' | 'earliest'>;
const closed = (state: 'missing' | 'failed' | 'waits', says: string, way: Way): GateFinding => ({
  state,
  says,
  ...way,
});

const notThere = (says: string, { release, target, file }: AdmissionFacts): GateFinding =>
  closed('missing', says, {
    wayOut: `Write one: rung change-request create ${release.version} --to ${target.name} --from … --until … --rollback-minutes … --testing … --communication …`,
    liftedBy: peopleOf(file),
  });

type From = SpecOf<'change-request'>['from'];

const approvers = (change: ChangeRequest, from: From, { file }: AdmissionFacts): Way => ({
  wayOut: `Approve it: rung change-request approve ${change.id}`,
  liftedBy: signersOf(file, from, authorsOf(change)),
});

const notApproved = (change: ChangeRequest, from: From, facts: AdmissionFacts): GateFinding =>
  closed(
    'missing',
    change.approvals.length === 0
      ? `${change.id} is not approved yet.`
      : `${change.id} was changed after ${listText(change.approvals.map(({ by }) => by))} approved it, which made that void.`,
    approvers(change, from, facts),
  );

const noLongerApproved = (change: ChangeRequest, from: From, facts: AdmissionFacts): GateFinding =>
  closed(
    'failed',
    `${listText(change.approvals.map(({ by }) => by))} approved ${change.id} and may not any more.`,
    approvers(change, from, facts),
  );

function approved(change: ChangeRequest, from: From, facts: AdmissionFacts, now: Instant): GateFinding {
  const counting = countingApprovals(change, from, facts.file);
  if (counting.length === 0) return noLongerApproved(change, from, facts);
  const { window } = change.form;
  if (now < window.from)
    return closed('waits', `${change.id} is approved for ${inUtc(window.from)} to ${inUtc(window.to)}.`, {
      wayOut: 'Wait: it lifts by itself.',
      liftedBy: { kind: 'time' },
      earliest: window.from,
    });
  const { to } = window;
  if (now >= to)
    return closed('failed', `The window of ${change.id} ended on ${inUtc(to)}.`, {
      wayOut: `Move its window, and have it approved again: rung change-request edit ${change.id} --from … --until …`,
      liftedBy: peopleOf(facts.file),
    });
  const by = listText(counting.map((one) => one.by));
  return {
    state: 'passed',
    says: `${change.id} is approved by ${by}, and within its window until ${inUtc(to)}.`,
  };
}

const inUtc = (at: Instant): string => `${momentText('UTC', at)} UTC`;
