import type { Explanation } from '../../domain/failures/index.ts';
import type { PromotionView, RolloutView } from '../rung-client.ts';
import { admissionLines } from './admission.ts';
import { explanationLines } from './explanation.ts';
import type { Look } from './look.ts';
import { phaseText, promotionTitle } from './promotion.ts';
import { rolloutLines } from './rollout.ts';
import { wrap } from './width.ts';

/** What happened to one promotion or rollout, and the explanations that belong to it. */
export interface Happened {
  /** null: only the rollout was asked for. */
  readonly promotion: PromotionView | null;
  /** null: it never started. */
  readonly rollout: RolloutView | null;
  /** The most pressing first; none where everything goes, or went, as it should. */
  readonly explanations: readonly Explanation[];
}

export function happenedLines({ promotion, rollout, explanations }: Happened, look: Look): readonly string[] {
  const waits = promotion?.state.phase === 'waiting' && !promotion.admission.allowed;
  return [
    ...(promotion === null
      ? []
      : [look.style.strong(promotionTitle(promotion)), ...wrap(phaseText(promotion, look), look.width)]),
    ...(waits ? ['', ...admissionLines(promotion.admission, look)] : []),
    ...(rollout === null ? [] : [...(promotion === null ? [] : ['']), ...rolloutLines(rollout, look)]),
    ...(explanations.length === 0 ? ['', 'There is nothing to explain: it goes as it should.'] : []),
    ...(waits
      ? [
          '',
          ...wrap(`more: ${explanations.map(({ code }) => `rung explain ${code}`).join(', ')}`, look.width),
        ]
      : explanations.flatMap((one) => ['', ...explanationLines(one, look)])),
  ];
}
