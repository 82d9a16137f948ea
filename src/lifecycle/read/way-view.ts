import type { Admission, Blocker } from '../../domain/admission.ts';
import type { Instant } from '../../domain/ids.ts';
import type { PromotionPhase } from '../../domain/promotion.ts';
import { spanText } from '../../domain/wording.ts';
import type { WayView } from '../views.ts';

type Standing = Pick<WayView, 'summary' | 'waitsFor'>;

/** How the way stands, in a few words, and blocker by blocker. */
export function wayStanding(
  admission: Admission | null,
  phase: PromotionPhase | null,
  now: Instant,
): Standing {
  if (phase === 'running') return { summary: 'rolling out', waitsFor: [] };
  if (admission === null) return { summary: 'nothing to promote', waitsFor: [] };
  if (admission.allowed) return { summary: 'can go', waitsFor: [] };
  const waitsFor = admission.blockers.map((blocker) => blockerWords(blocker, now));
  return { summary: summaryOf(waitsFor), waitsFor };
}

const shownInSummary = 3;

/** The first few by name, and how many more. */
function summaryOf(waitsFor: readonly string[]): string {
  const more = waitsFor.length - shownInSummary;
  const shown = more > 1 ? waitsFor.slice(0, shownInSummary) : waitsFor;
  return `${shown.join(', then ')}${more > 1 ? `, and ${more} more` : ''}`;
}

function blockerWords(blocker: Blocker, now: Instant): string {
  switch (blocker.kind) {
    case 'soak':
      return blocker.earliest === null ? 'soak' : `soak ${spanText(blocker.earliest - now)}`;
    case 'approvals':
      return blocker.reason.replace(/ of .*/u, '');
    case 'emergency':
      return 'a second person';
    case 'validation':
      return 'not validated';
    case 'freeze':
      return 'frozen';
    case 'window':
      return blocker.earliest === null ? 'window closed' : `window in ${spanText(blocker.earliest - now)}`;
    case 'one at a time':
      return 'another is on its way';
    case 'marked':
      return 'was taken back';
    case 'order':
      return 'skips a rung';
    case 'already there':
      return 'already there';
    case 'role unknown':
      return 'not yours to ask';
    case 'smoke':
      return 'smoke tests';
    case 'merged':
      return 'merged, waits for a person';
    case 'tests':
    case 'coverage':
    case 'review':
    case 'scan':
    case 'stability':
    case 'alarms':
    case 'uat':
    case 'change-request':
    case 'rollback-plan':
    case 'checklist':
    case 'bugs':
    case 'rule':
    case 'webhook':
      return (blocker.gate ?? blocker.kind).replaceAll('-', ' ');
  }
}
