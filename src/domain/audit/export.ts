import type { ChainedEvent } from '../event.ts';
import { Failure } from '../failure.ts';
import type { AgentId, Digest, ProjectId } from '../ids.ts';
import type { Checkpoint } from './types.ts';

/**
 * An export is JSON Lines: the header, then one chained event a line, oldest first. Each line is exactly what
 * `JSON.stringify` writes, so that no line can say one thing to one reader and another to the next.
 */
export interface ExportHeader {
  readonly project: ProjectId;
  /** A label for people; nothing vouches for it. */
  readonly name: string;
  /** The control plane's Ed25519 key, raw, base64url. Believed only when it is pinned. */
  readonly publicKey: string;
  readonly checkpoints: readonly Checkpoint[];
}

/** What an agent last countersigned, kept outside the control plane: in its own file and in the repository. */
export interface AgentHead {
  readonly project: ProjectId;
  readonly agent: AgentId;
  readonly position: number;
  readonly link: Digest;
  /** By the agent, over `checkpointText`. */
  readonly signature: string;
}

/** The keys that are believed, from the file in the repository. Several where one was replaced. */
export interface PinnedKeys {
  readonly controlPlane: readonly string[];
  readonly agents: Readonly<Record<string, readonly string[]>>;
}

export const exportHeaderLine = (header: ExportHeader): string =>
  `${JSON.stringify({ rungAudit: 1, ...header })}\n`;

/** An event whose payload has expired is there with null; `factsDigest` still binds what it was. */
export const exportEventLine = (event: ChainedEvent): string => `${JSON.stringify(event)}\n`;

/** One agent head a line. Throws invalid `heads-malformed`. */
export function parseHeads(text: string): readonly AgentHead[] {
  return text.split('\n').flatMap((line, index) => (line.trim() === '' ? [] : [parseHead(line, index + 1)]));
}

function parseHead(line: string, number: number): AgentHead {
  const head = parseObject(line);
  if (
    head === undefined ||
    typeof head['project'] !== 'string' ||
    typeof head['agent'] !== 'string' ||
    !Number.isSafeInteger(head['position']) ||
    typeof head['link'] !== 'string' ||
    typeof head['signature'] !== 'string'
  ) {
    throw new Failure('invalid', 'heads-malformed', `Line ${number} of the heads is not an agent's head.`, {
      wayOut: 'Give the file as the agents wrote it: one JSON object a line.',
    });
  }
  return head as unknown as AgentHead;
}

/** undefined for anything that is not a JSON object. */
export function parseObject(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

const lineLimitBytes = 16 * 1024 * 1024;

/**
 * Lines of a stream, split at line feeds alone: JSON may hold the other characters some readers split at. Throws
 * invalid `line-too-long` above 16 MiB.
 */
export async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let rest = '';
  for await (const chunk of chunks) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > lineLimitBytes) throw lineTooLong();
    yield* lines;
  }
  rest += decoder.decode();
  if (rest !== '') yield rest;
}

const lineTooLong = (): Failure =>
  new Failure('invalid', 'line-too-long', 'A line of the export is longer than 16 MiB.', {
    wayOut: 'Make the export again with rung log --export; this file is not one.',
  });
