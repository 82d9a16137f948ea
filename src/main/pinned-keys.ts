import { dirname, join } from 'node:path';
import { writeFile } from 'node:fs/promises';
import { stringify } from 'yaml';
import { fileFailure } from '../cli/find/files.ts';
import { readAgentFile } from './agent-file.ts';
import { type DataFolder, environmentFolder } from './data-folder.ts';
import { readOwn } from './files.ts';
import { controlKey, environmentKeys } from './keys.ts';
import { namedFull } from './laptop-needs.ts';

const heading = `# The public keys of this project's control plane and agents. Commit this file: who reads the repository
# can then tell whether a key that is shown is the right one. It holds no secret.
`;

export const pinnedKeysFile = (projectFile: string): string => join(dirname(projectFile), 'rung.keys.yaml');

/**
 * Writes the public keys beside the project file; leaves the file alone when it says so already. Throws as `fileFailure`
 * says, and unavailable `disk-full`.
 */
export async function writePinnedKeys(
  data: DataFolder,
  projectFile: string,
  environments: readonly string[],
): Promise<void> {
  const agents = await Promise.all(
    environments.map(async (name) => {
      const { agent } = await readAgentFile(environmentFolder(data, name));
      const { signing, sealing } = await environmentKeys(data, name);
      return [
        agent,
        { environment: name, signing: [signing.publicKey], sealing: sealing.publicKey },
      ] as const;
    }),
  );
  const { publicKey } = await controlKey(data);
  const text = heading + stringify({ 'control-plane': [publicKey], agents: Object.fromEntries(agents) });
  const path = pinnedKeysFile(projectFile);
  try {
    if ((await readOwn(path)) !== text) await writeFile(path, text);
  } catch (thrown) {
    throw fileFailure(path, await namedFull(thrown, data));
  }
}
