import type { Digest, EventId, Instant } from '../ids.ts';
import { type EventContent, factsDigestOf, payloadDigestOf } from './chain.ts';
import { parseObject } from './export.ts';
import type { Restoration } from './findings.ts';

/** One event line, read, and whether what it says still has the digest that the chain holds. */
export interface Row {
  readonly position: number;
  readonly payloadDigest: Digest;
  readonly link: Digest;
  readonly expired: boolean;
  /** null when the content is what the digest says; else what is wrong with it. */
  readonly wrong: string | null;
  /** null: it is about something else. */
  readonly restoration: Restoration | null;
}

const members = [
  'actor',
  'at',
  'environment',
  'factsDigest',
  'id',
  'kind',
  'link',
  'message',
  'payload',
  'payloadDigest',
  'position',
  'project',
  'subject',
].join();

/** undefined when the line is not an event of an export at all. */
export function readRow(line: string, project: string): Row | undefined {
  const value = parseObject(line);
  // A line that does not come back the same holds a member twice, or spaces: two readers could see two things.
  if (value === undefined || JSON.stringify(value) !== line) return undefined;
  if (Object.keys(value).toSorted().join() !== members) return undefined;
  const { position, payloadDigest, link, payload } = value;
  if (!Number.isSafeInteger(position) || typeof payloadDigest !== 'string' || typeof link !== 'string') {
    return undefined;
  }
  return {
    position: position as number,
    payloadDigest: payloadDigest as Digest,
    link: link as Digest,
    expired: payload === null,
    wrong: wrongWith(value, project),
    restoration: value['kind'] === 'control-plane.restored' ? restorationIn(value) : null,
  };
}

function restorationIn({ position, at, payload }: Record<string, unknown>): Restoration {
  const { takenAt, position: backupPosition } = (payload ?? {}) as Record<string, unknown>;
  return {
    position: position as number,
    at: at as Instant,
    takenAt: typeof takenAt === 'string' ? takenAt : null,
    backupPosition: typeof backupPosition === 'number' ? backupPosition : null,
  };
}

function wrongWith(value: Record<string, unknown>, project: string): string | null {
  const facts = value['factsDigest'] as Digest;
  if (value['project'] !== project) return 'it names another project';
  if (value['payload'] !== null && factsDigestOf(value['payload'] as Record<string, unknown>) !== facts) {
    return 'its payload is not what was recorded';
  }
  const content: EventContent = {
    id: value['id'] as EventId,
    kind: value['kind'] as EventContent['kind'],
    at: value['at'] as Instant,
    actor: value['actor'] as EventContent['actor'],
    environment: value['environment'] as EventContent['environment'],
    subject: value['subject'] as string,
    message: value['message'] as string,
  };
  return payloadDigestOf(content, facts) === value['payloadDigest']
    ? null
    : 'what it says is not what was recorded';
}
