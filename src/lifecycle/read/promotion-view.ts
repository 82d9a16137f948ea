import type { Instant } from '../../domain/ids.ts';
import type { Promotion } from '../../domain/promotion.ts';
import { admit } from '../promote/admit.ts';
import type { AdmissionFacts } from '../promote/facts.ts';
import type { PromotionView } from '../views.ts';

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
    approvals: promotion.approvals,
    approvalsNeeded:
      promotion.kind === 'rollback' || promotion.emergency ? 0 : (facts.rung?.step.approvals?.count ?? 0),
    state: promotion.state,
    admission: waits ? admit(facts, now) : { allowed: true, blockers: [], gates: promotion.gates ?? [] },
    exception: promotion.exception ?? null,
    ...(promotion.emergency && { emergency: promotion.emergency }),
    notes: facts.release.notes,
  };
}
