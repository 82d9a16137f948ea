import { type Document, LineCounter, parseAllDocuments, type YAMLParseError } from 'yaml';
import type { Problem } from '../../domain/failure.ts';
import { guardProblems } from './guard.ts';
import { Places } from './places.ts';
import { plainData } from './walk.ts';

export interface ReadYaml {
  /** Plain data; null where it could not be read. What had a problem is null inside it. */
  readonly data: unknown;
  readonly places: Places;
  /** Of the YAML itself. */
  readonly problems: readonly Problem[];
  /** Whether `data` is worth checking further: it is not where the YAML is broken rather than refused. */
  readonly usable: boolean;
}

/** Reads one YAML 1.2 document as data, and nothing else that YAML can do. */
export function readYaml(text: string, file: string): ReadYaml {
  const lines = lineStartsOf(text);
  const places = new Places(file, lines);
  const guarded = guardProblems(text, file, lines);
  if (guarded.length > 0) return { data: null, places, problems: guarded, usable: false };
  const documents = parseAllDocuments(text, {
    prettyErrors: false,
    strict: true,
    version: '1.2',
    schema: 'core',
  });
  const [document, second] = documents as readonly Document[];
  if (document === undefined) return { data: null, places, problems: [], usable: true };
  const syntax = [...syntaxProblems(document, places), ...secondProblems(second, places)];
  const { data, problems } = plainData(document, text, places);
  const usable = document.errors.every(({ code }) => code === 'DUPLICATE_KEY');
  return { data, places, problems: [...syntax, ...problems], usable };
}

function lineStartsOf(text: string): LineCounter {
  const lines = new LineCounter();
  lines.addNewLine(0);
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines.addNewLine(at + 1);
  return lines;
}

const secondProblems = (second: Document | undefined, places: Places): readonly Problem[] =>
  second === undefined
    ? []
    : [
        {
          message: 'A second document begins here.',
          instead: 'one document, without `---` in between',
          place: places.at(second.range?.[0] ?? 0),
        },
      ];

/** One problem a line, and of tabs nothing but tabs: what follows from the first is noise. */
function syntaxProblems(document: Document, places: Places): readonly Problem[] {
  const tabs = document.errors.filter(({ code }) => code === 'TAB_AS_INDENT');
  const problems = (tabs.length > 0 ? tabs : document.errors).map((error) => syntaxProblem(error, places));
  return problems.filter(
    (problem, index) => problems.findIndex((one) => one.place?.line === problem.place?.line) === index,
  );
}

function syntaxProblem(error: YAMLParseError, places: Places): Problem {
  const place = places.at(error.pos[0]);
  const known = sentences[error.code];
  return known === undefined
    ? { message: `This is not YAML: ${error.message}.`, place }
    : { ...known, place };
}

const sentences: Readonly<Partial<Record<string, { readonly message: string; readonly instead: string }>>> = {
  TAB_AS_INDENT: { message: 'A tab indents this line.', instead: 'spaces' },
  DUPLICATE_KEY: { message: 'This key is there already.', instead: 'each key once' },
  BAD_INDENT: {
    message: 'This line is not indented like those it belongs to.',
    instead: 'the same indentation',
  },
  MISSING_CHAR: {
    message: 'A quote or a bracket is not closed before this.',
    instead: 'the closing character',
  },
  BLOCK_AS_IMPLICIT_KEY: {
    message: 'Two keys stand on one line, or the next line is indented too far.',
    instead: 'one key a line, indented like its neighbours',
  },
  MULTILINE_IMPLICIT_KEY: { message: 'A key runs over two lines.', instead: 'a colon after the key' },
  BAD_SCALAR_START: {
    message: 'This value starts with a character that means something to YAML.',
    instead: 'quotes around it',
  },
  UNEXPECTED_TOKEN: {
    message: 'This is not expected here; `>` and `|` alone begin a long text.',
    instead: 'quotes around the value, as in `"> 5%"`',
  },
};
