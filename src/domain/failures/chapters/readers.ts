import { chapter } from '../explanation.ts';

const cause = 'The tool was killed, or only a part of its file was handed over.';
const asWritten = 'Hand over the file as the tool wrote it.';
const inCi = 'See in the log of the CI job whether the tool ran to its end.';

export const readers = chapter(
  {
    title: 'Problems in a file of evidence',
    form: 'problem',
    look: 'The problem names line and column, and what to write instead.',
    leaves: 'The file was refused as a whole: nothing was kept of it, and gates stand as they stood.',
    again: 'The same file is refused again. Hand over a better one.',
  },
  {
    empty: {
      title: 'The file is empty',
      because: 'The tool wrote nothing: it did not run, or failed at once.',
      wayOut: inCi,
    },
    compressed: {
      title: 'The file is compressed',
      because: 'An archive was handed over, not what is in it.',
      wayOut: 'Unpack it, and hand over what is in it.',
    },
    'too-large': {
      title: 'The file is larger than is read',
      because: 'Reports grow large by what tests print.',
      wayOut: 'Hand it over in parts, or leave the tests’ output out of it.',
    },
    'cut-off': {
      title: 'The file ends in the middle',
      because: cause,
      wayOut: [inCi, 'Hand over the whole file.'],
    },
    'wrong-encoding': {
      title: 'A byte is no character of the file’s encoding',
      because: 'The file says one encoding and is written in another.',
      wayOut: 'Have the tool write UTF-8.',
    },
    'another-format': {
      title: 'The file is of another format',
      because: 'Its first element or line belongs to another kind of report than was named.',
      wayOut: 'Name its format with `--format` as it is, or choose the right file.',
    },
    'another-version': {
      title: 'The SARIF is of a version that is not read',
      because: 'Only version 2.1.0 is read.',
      wayOut: 'Have the scanner write SARIF 2.1.0.',
    },
    'broken-xml': {
      title: 'The XML is broken',
      because: 'Something stands where XML does not allow it, often `<` or `&` in text.',
      wayOut: 'Have the tool write it again; text needs `&lt;` for `<` and `&amp;` for `&`.',
    },
    'broken-json': {
      title: 'The JSON is broken',
      because: 'Something stands where JSON does not allow it.',
      wayOut: asWritten,
    },
    'document-type-refused': {
      title: 'The XML has a document type',
      because:
        'A `<!DOCTYPE …>` can make a small file huge, or fetch other files. Only the usual one of Cobertura, which declares nothing, is passed over.',
      wayOut: 'Leave it out.',
    },
    'entity-refused': {
      title: 'The XML has an entity of its own',
      because:
        'Only the five of XML itself and characters by number are read; others can make a small file huge.',
      wayOut: 'Write the character itself, or `&amp;` where an ampersand is meant.',
    },
    'too-deep': {
      title: 'Too many elements stand in each other',
      because: 'Nesting is limited, so that a hostile file does no harm.',
      wayOut: 'Have the tool write a flat report.',
    },
    'too-long': {
      title: 'A line, text, key or list is too long',
      because: 'The length of each is limited, so that the file is read in flat memory.',
      wayOut: 'Have the tool leave contents of files and output out, or hand it over in parts.',
    },
    'too-many-attributes': {
      title: 'An element has too many attributes',
      because: 'Their number is limited; no tool writes as many.',
      wayOut: asWritten,
    },
    'too-many-keys': {
      title: 'Open objects have too many keys',
      because: 'Their number is limited; no tool writes as many.',
      wayOut: asWritten,
    },
    'too-many-problems': {
      title: 'Reading ended after many problems',
      because: 'The file is probably of another kind than it was taken for.',
      wayOut: 'Put right what the first problems name, and hand the file over again.',
    },
    'too-much-to-remember': {
      title: 'The file names too many different things',
      because: 'Names have to be remembered to count each once, and that memory is limited.',
      wayOut: 'Hand it over in parts, for example one for each module.',
    },
    'key-refused': {
      title: 'A key is named __proto__',
      because: 'No tool writes this key; hostile files do.',
      wayOut: 'Leave it out, and find out who wrote it.',
    },
    'doubled-key': {
      title: 'A key comes twice in one object',
      because: 'Nobody knows which of the two counts.',
      wayOut: 'Write it once.',
    },
    'wrong-type': {
      title: 'A value is of another type than the format says',
      because: 'The tool, or a program after it, wrote for example text where a list belongs.',
      wayOut: ['Write what the problem names instead.', asWritten],
    },
    'not-a-number': {
      title: 'A number is too large',
      because: 'It is beyond what can be reckoned with.',
      wayOut: 'Write a number below 10^308.',
    },
    'not-a-count': {
      title: 'A count is none',
      because: 'A whole number from 0 belongs here.',
      wayOut: [asWritten, 'Where you post a count yourself: `rung evidence count 0 --release RELEASE`'],
    },
    'not-a-link': {
      title: 'The link cannot be followed',
      because: 'It is not http or https, or holds a name and password.',
      wayOut: 'Write https://HOST/PATH, without name and password.',
    },
    'not-a-score': {
      title: 'A finding’s score is none',
      because: '`security-severity` is a CVSS score from 0 to 10, as text.',
      wayOut: 'Have the scanner write it so, such as "7.5".',
    },
    'not-a-level': {
      title: 'A finding’s level is not known',
      because: 'SARIF knows error, warning, note and none.',
      wayOut: 'Have the scanner write one of these.',
    },
    'no-tests': {
      title: 'The report has no test in it',
      because: 'No test was found or ran, and 0 tests is no evidence.',
      wayOut: inCi,
    },
    'no-lines': {
      title: 'The report names no line that could be covered',
      because: 'The tests ran without coverage, or nothing was measured. Nothing of nothing is no evidence.',
      wayOut: 'Run the tests with coverage on, over the sources.',
    },
    'no-runs': {
      title: 'The log has no run of a scanner in it',
      because: 'No scan is no evidence.',
      wayOut: inCi,
    },
    'no-results': {
      title: 'A run of the scanner has no results',
      because: 'A scan that ran to its end writes a list, if an empty one.',
      wayOut: inCi,
    },
    'scan-not-finished': {
      title: 'The scanner says that it did not finish',
      because: '`executionSuccessful` is false in the log.',
      wayOut: [inCi, 'Run it again.'],
    },
    'file-not-named': {
      title: 'Lines belong to no file',
      because: 'A record or class names no file, so its lines cannot be told from others.',
      wayOut: asWritten,
    },
    'not-lcov': {
      title: 'A line is nothing that stands in a tracefile',
      because: 'The file is something else, or something was written into it.',
      wayOut: 'Hand over the .info file as the tool wrote it.',
    },
    'outside-a-record': {
      title: 'A line comes before any file is named',
      because: 'The beginning of the tracefile is missing.',
      wayOut: 'Hand over the whole tracefile, from its first line on.',
    },
    'record-not-ended': {
      title: 'A record begins before the one above has ended',
      because: 'Two tracefiles were joined without end_of_record between them.',
      wayOut: 'Write the tracefile again, or put end_of_record between them.',
    },
    'sums-alone': {
      title: 'A record has sums and no lines',
      because: 'What is only claimed cannot be counted.',
      wayOut: 'Have the tool write each line (DA:), not only sums (LF:, LH:).',
    },
  },
);
