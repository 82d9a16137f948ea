import type { EvidenceFacts } from '../../domain/evidence/facts.ts';
import type { EvidenceReader } from '../../ports/evidence-reader.ts';
import type { EvidenceReaders } from '../../lifecycle/parts.ts';

type FileKind = Exclude<EvidenceFacts['kind'], 'count'>;

/** Files of evidence in a made-up world say outright what is in them: their format is their kind. */
export const madeUpReaders: EvidenceReaders = {
  known: new Map((['tests', 'coverage', 'scan'] as const).map((kind) => [kind, readerOf(kind)])),
  guess: () => null,
};

function readerOf(proves: FileKind): EvidenceReader {
  return {
    format: proves,
    proves,
    read: async ({ bytes }) => ({ kind: 'read', facts: await factsIn(bytes) }),
  };
}

async function factsIn(bytes: AsyncIterable<Uint8Array>): Promise<EvidenceFacts> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString('utf8')) as EvidenceFacts;
}

/** What such a file holds. */
export async function* fileOf(facts: EvidenceFacts): AsyncGenerator<Uint8Array> {
  yield Buffer.from(JSON.stringify(facts));
}
