import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readFile, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../../domain/failure.ts';
import type { Clock } from '../../engine/clock.ts';
import type { KeptLink, SignInMemory } from '../../ports/identity.ts';

const mostLinks = 1000;

/**
 * Remembers sign-ins in a folder that only its owner reads, a small file for each. Any number of processes may use it: a
 * link is taken by renaming its file, which one of them can do. What cannot be read is unavailable `sign-in-folder`: it is
 * never taken for nothing, because that would bring ended sessions back to life.
 */
export function createSignInFolder(folder: string, clock: Pick<Clock, 'now'>): SignInMemory {
  const links = join(folder, 'links');
  const ended = join(folder, 'ended');
  const readable = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (thrown) {
      throw unreadable(folder, thrown);
    }
  };
  const keep = (place: string, name: string, content: Expiring): Promise<void> =>
    readable(async () => {
      await mkdir(place, { recursive: true, mode: 0o700 });
      await forgetOld(place, clock.now());
      await write(join(place, nameOf(name)), JSON.stringify(content));
    });

  return {
    keepLink: (link) => keep(links, link.digest, link),
    takeLink: (digest) =>
      readable(async () => {
        const taken = join(links, `${randomUUID()}.taken`);
        if (!(await isThere(rename(join(links, nameOf(digest)), taken)))) return null;
        const link = JSON.parse(await readFile(taken, 'utf8')) as KeptLink;
        await rm(taken);
        return link;
      }),
    revokeSession: (session, forgetAt) => keep(ended, session, { expiresAt: forgetAt }),
    isRevoked: (session) => readable(() => isThere(readFile(join(ended, nameOf(session))))),
  };
}

type Expiring = Pick<KeptLink, 'expiresAt'>;

/** Of any text, the name of a file that says nothing of it. */
const nameOf = (text: string): string => createHash('sha256').update(text).digest('hex');

async function write(path: string, content: string): Promise<void> {
  const aside = `${path}.${randomUUID()}.new`;
  await using file = await open(aside, 'wx', 0o600);
  await file.writeFile(content);
  await file.sync();
  await rename(aside, path);
}

const ours = /^[0-9a-f]{64}$/u;

/** What no longer matters, and of links the oldest where there are too many. What cannot be read is left alone. */
async function forgetOld(place: string, now: number): Promise<void> {
  const names = (await readdir(place)).filter((name) => ours.test(name));
  const found = await Promise.all(names.map(async (name) => expiring(join(place, name))));
  const over = found.filter(({ expiresAt }) => expiresAt <= now);
  const kept = found.filter(({ expiresAt }) => expiresAt > now);
  const byAge = kept.toSorted((one, other) => other.expiresAt - one.expiresAt);
  const tooMany = place.endsWith('links') ? byAge.slice(mostLinks - 1) : [];
  for (const { path } of [...over, ...tooMany]) await rm(path, { force: true });
}

async function expiring(path: string): Promise<{ readonly path: string; readonly expiresAt: number }> {
  try {
    return { path, expiresAt: (JSON.parse(await readFile(path, 'utf8')) as Expiring).expiresAt };
  } catch {
    return { path, expiresAt: Number.POSITIVE_INFINITY };
  }
}

const isThere = (look: Promise<unknown>): Promise<boolean> =>
  look.then(
    () => true,
    (thrown: NodeJS.ErrnoException) => {
      if (thrown.code === 'ENOENT') return false;
      throw thrown;
    },
  );

const unreadable = (folder: string, cause: unknown): Failure =>
  new Failure('unavailable', 'sign-in-folder', `The folder of sign-ins ${folder} cannot be read.`, {
    wayOut:
      'Mend its permissions, or delete it together with the session key beside it: everybody signs in anew.',
    cause,
  });
