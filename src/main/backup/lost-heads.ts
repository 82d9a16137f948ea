import { readdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Digest } from '../../domain/ids.ts';
import type { LostHead } from '../../lifecycle/operate/restored.ts';
import { readAgentFile } from '../agent-file.ts';
import { type DataFolder, environmentFolder } from '../data-folder.ts';
import { writeOwn } from '../files.ts';
import type { BackupManifest } from './format.ts';

interface KeptHead {
  readonly project: string;
  readonly position: number;
  readonly link: Digest;
}

/** What agents that live in the data folder vouched for, of the log beyond the backup. */
export async function lostHeads(data: DataFolder, { chains }: BackupManifest): Promise<readonly LostHead[]> {
  const names = await readdir(data.environments).catch(() => [] as string[]);
  const lost: LostHead[] = [];
  for (const name of names.toSorted()) {
    const folder = environmentFolder(data, name);
    const kept = await headIn(folder);
    const chain = chains.find((one) => one.project === kept?.project);
    if (kept === null || chain === undefined || kept.position <= chain.position) continue;
    const { agent } = await readAgentFile(folder).catch(() => ({ agent: null }));
    lost.push({ environment: name, agent, position: kept.position, link: kept.link });
  }
  return lost;
}

/**
 * Whoever restores owns these folders too, and so may set their agents back: they follow the restored log from the
 * backup's end. What they had signed stays beside, as evidence. An agent elsewhere is set back by nobody but its owner,
 * and says `chain-rewritten` until then.
 */
export async function setBackHeads(
  data: DataFolder,
  { chains }: BackupManifest,
  lost: readonly LostHead[],
): Promise<void> {
  for (const { environment, position } of lost) {
    const folder = environmentFolder(data, environment);
    const kept = await headIn(folder);
    const chain = chains.find((one) => one.project === kept?.project);
    if (chain === undefined) continue;
    await rename(headFile(folder), join(folder, `audit-head.lost-${position}.json`));
    const { project, link } = chain;
    // From nothing where the backup had nothing yet.
    if (link !== null)
      await writeOwn(headFile(folder), JSON.stringify({ project, position: chain.position, link }));
  }
}

const headFile = (folder: string): string => join(folder, 'audit-head.json');

async function headIn(folder: string): Promise<KeptHead | null> {
  try {
    return JSON.parse(await readFile(headFile(folder), 'utf8')) as KeptHead;
  } catch {
    return null;
  }
}
