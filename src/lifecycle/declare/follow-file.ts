import { isFailure } from '../../domain/failure.ts';
import type { Instant, ProjectId } from '../../domain/ids.ts';
import type { Transaction } from '../../engine/store.ts';
import type { BranchHead } from '../face.ts';
import { everyOne } from '../lookup.ts';
import type { Parts } from '../parts.ts';
import { keepFile } from './accept.ts';
import { type ParsedProjectFile, parseProjectFile, projectFileName } from './parse.ts';
import { considerRules } from './propose.ts';

/** A project file that came with a push. */
export type BroughtFile = Pick<BranchHead, 'ref' | 'authors'> & Required<Pick<BranchHead, 'projectFile'>>;

/**
 * A push brought another project file: the environments whose rules were read from this branch take it, or keep it as a
 * plan where it weakens a protected one. A file that cannot be read changes nothing: the build of its commit says why.
 * Whether it could be.
 */
export async function followFile(
  tx: Transaction,
  parts: Parts,
  project: ProjectId,
  { ref, projectFile, authors }: BroughtFile,
  now: Instant,
): Promise<boolean> {
  const parsed = parsedOf(projectFile);
  const known = await tx.get(project, 'project', project);
  if (parsed === null || parsed.file.project !== known?.value.name) return false;
  await keepFile(tx, project, parsed);
  const by = { kind: 'automation', rule: `merge into ${ref}` } as const;
  for (const stored of await everyOne(tx, project, 'environment')) {
    const { name, rules, retiredAt } = stored.value;
    if (retiredAt !== null || rules.branch !== ref || parsed.file.environments[name] === undefined) continue;
    const brought = { ...parsed, branch: ref, by, ...(authors !== undefined && { writtenBy: authors }) };
    await considerRules(tx, parts, stored, brought, now);
  }
  return true;
}

function parsedOf(text: string): ParsedProjectFile | null {
  try {
    return parseProjectFile(new TextEncoder().encode(text), projectFileName);
  } catch (thrown) {
    if (isFailure(thrown) && thrown.kind === 'invalid') return null;
    throw thrown;
  }
}
