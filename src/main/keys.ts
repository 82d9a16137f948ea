import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { generateSealingKey, generateSigningKey, type KeyPair } from '../domain/keys.ts';
import type { DataFolder } from './data-folder.ts';
import { environmentFolder } from './data-folder.ts';
import { keptOrMade, writeOwn } from './files.ts';

/** An environment's two key pairs; they never leave its folder. */
export interface EnvironmentKeys {
  readonly signing: KeyPair;
  readonly sealing: KeyPair;
}

export const newEnvironmentKeys = (): EnvironmentKeys => ({
  signing: generateSigningKey(),
  sealing: generateSealingKey(),
});

export const keyFile = (data: DataFolder, environment: string): string =>
  join(environmentFolder(data, environment), 'key.json');

export const environmentKeys = async (data: DataFolder, environment: string): Promise<EnvironmentKeys> =>
  JSON.parse(
    await keptOrMade(keyFile(data, environment), () => JSON.stringify(newEnvironmentKeys())),
  ) as EnvironmentKeys;

export const replaceEnvironmentKeys = (
  data: DataFolder,
  environment: string,
  keys: EnvironmentKeys,
): Promise<void> => writeOwn(keyFile(data, environment), JSON.stringify(keys));

/** The key that signs checkpoints of the log. */
export const controlKey = async (data: DataFolder): Promise<KeyPair> =>
  JSON.parse(
    await keptOrMade(join(data.control, 'key.json'), () => JSON.stringify(generateSigningKey())),
  ) as KeyPair;

const secret = (data: DataFolder, name: string): Promise<string> =>
  keptOrMade(join(data.control, name), () => randomBytes(32).toString('base64url'));

/** Seals sessions of people, so that they outlive a restart. */
export const sessionKey = async (data: DataFolder): Promise<Uint8Array> =>
  Buffer.from(await secret(data, 'session.key'), 'base64url');

/** What the command line on this machine shows. */
export const cliToken = (data: DataFolder): Promise<string> => secret(data, 'cli-token');
