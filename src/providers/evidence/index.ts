import type { EvidenceClue, EvidenceReader } from '../../ports/evidence-reader.ts';
import type { Format } from './format.ts';
import { cobertura } from './cobertura/index.ts';
import { count } from './count/index.ts';
import { junit } from './junit/index.ts';
import { lcov } from './lcov/index.ts';
import { readerOf } from './reader.ts';
import { encodingOf } from './reading/encoding.ts';
import { lookAt, lookedAt } from './reading/look.ts';
import { sarif } from './sarif/index.ts';

/** Every format: a folder and a line. In the order in which a file is held against them. */
const formats: readonly Format[] = [junit, lcov, cobertura, sarif, count];

/** A reader for each format, by its name. */
export const evidenceReaders: ReadonlyMap<string, EvidenceReader> = new Map(
  formats.map((format) => [format.name, readerOf(format)]),
);

/** The reader for a file whose format nobody said; null where nothing tells. */
export function readerFor(clue: EvidenceClue): EvidenceReader | null {
  const format = byContent(clue) ?? byMediaType(clue) ?? byName(clue);
  return format === undefined ? null : (evidenceReaders.get(format.name) ?? null);
}

function byContent({ head = new Uint8Array() }: EvidenceClue): Format | undefined {
  const text = new TextDecoder(encodingOf(head)).decode(head.subarray(0, 2 * lookedAt));
  const look = lookAt(text);
  return formats.find((format) => format.syntax === look.syntax && format.recognizes(look, text));
}

function byMediaType({ mediaType = '' }: EvidenceClue): Format | undefined {
  const [plain = ''] = mediaType.split(';');
  return formats.find(({ mediaTypes }) => mediaTypes.includes(plain.trim().toLowerCase()));
}

const byName = ({ name = '' }: EvidenceClue): Format | undefined =>
  formats.find(({ fileName }) => fileName.test(name));
