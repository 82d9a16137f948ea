import { canonicalJson, digestOfJson } from '../canonical.ts';
import type { NewEvent } from '../event.ts';
import type { Digest, EventId, ProjectId } from '../ids.ts';
import { sign, verify } from '../keys.ts';

/** All an event says. Its place in the chain is not part of it. */
export interface EventContent extends Omit<NewEvent, 'project' | 'payload'> {
  readonly id: EventId;
}

/** Where a chain stood: the last position and the link there. */
export interface ChainHead {
  readonly project: ProjectId;
  readonly position: number;
  readonly link: Digest;
}

/** The link before position 1. Another for each project, so that no event can be moved between two chains. */
export const genesisLink = (project: ProjectId): Digest => digestOfJson({ chain: 'rung-audit-1', project });

/** Of an event's payload alone. It stays when the payload itself has expired. */
export const factsDigestOf = (payload: NewEvent['payload']): Digest => digestOfJson(payload);

/**
 * What a link covers: the whole event, with the payload as its own digest. So everything about an event whose
 * payload has expired can still be proved, and who has neither sees no payload.
 */
export function payloadDigestOf(event: EventContent, facts: Digest): Digest {
  const { id, kind, at, actor, environment, subject, message } = event;
  return digestOfJson({ id, kind, at, actor, environment, subject, message, payload: facts });
}

/** The link at a position: covers the one before it, and so everything before. An agent needs no more than this. */
export const linkOf = (place: {
  readonly project: ProjectId;
  readonly position: number;
  readonly previous: Digest;
  readonly payloadDigest: Digest;
}): Digest => {
  const { project, position, previous, payloadDigest } = place;
  return digestOfJson({ project, position, previous, payloadDigest });
};

/** What control plane and agents sign: canonical JSON of project, position and link. */
export function checkpointText(head: ChainHead): string {
  const { project, position, link } = head;
  return canonicalJson({ project, position, link });
}

/** The signer's word that the chain stood so; Ed25519, base64url. */
export const signHead = (privateKey: string, head: ChainHead): string =>
  sign(privateKey, checkpointText(head));

export const verifyHead = (publicKey: string, head: ChainHead, signature: string): boolean =>
  verify(publicKey, checkpointText(head), signature);

/**
 * Follows a chain from a head that is trusted. Returns the new head, or undefined where the links do not follow each
 * other without a gap: then the chain does not extend what was trusted, and must not be countersigned.
 */
export function extendHead(
  head: ChainHead,
  links: readonly { readonly position: number; readonly payloadDigest: Digest }[],
): ChainHead | undefined {
  let { position, link } = head;
  for (const next of links) {
    if (next.position !== position + 1) return undefined;
    link = linkOf({ project: head.project, ...next, previous: link });
    position = next.position;
  }
  return { project: head.project, position, link };
}
