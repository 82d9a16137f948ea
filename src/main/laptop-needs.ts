import { access, constants, mkdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Failure } from '../domain/failure.ts';
import { readAddress } from './address.ts';
import { type DataFolder, environmentFolder } from './data-folder.ts';

/** What has to be so before anything is started; each refusal says what to do. */

/** Of sun_path, less the closing zero: 104 bytes on macOS and BSD, 108 on Linux. */
const longestSocketPath = 103;
/** The longest name of a socket that lies in an environment's folder. */
const longestSocketName = 'agent-metrics.sock';

/** Throws invalid `data-folder-too-deep` when a socket in it would have a path that systems do not take. */
export function refuseTooDeep(data: DataFolder, environments: readonly string[]): void {
  const paths = environments.map((name) => join(environmentFolder(data, name), longestSocketName));
  const longest = paths.reduce((one, other) => (bytes(one) >= bytes(other) ? one : other), '');
  const over = bytes(longest) - longestSocketPath;
  if (over <= 0) return;
  throw new Failure(
    'invalid',
    'data-folder-too-deep',
    `The path of the data folder is too long: sockets in it would have names of ${bytes(longest)} bytes, and systems take ${longestSocketPath}.`,
    { wayOut: `Choose a data folder whose path is at least ${over} bytes shorter (--data).` },
  );
}

const bytes = (text: string): number => Buffer.byteLength(text);

/** Makes the data folder where it is missing. Throws denied `data-folder-read-only` where that cannot be. */
export async function needWritable({ root }: DataFolder): Promise<void> {
  try {
    await mkdir(root, { recursive: true, mode: 0o700 });
    await access(root, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException;
    throw new Failure(
      'denied',
      'data-folder-read-only',
      `Nothing can be written into the data folder ${root} (${code ?? String(thrown)}).`,
      { wayOut: 'Choose another folder with --data, or make that one yours to write.', cause: thrown },
    );
  }
}

/** Throws conflict `port-taken`. What a killed supervisor left listening there is ours, and will go. */
export async function needFreePort(port: number, data: DataFolder): Promise<void> {
  const last = await readAddress(data).catch(() => null);
  if (last !== null && Number(new URL(last.url).port) === port) return;
  if (await isFree(port)) return;
  throw new Failure('conflict', 'port-taken', `Port ${port} is taken by another program.`, {
    wayOut: 'Choose another one with --port, or none: then a free one is found and printed.',
  });
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
