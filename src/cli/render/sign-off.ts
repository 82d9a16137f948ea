import { actorName } from '../../domain/actor.ts';
import type { ChecklistItem, GateAnswer } from '../../domain/gate.ts';
import type { EvidenceView } from '../rung-client.ts';
import type { Look } from './look.ts';
import { printable, printableText } from './printable.ts';
import { ago } from './time.ts';
import { wrap } from './width.ts';

/** Each checklist with every item, and who said last how it stands. */
export function checklistLines(lists: readonly GateAnswer[], look: Look): readonly string[] {
  if (lists.length === 0) return ['There is no checklist on this way.'];
  return lists.flatMap(({ gate, says, items = [] }, index) => [
    ...(index === 0 ? [] : ['']),
    `${look.style.strong(gate)}: ${says}`,
    ...items.map((item) => itemLine(item, look)),
  ]);
}

function itemLine({ item, done, note, by, at }: ChecklistItem, look: Look): string {
  const { style } = look;
  const who = by === null || at === null ? '' : style.faint(`  ${actorName(by)}, ${ago(at, look)}`);
  return `  ${done ? style.good('✓') : style.warning('◷')} ${item}${note === '' ? '' : `: ${note}`}${who}`;
}

/** A rollback plan with its text, as it came: its steps are shown line by line. */
export function planTextLines(plan: EvidenceView, look: Look): readonly string[] {
  const { facts } = plan;
  const { at, says } = printable(plan);
  if (facts.kind !== 'rollback-plan') return [says];
  return [
    `${look.style.strong('Rollback plan')}: ${says}; the last word on it was said ${ago(at, look)}`,
    facts.dataStaysReadable
      ? `  ${look.style.good('✓')} the version before can read what this one writes`
      : `  ${look.style.warning('!')} the version before may not be able to read what this one writes`,
    '',
    ...printableText(facts.steps)
      .split('\n')
      .flatMap((line) => wrap(line, look.width - 2).map((part) => `  ${part}`)),
  ];
}
