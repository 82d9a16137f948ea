import type { Comparison } from '../../simulate/index.ts';
import type { Look } from './look.ts';
import { clockFace } from './simulation.ts';
import { table } from './table.ts';
import { wrap } from './width.ts';

/** What was decided then beside what these rules decide, and what of it can be known. */
export function comparisonLines(comparison: Comparison, look: Look): readonly string[] {
  const { style } = look;
  const { recorded, replayed } = comparison;
  const rows = Array.from({ length: Math.max(recorded.length, replayed.length) }, (_, index) => [
    ...cells(recorded[index]),
    ...cells(replayed[index]),
  ]);
  const sign = comparison.isSame ? style.good('✓') : style.warning('≠');
  return [
    style.strong(`${comparison.version} into ${comparison.environment}, judged once more`),
    ...table(
      [
        { title: 'Then', align: 'right' },
        { title: '' },
        { title: 'By these rules', align: 'right' },
        { title: '' },
      ],
      rows,
      look,
      '  ',
    ),
    '',
    ...comparison.says.flatMap((sentence, index) =>
      wrap(`${index === 0 ? sign : ' '} ${sentence}`, look.width, '  '),
    ),
    ...comparison.unknown.flatMap((sentence) => wrap(`  ${sentence}`, look.width, '  ')),
  ];
}

const cells = (decision: Comparison['recorded'][number] | undefined): readonly [string, string] =>
  decision === undefined
    ? ['', '–']
    : [
        clockFace(decision.sinceStartMs),
        `${decision.phase}${decision.phase === 'canary' || decision.phase === 'held' ? ` at ${String(decision.percent)} %` : ''}${decision.by === null ? '' : ` by ${decision.by}`}`,
      ];
