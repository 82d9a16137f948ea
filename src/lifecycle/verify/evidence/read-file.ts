import type { EvidenceFacts } from '../../../domain/evidence/evidence.ts';
import { Failure } from '../../../domain/failure.ts';
import { listText } from '../../../domain/wording.ts';
import type { EvidenceReader } from '../../../ports/evidence-reader.ts';
import type { Arrived } from '../../../ports/object-store.ts';
import type { Parts } from '../../parts.ts';

/** How long the reading of one file may take. */
const readingLimitMs = 120_000;
const headBytes = 4096;

export interface FileRead {
  readonly facts: EvidenceFacts;
  readonly format: string;
}

interface ReadAsk {
  readonly fileName: string;
  readonly format?: string | undefined;
  readonly kind?: string | undefined;
}

/**
 * Throws invalid `evidence-format-unknown` and `evidence-of-another-kind` where that is plain from what is asked alone:
 * nobody sends a file for that.
 */
export function needReader(parts: Parts, ask: ReadAsk): void {
  if (ask.format !== undefined) needKind(ask, named(parts, ask.format));
}

function needKind({ fileName, kind }: ReadAsk, reader: EvidenceReader): void {
  if (kind !== undefined && kind !== reader.proves) throw otherKind(fileName, kind, reader);
}

/** Reads a file before it is kept. Throws invalid `evidence-unreadable` with every problem, `evidence-format-unknown`. */
export async function readFile(parts: Parts, ask: ReadAsk, arrived: Arrived): Promise<FileRead> {
  const reader =
    ask.format === undefined ? await guessed(parts, ask.fileName, arrived) : named(parts, ask.format);
  needKind(ask, reader);
  const limit = new AbortController();
  using _timer = parts.clock.after(readingLimitMs, () => limit.abort());
  const source = { name: ask.fileName, bytes: arrived() };
  const reading = await reader.read(source, limit.signal);
  if (reading.kind === 'read') return { facts: reading.facts, format: reader.format };
  const [first] = reading.problems;
  throw new Failure('invalid', 'evidence-unreadable', `${ask.fileName} cannot be read: ${first.message}.`, {
    wayOut: first.instead ?? 'Hand over the file as the tool wrote it.',
    problems: reading.problems,
  });
}

function named({ readers }: Parts, format: string): EvidenceReader {
  const reader = readers.known.get(format);
  if (reader !== undefined) return reader;
  throw new Failure('invalid', 'evidence-format-unknown', `No reader knows the format "${format}".`, {
    wayOut: `The formats are: ${listText([...readers.known.keys()])}.`,
  });
}

async function guessed({ readers }: Parts, name: string, arrived: Arrived): Promise<EvidenceReader> {
  const reader = readers.guess({ name, head: await headOf(arrived()) });
  if (reader !== null) return reader;
  throw new Failure('invalid', 'evidence-format-unknown', `Nothing in ${name} tells its format.`, {
    wayOut: `Say it: --format with one of ${listText([...readers.known.keys()])}.`,
  });
}

async function headOf(bytes: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of bytes) {
    chunks.push(chunk);
    size += chunk.byteLength;
    if (size >= headBytes) break;
  }
  return Buffer.concat(chunks).subarray(0, headBytes);
}

const otherKind = (name: string, kind: string, reader: EvidenceReader): Failure =>
  new Failure(
    'invalid',
    'evidence-of-another-kind',
    `${name} is ${reader.format}, which proves ${reader.proves}, not ${kind}.`,
    {
      wayOut: `Hand it over as --kind ${reader.proves}, or choose the file that proves ${kind}.`,
    },
  );
