import { type ExportHeader, genesisLink, linkOf, payloadDigestOf, signHead } from '../domain/audit/index.ts';
import type { ChainedEvent } from '../domain/event.ts';
import type { Digest } from '../domain/ids.ts';

/**
 * What a dishonest control plane could do: change the past, give every event after it a new link, and sign new
 * checkpoints with its own key. Only the heads that agents keep give it away.
 */
export function rewriteChain(lines: readonly string[], controlKey: string): readonly string[] {
  const [first = '{}', ...rows] = lines;
  const header = JSON.parse(first) as ExportHeader;
  const { project } = header;
  const links = new Map<number, Digest>();
  let previous = genesisLink(project);
  const rewritten = rows.map((row, index) => {
    const event = JSON.parse(row) as ChainedEvent;
    const message = index === 0 ? `${event.message}, as somebody would rather have it` : event.message;
    const payloadDigest = payloadDigestOf({ ...event, message }, event.factsDigest);
    const link = linkOf({ project, position: event.position, previous, payloadDigest });
    links.set(event.position, link);
    previous = link;
    return JSON.stringify({ ...event, message, payloadDigest, link });
  });
  const checkpoints = header.checkpoints.map(({ at, position }) => {
    const link = links.get(position) ?? previous;
    return {
      position,
      link,
      at,
      signature: signHead(controlKey, { project, position, link }),
      countersignatures: [],
    };
  });
  return [JSON.stringify({ ...header, checkpoints }), ...rewritten];
}
