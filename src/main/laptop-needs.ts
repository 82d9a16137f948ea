import { access, constants, mkdir, readFile, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure, isDiskFull, isFailure } from '../domain/failure.ts';
import { isFree } from '../protocol/free-port.ts';
import { readAddress } from './address.ts';
import { homeOf } from './folder-identity.ts';
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

/** With less than this, programs of others (git) fail in words of their own. */
const tooLittleBytes = 256 * 1024;

/** A disk without space, by its name; everything else stays what it was. */
export async function namedFull(thrown: unknown, { root }: DataFolder): Promise<unknown> {
  if (isFailure(thrown) || !(isDiskFull(thrown) || (await isFull(root)))) return thrown;
  return new Failure('unavailable', 'disk-full', `The disk with the data folder ${root} is full.`, {
    wayOut: 'Free some space (200 MB are a good start), or choose a folder on another disk with --data.',
    cause: thrown,
  });
}

const isFull = (folder: string): Promise<boolean> =>
  statfs(folder).then(
    ({ bavail, bsize }) => bavail * bsize < tooLittleBytes,
    () => false,
  );

/** See `needServer`; loaded only where somebody has a database of their own. */
export async function needDatabase(url: string): Promise<void> {
  const { needServer } = await import('../store/postgres/need-server.ts');
  await needServer(url);
}

/** See `refuseOtherHome`. */
export async function refuseSharedDatabase(url: string, data: DataFolder): Promise<void> {
  const { refuseOtherHome } = await import('../store/postgres/home.ts');
  await refuseOtherHome(url, await homeOf(data));
}

/** The last thing a program's log names as being in its way; '' where it names nothing. */
export async function lastTrouble(data: DataFolder, program: string): Promise<string> {
  const text = await readFile(join(data.logs, `${program}.log`), 'utf8').catch(() => '');
  const troubles = text.split('\n').flatMap((line) => {
    const { level = 0, msg = '', err } = parsed(line);
    return level < warnLevel ? [] : [err?.message ?? msg];
  });
  return troubles.at(-1) ?? '';
}

const warnLevel = 40;

interface LogLine {
  readonly level?: number;
  readonly msg?: string;
  readonly err?: { readonly message?: string };
}

function parsed(line: string): LogLine {
  try {
    return JSON.parse(line) as LogLine;
  } catch {
    return {};
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
