import { join } from 'node:path';
import { systemDisk } from '../../disk/system-disk.ts';
import type { DataFolder } from '../data-folder.ts';
import { entriesIn, writeOwn } from '../files.ts';
import { damaged, type SealedFiles } from './format.ts';

/** The control plane's own, in its folder; and of each environment whose agent lives in this data folder. */
const controlFiles = ['key.json', 'session.key', 'cli-token', 'options.json'] as const;
const agentFiles = ['key.json'] as const;
const fileNames = new Set<string>([...controlFiles, ...agentFiles]);

/** Keys and tokens of the data folder, by their path in it. Throws where one is there and cannot be read: nothing is left out. */
export async function keysToSeal({ root, environments }: DataFolder): Promise<SealedFiles> {
  const agents = (await entriesIn(environments))
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  const paths = [
    ...controlFiles.map((name) => `control/${name}`),
    ...agents.toSorted().flatMap((agent) => agentFiles.map((name) => `environments/${agent}/${name}`)),
  ];
  const files: Record<string, string> = {};
  for (const path of paths) {
    const content = await systemDisk.read(join(root, path));
    if (content !== null) files[path] = Buffer.from(content).toString('base64');
  }
  return { files };
}

/** A name as an environment may have one, so that nothing in a backup leads out of the data folder. */
const sealedPath = /^(?:control|environments\/[a-z0-9][a-z0-9-]*)\/(?<name>[a-z.-]+)$/u;

/** Puts keys back. Those of an agent that lives here already are its own, and stay. Returns the paths written. */
export async function writeKeys({ root }: DataFolder, { files }: SealedFiles): Promise<readonly string[]> {
  const written: string[] = [];
  for (const [path, content] of Object.entries(files)) {
    const name = sealedPath.exec(path)?.groups?.['name'];
    if (name === undefined || !fileNames.has(name)) throw damaged(`${path} is no key.`);
    if ((await systemDisk.read(join(root, path))) !== null) continue;
    await writeOwn(join(root, path), Buffer.from(content, 'base64'));
    written.push(path);
  }
  return written;
}
