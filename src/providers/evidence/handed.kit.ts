import type { EvidenceFacts } from '../../domain/evidence/facts.ts';
import type { Reading } from '../../ports/evidence-reader.ts';
import { evidenceReaders } from './index.ts';

export const never = new AbortController().signal;

/** Bytes as CI would send them, in chunks of so many. */
export async function* inChunks(bytes: Uint8Array, chunkBytes = 65_536): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.byteLength; from += chunkBytes)
    yield bytes.subarray(from, from + chunkBytes);
}

/** Reads a file of the format that is handed over as text or bytes. */
export function handed(format: string, content: string | Uint8Array, chunkBytes?: number): Promise<Reading> {
  const reader = evidenceReaders.get(format);
  if (reader === undefined) throw new Error(`there is no reader ${format}`);
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  return reader.read({ name: 'report', bytes: inChunks(bytes, chunkBytes) }, never);
}

/** The facts of a file that must be readable. */
export async function factsOf<Kind extends EvidenceFacts['kind']>(
  kind: Kind,
  format: string,
  content: string | Uint8Array,
): Promise<Extract<EvidenceFacts, { kind: Kind }>> {
  const reading = await handed(format, content);
  if (reading.kind !== 'read' || reading.facts.kind !== kind) {
    throw new Error(`not read as ${kind}: ${JSON.stringify(reading)}`);
  }
  return reading.facts as Extract<EvidenceFacts, { kind: Kind }>;
}

/** The codes of what is wrong with a file, each with its place where it has one: `cut-off 3:14`. */
export async function problemsOf(format: string, content: string | Uint8Array): Promise<string[]> {
  const reading = await handed(format, content);
  if (reading.kind === 'read') return [];
  return reading.problems.map(({ code, place }) =>
    place === undefined ? code : `${code} ${place.line}:${place.column}`,
  );
}
