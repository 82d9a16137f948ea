import { countText, listText } from '../wording.ts';
import type { EvidenceFacts } from './evidence.ts';
import { sentenceOf } from './sentence.ts';

/** What a piece of evidence says, in one line for people. */
export function saysOf(facts: EvidenceFacts): string {
  switch (facts.kind) {
    case 'review':
      return facts.requestedChanges.length > 0
        ? `${listText(facts.requestedChanges)} asked for changes`
        : `reviewed by ${listText(facts.approvedBy)}`;
    case 'uat':
      return `${facts.verdict}, ${countText(facts.scenarios.length, 'scenario')}`;
    case 'rollback-plan':
      return `back within ${facts.minutes} min, written by ${facts.writtenBy}, read by ${facts.reviewedBy.length === 0 ? 'nobody yet' : listText(facts.reviewedBy)}`;
    case 'checklist':
      return `${facts.items.filter(({ done }) => done).length} of ${countText(facts.items.length, 'item')} ticked off`;
    case 'tests':
    case 'coverage':
    case 'scan':
    case 'count':
      return sentenceOf(facts);
  }
}
