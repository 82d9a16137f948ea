/** How a format is written. */
export type Syntax = 'xml' | 'json' | 'lines';

/** What the beginning of a file looks like; `root` is the name of an XML document's first element. */
export interface Look {
  readonly syntax: Syntax | 'html' | 'nothing';
  readonly root: string | null;
}

/** Characters of a file that are looked at. */
export const lookedAt = 4096;

/** Looks at a file's first characters. */
export function lookAt(head: string): Look {
  const text = head.slice(0, lookedAt).trimStart();
  if (text === '') return { syntax: 'nothing', root: null };
  if (text.startsWith('<')) return lookAtMarkup(text);
  return { syntax: /^[[{]/u.test(text) ? 'json' : 'lines', root: null };
}

function lookAtMarkup(text: string): Look {
  const body = withoutProlog(text);
  const isHtml = /^<!doctype\s+html|^<(?:html|head|body)\b/iu.test(body);
  const root = /^<(?:[\w.-]+:)?(?<name>[\w.-]+)/u.exec(withoutDoctype(body))?.groups?.['name'] ?? null;
  return { syntax: isHtml ? 'html' : 'xml', root };
}

/** Without what may stand before the document type and the first element: declaration, instructions, comments. */
function withoutProlog(text: string): string {
  let rest = text;
  for (;;) {
    const end = rest.startsWith('<!--') ? '-->' : rest.startsWith('<?') ? '?>' : null;
    const at = end === null ? -1 : rest.indexOf(end);
    if (end === null || at === -1) return rest;
    rest = rest.slice(at + end.length).trimStart();
  }
}

const withoutDoctype = (text: string): string =>
  text.startsWith('<!') ? withoutProlog(text.slice(text.indexOf('>') + 1).trimStart()) : text;
