import type { EnvironmentName } from '../domain/ids.ts';
import { readProjectFile } from '../lifecycle/declare/read.ts';
import { localForge } from '../providers/git/forge.ts';
import { readAddress } from './address.ts';
import type { DataFolder } from './data-folder.ts';
import { readOptions } from './options.ts';

/** The heads that the agents pushed, one JSON object a line, as `rung audit verify` reads them. */
export async function auditHeads(data: DataFolder): Promise<string> {
  const { file } = await readProjectFile((await readOptions(data)).file);
  const { project } = await readAddress(data);
  const forge = localForge(data.repository);
  const names = Object.keys(file.environments) as EnvironmentName[];
  const heads = await Promise.all(names.map((name) => forge.readAuditHead(name)));
  return heads
    .flatMap((head) => (head === null ? [] : [`${JSON.stringify({ project, ...head })}\n`]))
    .join('');
}
