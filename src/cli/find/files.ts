import { constants } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../../domain/failure.ts';
import { isLoopback } from './url.ts';

const smallFileBytes = 64 * 1024;

/** A file of 64 KiB at most, as text. Throws absent `file-unknown`, invalid `file-too-large`, denied `file-unreadable`. */
export async function readSmallFile(path: string, limitBytes = smallFileBytes): Promise<string> {
  return Buffer.from(await readBytes(path, limitBytes, constants.O_RDONLY)).toString('utf8');
}

/** The bytes of a file within a limit; the same failures as `readSmallFile`. */
export async function readBytes(
  path: string,
  limitBytes: number,
  flags: number = constants.O_RDONLY,
): Promise<Uint8Array> {
  try {
    await using file = await open(path, flags);
    const bytes = Buffer.alloc(limitBytes + 1);
    let size = 0;
    for (;;) {
      const { bytesRead } = await file.read(bytes, size, bytes.length - size);
      size += bytesRead;
      if (size > limitBytes) throw tooLarge(path, limitBytes);
      if (bytesRead === 0) return bytes.subarray(0, size);
    }
  } catch (thrown) {
    throw fileFailure(path, thrown);
  }
}

const tooLarge = (path: string, limitBytes: number): Failure =>
  new Failure('invalid', 'file-too-large', `${path} is larger than ${String(limitBytes / 1024)} KiB.`, {
    wayOut: 'Check that it is the file that you mean.',
  });

/** What the system said about a file, as a failure that says what to do; anything else as it came. */
export function fileFailure(path: string, thrown: unknown): unknown {
  if (thrown instanceof Failure || !(thrown instanceof Error) || !('syscall' in thrown)) return thrown;
  const code = 'code' in thrown ? String(thrown.code) : 'unknown';
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return new Failure('absent', 'file-unknown', `There is no file ${path}.`, { wayOut: 'Check the path.' });
  if (code === 'EISDIR')
    return new Failure('invalid', 'file-is-folder', `${path} is a folder.`, { wayOut: 'Name a file in it.' });
  return new Failure('denied', 'file-unreadable', `${path} cannot be used (${code}).`, {
    wayOut: 'Check who owns it and who may read and write it.',
    cause: thrown,
  });
}

export interface Address {
  readonly url: string;
  readonly project: string | null;
}

/**
 * What the control planes that run from this folder wrote down, each of them for itself; one at least. Throws unavailable
 * `not-running`.
 */
export async function readAddresses(folder: string): Promise<readonly [Address, ...Address[]]> {
  const run = join(folder, 'run');
  const [first, ...others] = await Promise.all(
    ['address.json', ...(await otherAddresses(run))].map((name) => addressIn(join(run, name))),
  );
  if (first !== undefined && first !== null) return [first, ...others.filter((one) => one !== null)];
  throw new Failure('unavailable', 'not-running', `Nothing runs from ${folder}.`, {
    wayOut: 'Start it with `rung up`, or name another place with --data FOLDER or --url ADDRESS.',
  });
}

async function addressIn(path: string): Promise<Address | null> {
  const written = await ownFile(path);
  return written === null ? null : parseAddress(written, path);
}

const otherAddresses = async (run: string): Promise<readonly string[]> =>
  (await readdir(run).catch(() => [])).filter((name) => /^address-[2-5]\.json$/u.test(name)).toSorted();

function parseAddress(written: string, path: string): Address {
  const { url, project } = parsed(written);
  const address = typeof url === 'string' ? URL.parse(url) : null;
  // A data folder may have come with a clone: it must not be able to send this machine's token anywhere.
  if (address === null || address.protocol !== 'http:' || !isLoopback(address))
    throw new Failure('invalid', 'address-unusable', `${path} does not name an address on this machine.`, {
      wayOut: 'Start Rung again with `rung up`; for a control plane elsewhere use --url.',
    });
  return { url: address.href.replace(/\/$/u, ''), project: typeof project === 'string' ? project : null };
}

function parsed(json: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

/** The token of this machine's own command line, or null where there is none. */
export const readOwnToken = async (folder: string): Promise<string | null> =>
  (await ownFile(join(folder, 'control', 'cli-token')))?.trim() ?? null;

async function ownFile(path: string): Promise<string | null> {
  try {
    const bytes = await readBytes(path, smallFileBytes, constants.O_RDONLY | constants.O_NOFOLLOW);
    return Buffer.from(bytes).toString('utf8');
  } catch (thrown) {
    if (thrown instanceof Failure && thrown.code === 'file-unknown') return null;
    throw thrown;
  }
}
