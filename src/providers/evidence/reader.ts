import type {
  EvidenceProblem,
  EvidenceReader,
  EvidenceSource,
  Reading,
} from '../../ports/evidence-reader.ts';
import type { Format } from './format.ts';
import { lookAt, lookedAt } from './reading/look.ts';
import { Kept, Problems, Unreadable } from './reading/problems.ts';
import { textOf } from './reading/text.ts';

/** Makes a reader of a format: bytes to text, and what was found on the way to a reading. */
export const readerOf = (format: Format): EvidenceReader => ({
  format: format.name,
  proves: format.proves,
  read: (source, signal) => readAs(format, source, signal),
});

async function readAs(format: Format, source: EvidenceSource, signal: AbortSignal): Promise<Reading> {
  const problems = new Problems(source.name);
  try {
    const text = expecting(format, textOf(source, problems, signal), problems);
    const facts = await format.read({ text, problems, kept: new Kept(problems) });
    return unreadable(problems.found) ?? { kind: 'read', facts };
  } catch (thrown) {
    const reading = thrown instanceof Unreadable ? unreadable(problems.found) : null;
    if (reading !== null) return reading;
    throw thrown;
  }
}

function unreadable([first, ...others]: readonly EvidenceProblem[]): Reading | null {
  return first === undefined ? null : { kind: 'unreadable', problems: [first, ...others] };
}

/** Passes the text on once its beginning looks like the format, so that an error page is called one. */
async function* expecting(
  format: Format,
  text: AsyncIterable<string>,
  problems: Problems,
): AsyncGenerator<string, void, undefined> {
  let head: string | null = '';
  for await (const piece of text) {
    if (head === null) {
      yield piece;
      continue;
    }
    head += piece;
    if (head.length < lookedAt) continue;
    refuseOther(format, head, problems);
    yield head;
    head = null;
  }
  if (head === null) return;
  refuseOther(format, head, problems);
  yield head;
}

const looks = {
  html: 'an HTML page, such as a server’s error page',
  xml: 'XML',
  json: 'JSON',
  lines: 'plain text',
  nothing: 'nothing but blanks',
} as const;

function refuseOther(format: Format, head: string, problems: Problems): void {
  const { syntax } = lookAt(head);
  if (syntax === format.syntax) return;
  problems.stop({
    code: 'another-format',
    message: `This is ${looks[syntax]}, and not ${format.title}`,
    instead: 'hand over the file that the tool wrote, and name its format as it is',
    at: { line: 1, column: 1 },
  });
}
