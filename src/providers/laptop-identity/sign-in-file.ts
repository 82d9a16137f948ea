import { chmodSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { Failure } from '../../domain/failure.ts';
import type { Instant } from '../../domain/ids.ts';
import type { Clock } from '../../engine/clock.ts';
import type { KeptLink, SignInMemory } from '../../ports/identity.ts';

interface Kept {
  readonly links: readonly KeptLink[];
  readonly revoked: readonly { readonly session: string; readonly forgetAt: Instant }[];
}

const nothing: Kept = { links: [], revoked: [] };
const mostLinks = 1000;

/**
 * Remembers sign-ins in one small file that only its owner reads. One process at a time may use it; every change is
 * on the disk, whole, before the promise resolves. A file that cannot be read is unavailable `sign-in-file`: it is
 * never taken for empty, because that would bring ended sessions back to life.
 */
export function createSignInFile(path: string, clock: Pick<Clock, 'now'>): SignInMemory {
  let kept = read(path);

  const keep = (next: Kept): void => {
    const now = clock.now();
    kept = {
      links: next.links.filter(({ expiresAt }) => expiresAt > now).slice(-mostLinks),
      revoked: next.revoked.filter(({ forgetAt }) => forgetAt > now),
    };
    const aside = `${path}.new`;
    writeFileSync(aside, JSON.stringify(kept), { mode: 0o600 });
    chmodSync(aside, 0o600);
    renameSync(aside, path);
  };

  return {
    keepLink: async (link) => keep({ ...kept, links: [...kept.links, link] }),
    takeLink: async (digest) => {
      const link = kept.links.find((one) => one.digest === digest);
      if (link === undefined) return null;
      keep({ ...kept, links: kept.links.filter((one) => one !== link) });
      return link;
    },
    revokeSession: async (session, forgetAt) =>
      keep({ ...kept, revoked: [...kept.revoked, { session, forgetAt }] }),
    isRevoked: async (session) => kept.revoked.some((one) => one.session === session),
  };
}

function read(path: string): Kept {
  try {
    return { ...nothing, ...(JSON.parse(readFileSync(path, 'utf8')) as Partial<Kept>) };
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return nothing;
    throw new Failure('unavailable', 'sign-in-file', `The file of sign-ins ${path} cannot be read.`, {
      wayOut:
        'Mend its permissions, or delete it together with the session key beside it: everybody signs in anew.',
      cause: thrown,
    });
  }
}
