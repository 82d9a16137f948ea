import { randomBytes } from 'node:crypto';
import { digestOf } from '../../domain/canonical.ts';
import { Failure } from '../../domain/failure.ts';
import { type ActorId, later } from '../../domain/ids.ts';
import type { Clock } from '../../engine/clock.ts';
import type { Identity, LinkIssuer, SignInAnswer, SignInMemory } from '../../ports/identity.ts';

export { createSignInFolder } from './sign-in-folder.ts';

export const oneTimeLink = 'one-time-link';
const linkLivesMs = 15 * 60_000;
const codePattern = /^[A-Za-z0-9_-]{43}$/;

/**
 * Sign-in on a laptop: a link that works once, for a quarter of an hour. Its code has 256 random bits and travels in
 * the link's fragment, which browsers send to nobody; only its digest is kept.
 */
export function createLaptopIdentity(parts: {
  readonly clock: Pick<Clock, 'now'>;
  readonly memory: SignInMemory;
  readonly linkLivesMs?: number;
}): Identity & LinkIssuer {
  return {
    methods: [
      {
        id: oneTimeLink,
        kind: 'link',
        label: 'One-time link',
        hint: 'Type `rung open` in a terminal on this machine for a new link.',
      },
    ],
    begin: () => Promise.reject(leadsNowhere()),
    finish: (answer) => redeem(answer, parts),
    issue: async (person) => {
      const code = randomBytes(32).toString('base64url');
      const expiresAt = later(parts.clock.now(), parts.linkLivesMs ?? linkLivesMs);
      await parts.memory.keepLink({ digest: digestOf(code), person, expiresAt });
      return { code, expiresAt };
    },
  };
}

async function redeem(
  { method, parameters }: SignInAnswer,
  parts: { readonly clock: Pick<Clock, 'now'>; readonly memory: SignInMemory },
): Promise<ActorId> {
  const { code } = parameters;
  if (method !== oneTimeLink || code === undefined || !codePattern.test(code)) throw refused();
  const link = await parts.memory.takeLink(digestOf(code));
  if (link === null || link.expiresAt <= parts.clock.now()) throw refused();
  return link.person;
}

const refused = (): Failure =>
  new Failure(
    'denied',
    'sign-in-refused',
    'This sign-in link was used already, is too old, or is not one of ours.',
    {
      wayOut: 'Type `rung open` in a terminal on the machine that Rung runs on for a new link.',
    },
  );

const leadsNowhere = (): Failure =>
  new Failure('invalid', 'sign-in-method-unknown', 'One signs in here by a link, not through another site.', {
    wayOut: 'Type `rung open` in a terminal on the machine that Rung runs on for a link.',
  });
