import { type EventContent, factsDigestOf, payloadDigestOf } from '../domain/audit/chain.ts';
import type { NewEvent } from '../domain/event.ts';
import type { Digest, EventId } from '../domain/ids.ts';
import { type RandomBytes, uuidAt } from '../engine/uuid.ts';

/** An event as it is kept until it gets its place: what the digest covers is exactly what is kept. */
export interface UnchainedEvent {
  readonly project: NewEvent['project'];
  readonly content: EventContent;
  readonly payload: NewEvent['payload'];
  readonly factsDigest: Digest;
  readonly payloadDigest: Digest;
}

/** Takes it through JSON first, so that the digest is over what will be read back and nothing else. */
export function unchained(event: NewEvent, random?: RandomBytes): UnchainedEvent {
  const { project, payload, ...said } = JSON.parse(JSON.stringify(event)) as NewEvent;
  const { kind, at, actor, environment, subject, message } = said;
  const id = uuidAt(at, random) as EventId;
  const content = { id, kind, at, actor, environment, subject, message };
  const factsDigest = factsDigestOf(payload);
  return { project, content, payload, factsDigest, payloadDigest: payloadDigestOf(content, factsDigest) };
}
