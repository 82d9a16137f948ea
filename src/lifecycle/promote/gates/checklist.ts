import { type EvidenceOf, ofName } from '../../../domain/evidence/evidence.ts';
import type { ChecklistItem } from '../../../domain/gate.ts';
import { signersOf } from '../../../domain/roles.ts';
import { countText } from '../../../domain/wording.ts';
import { type GateRule, refOf } from './gate-rule.ts';
import { isOneOf } from './signed.ts';

/** REL-2: every item was ticked off by somebody who may; what was said last about an item counts. */
export const checklist: GateRule<'checklist'> = (
  { name, items, from },
  { evidence: pieces, release, file },
) => {
  const said = ofName(pieces, 'checklist', name).filter(({ by }) => isOneOf(by, from, file));
  const stand = items.map((item) => standOf(item, said));
  const evidence = said.map(refOf);
  const first = stand.find(({ done }) => !done);
  if (first === undefined)
    return {
      state: 'passed',
      says: `All of ${countText(items.length, 'item')} are ticked off.`,
      evidence,
      items: stand,
    };
  const open = stand.filter(({ done }) => !done).map(({ item }) => item);
  return {
    state: said.length === 0 ? 'missing' : 'failed',
    says: `${countText(open.length, 'item')} of ${items.length} not ticked off: ${open.join('; ')}.`,
    wayOut: `Do it, then tick it off: rung checklist ${name} ${release.version} --done "${first.item}"`,
    liftedBy: signersOf(file, from),
    evidence,
    items: stand,
  };
};

/** What was said last about an item is how it stands. */
function standOf(item: string, said: readonly EvidenceOf<'checklist'>[]): ChecklistItem {
  for (const { facts, by, at } of said) {
    const one = facts.items.findLast((each) => each.item === item);
    if (one !== undefined) return { item, done: one.done, note: one.note, by, at };
  }
  return { item, done: false, note: '', by: null, at: null };
}
