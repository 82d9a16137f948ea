import { actorName } from '../../domain/actor.ts';
import type { EvidenceView } from '../rung-client.ts';
import type { Look } from './look.ts';
import { table } from './table.ts';
import { ago } from './time.ts';

/** What was taken in, and what it says. */
export const evidenceLine = (one: EvidenceView, look: Look): readonly string[] => [
  `${look.style.good('✓')} ${look.style.strong(one.name)}${one.environment === null ? '' : ` in ${one.environment}`}: ${one.says}`,
  look.style.faint(`  ${one.id}; it counts for the source tree ${one.tree.slice(0, 12)}`),
];

export const evidenceTable = (items: readonly EvidenceView[], look: Look): readonly string[] =>
  items.length === 0
    ? ['Nothing was handed over yet. `rung evidence add FILE --release VERSION` does it.']
    : table(
        [
          { title: 'WHAT' },
          { title: 'WHERE' },
          { title: 'SAYS' },
          { title: 'BY' },
          { title: 'WHEN' },
          { title: 'FILE' },
          { title: 'ID' },
        ],
        items.map((one) => [
          look.style.strong(one.name === one.kind ? one.kind : `${one.kind} ${one.name}`),
          one.environment ?? '',
          one.says,
          actorName(one.by),
          ago(one.at, look),
          one.file?.name ?? '',
          look.style.faint(one.id),
        ]),
        look,
      );
