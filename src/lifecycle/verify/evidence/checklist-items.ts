import { Failure } from '../../../domain/failure.ts';
import type { ProjectId } from '../../../domain/ids.ts';
import { nearestName } from '../../../domain/project-file/nearest.ts';
import type { GateSpec, ProjectFile } from '../../../domain/project-file/types.ts';
import { listText } from '../../../domain/wording.ts';
import type { Reader } from '../../../engine/store.ts';
import type { SayEvidence } from '../../face.ts';
import { allEnvironments, rulesFor } from '../../lookup.ts';

type Checklist = Extract<GateSpec, { readonly kind: 'checklist' }>;

/**
 * A tick beside the list would open nothing and be noticed by nobody. Absent `checklist-unknown`; invalid
 * `checklist-item-unknown` with every item that no such list has.
 */
export async function needKnownItems(tx: Reader, project: ProjectId, ask: SayEvidence): Promise<void> {
  if (ask.facts.kind !== 'checklist') return;
  const lists = await checklistsInForce(tx, project);
  const name = ask.name ?? 'checklist';
  const items = lists.filter((one) => one.name === name).flatMap((one) => one.items);
  if (items.length === 0) {
    const names = [...new Set(lists.map((one) => one.name))];
    throw new Failure('absent', 'checklist-unknown', `There is no checklist "${name}".`, {
      wayOut: names.length === 0 ? 'The project file has none.' : `There is ${listText(names)}.`,
    });
  }
  const unknown = ask.facts.items.map(({ item }) => item).filter((item) => !items.includes(item));
  if (unknown.length === 0) return;
  const message = `The checklist ${name} has nothing by ${unknown.length === 1 ? 'this name' : 'these names'}.`;
  throw new Failure('invalid', 'checklist-item-unknown', message, {
    wayOut: `It has: ${items.join('; ')}.`,
    problems: unknown.map((item) => ({ message: `There is no item "${item}".${meant(item, items)}` })),
  });
}

function meant(item: string, items: readonly string[]): string {
  const near = nearestName(item, items);
  return near === null ? '' : ` Did you mean "${near}"?`;
}

async function checklistsInForce(tx: Reader, project: ProjectId): Promise<readonly Checklist[]> {
  const files = new Map<string, ProjectFile>();
  for (const environment of await allEnvironments(tx, project))
    files.set(environment.rules.file, await rulesFor(tx, environment));
  return [...files.values()].flatMap((file) =>
    Object.values(file.pipelines)
      .flat()
      .flatMap(({ gates }) => gates)
      .filter((gate): gate is Checklist => gate.kind === 'checklist'),
  );
}
