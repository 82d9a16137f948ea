import { ofKind } from '../../../domain/evidence/evidence.ts';
import { peopleOf } from '../../../domain/roles.ts';
import { countText } from '../../../domain/wording.ts';
import { type GateRule, refOf } from './gate-rule.ts';
import { isOneOf } from './signed.ts';

/** REL-2: every item was ticked off by somebody who may; what was said last about an item counts. */
export const checklist: GateRule<'checklist'> = (
  { name, items, from },
  { evidence: pieces, release, file },
) => {
  const said = ofKind(pieces, 'checklist').filter((one) => one.name === name && isOneOf(one.by, from, file));
  const isDone = (item: string): boolean =>
    said.flatMap(({ facts }) => facts.items).find((one) => one.item === item)?.done ?? false;
  const open = items.filter((item) => !isDone(item));
  const evidence = said.map(refOf);
  const [first] = open;
  if (first === undefined)
    return { state: 'passed', says: `All of ${countText(items.length, 'item')} are ticked off.`, evidence };
  return {
    state: said.length === 0 ? 'missing' : 'failed',
    says: `${countText(open.length, 'item')} of ${items.length} not ticked off: ${open.join('; ')}.`,
    wayOut: `Do it, then tick it off: rung checklist ${name} ${release.version} --done "${first}"`,
    liftedBy: peopleOf(file, from.length === 0 ? undefined : from),
    evidence,
  };
};
