import sax from 'sax';
import { shortened } from '../../../domain/evidence/facts.ts';
import type { FormatInput } from '../format.ts';
import { limits } from './limits.ts';
import { type Problems, Unreadable } from './problems.ts';
import type { Spot } from './spot.ts';

export interface XmlElement {
  /** Without a prefix. */
  readonly name: string;
  readonly attributes: Readonly<Partial<Record<string, string>>>;
  /** Where its tag begins. */
  readonly at: Spot;
}

/** Hears what is in the document, in its order. */
export interface XmlListener {
  open(element: XmlElement): void;
  close(name: string): void;
  /** Text or CDATA, in parts of at most some 128 kB. */
  text?(part: string): void;
}

/**
 * Reads XML strictly, and hears of nothing that could harm: a document type with declarations of its own stops the
 * reading, as does any entity but XML's five. `externalDocumentType` passes over one that only names a file, which is never fetched.
 */
export async function readXml(
  { text, problems }: FormatInput,
  rules: { readonly externalDocumentType: boolean },
  listener: XmlListener,
): Promise<void> {
  const parser = parserFor(problems, rules.externalDocumentType, listener);
  for await (const piece of text) guarded(parser, problems, () => parser.write(piece));
  guarded(parser, problems, () => parser.close(), true);
}

type Options = sax.SAXOptions & { readonly strictEntities: boolean };
const options: Options = { strictEntities: true, position: true };

function parserFor(problems: Problems, externalDocumentType: boolean, listener: XmlListener): sax.SAXParser {
  const parser = sax.parser(true, { ...options });
  // Its own table inherits from Object, where `&constructor;` would be found.
  parser.ENTITIES = Object.assign(Object.create(null) as typeof parser.ENTITIES, five);
  const text = (part: string): void => listener.text?.(part);
  return Object.assign(parser, {
    ...elementsOf(parser, problems, listener),
    ontext: text,
    oncdata: text,
    ondoctype: (doctype: string) => {
      if (externalDocumentType && !doctype.includes('[')) return;
      problems.stop({ ...documentType, at: spotOf(parser) });
    },
    onerror: (error: Error) => {
      throw error;
    },
  });
}

function elementsOf(
  parser: sax.SAXParser,
  problems: Problems,
  listener: XmlListener,
): Pick<sax.SAXParser, 'onopentag' | 'onclosetag'> {
  let depth = 0;
  return {
    onopentag: ({ name, attributes }) => {
      depth += 1;
      const at = startOf(parser);
      if (depth > limits.nesting) problems.stop({ ...tooDeep, at });
      const plain = attributes as Record<string, string>;
      checkAttributes(plain, problems, at);
      listener.open({ name: localName(name), attributes: plain, at });
    },
    onclosetag: (name) => {
      depth -= 1;
      listener.close(localName(name));
    },
  };
}

const five = { amp: '&', gt: '>', lt: '<', quot: '"', apos: "'" };
const localName = (name: string): string => name.slice(name.indexOf(':') + 1);
const spotOf = ({ line, column }: sax.SAXParser): Spot => ({ line: line + 1, column: Math.max(1, column) });

/** Where the tag that was just read begins; where it ends, when it goes over several lines. */
function startOf(parser: sax.SAXParser): Spot {
  const column = parser.column - (parser.position - parser.startTagPosition);
  return column > 0 ? { line: parser.line + 1, column } : spotOf(parser);
}

function checkAttributes(attributes: Readonly<Record<string, string>>, problems: Problems, at: Spot): void {
  let count = 0;
  for (const name in attributes) {
    count += 1;
    if (Math.max(name.length, attributes[name]?.length ?? 0) > limits.attribute)
      problems.stop({ ...longAttribute, at });
  }
  if (count > limits.attributesOfElement) problems.stop({ ...manyAttributes, at });
}

/** What the parser throws is said in our words; it also throws a TypeError for an attribute named `hasOwnProperty`. */
function guarded(parser: sax.SAXParser, problems: Problems, work: () => void, isEnd = false): void {
  try {
    work();
  } catch (thrown) {
    if (thrown instanceof Unreadable) throw thrown;
    const [said = ''] = (thrown instanceof Error ? thrown.message : String(thrown)).split('\n');
    problems.stop({ ...(isEnd ? cutOff : complaintAbout(said)), at: spotOf(parser) });
  }
}

function complaintAbout(said: string): { code: string; message: string; instead: string } {
  const limited = /^Max buffer length exceeded: (?<what>\w+)/u.exec(said)?.groups?.['what'];
  if (limited === 'doctype' || limited === 'sgmlDecl') return documentType;
  if (limited === 'attribValue' || limited === 'attribName') return longAttribute;
  if (limited !== undefined) return { ...longAttribute, message: `A ${limited} is longer than 64 kB` };
  if (/entity/iu.test(said)) return entity;
  return {
    code: 'broken-xml',
    message: `The XML is broken here: ${shortened(said, 120)}`,
    instead: 'have the tool write it again; text in XML needs &lt; for < and &amp; for &',
  };
}

const documentType = {
  code: 'document-type-refused',
  message: 'The file has a document type (<!DOCTYPE …>), which can make a small file huge or fetch others',
  instead: 'leave it out',
};
const entity = {
  code: 'entity-refused',
  message:
    'There is an entity here that is none of XML’s own (&lt; &gt; &amp; &quot; &apos; and characters by number)',
  instead: 'write the character itself, or &amp; where an ampersand is meant',
};
const cutOff = {
  code: 'cut-off',
  message: 'The file ends before its first element is closed: it was cut off',
  instead: 'hand over the whole file; a tool that was killed leaves such a report',
};
const tooDeep = {
  code: 'too-deep',
  message: `More than ${limits.nesting} elements stand in each other`,
  instead: 'have the tool write a flat report',
};
const longAttribute = {
  code: 'too-long',
  message: `An attribute is longer than ${limits.attribute / 1024} kB`,
  instead: 'have the tool write long text into the element',
};
const manyAttributes = {
  code: 'too-many-attributes',
  message: `An element has more than ${limits.attributesOfElement} attributes`,
  instead: 'hand over the file that the tool wrote',
};
