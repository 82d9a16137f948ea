import type { Instant } from '../../domain/ids.ts';
import type { Promotion } from '../../domain/promotion.ts';
import type { ApprovalView, PromotionView } from '../views.ts';
import { voidBecause } from '../../domain/approvals.ts';
import { approvalFacts } from '../promote/blockers/approvals.ts';
import { admit } from '../promote/admit.ts';
import type { AdmissionFacts } from '../promote/facts.ts';

export function promotionView(promotion: Promotion, facts: AdmissionFacts, now: Instant): PromotionView {
  const waits = promotion.state.phase === 'waiting';
  return {
    id: promotion.id,
    kind: promotion.kind,
    environment: facts.target.name,
    release: { id: promotion.release, version: promotion.version },
    services: promotion.services,
    plan: waits ? facts.plan : promotion.plan,
    requestedBy: promotion.requestedBy,
    requestedAt: promotion.requestedAt,
    reason: promotion.reason,
    approvals: waits ? approvalViews(promotion, facts, now) : promotion.approvals,
    approvalsNeeded:
      promotion.kind === 'rollback' || promotion.emergency ? 0 : (facts.rung?.step.approvals?.count ?? 0),
    state: promotion.state,
    admission: waits ? admit(facts, now) : { allowed: true, blockers: [], gates: promotion.gates ?? [] },
    exception: promotion.exception ?? null,
    ...(promotion.emergency && { emergency: promotion.emergency }),
    notes: facts.release.notes,
  };
}

function approvalViews(
  { approvals }: Promotion,
  facts: AdmissionFacts,
  now: Instant,
): readonly ApprovalView[] {
  const asked = approvalFacts(facts, now);
  return approvals.map((one) => {
    const why = asked === null ? null : voidBecause(one, asked);
    return why === null ? one : { ...one, void: why };
  });
}
