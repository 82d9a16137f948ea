/** A row that a transaction wrote, as PostgreSQL's own log of it says. */
export interface RowChange {
  readonly action: 'INSERT' | 'UPDATE' | 'DELETE';
  /** With its schema, quoted where it has to be. */
  readonly table: string;
  /** As text; null: NULL. Of a deleted row its key alone; of an updated one without long values that stayed as they were. */
  readonly values: ReadonlyMap<string, string | null>;
}

/** Rows in the order in which they were written. */
export type WrittenTransaction = readonly RowChange[];

const change = /^table (?<table>.+?): (?<action>INSERT|UPDATE|DELETE): (?<rest>.*)$/su;
const column =
  /(?:"(?<quoted>(?:[^"]|"")+)"|(?<plain>\w+))\[(?:[^[\]]|\[\])+\]:(?:'(?<text>(?:[^']|'')*)'|(?<bare>[^ ]+))(?: |$)/suy;

/** Reads what `test_decoding` says, a line a piece, of transactions in the order of their commits. */
export function decoded(lines: Iterable<string>): readonly WrittenTransaction[] {
  const written: WrittenTransaction[] = [];
  let open: RowChange[] = [];
  for (const line of lines) {
    if (line.startsWith('BEGIN')) open = [];
    else if (line.startsWith('COMMIT')) written.push(open);
    else open.push(changeOf(line));
  }
  return written;
}

function changeOf(line: string): RowChange {
  const groups = change.exec(line)?.groups;
  if (groups === undefined) throw new Error(`not a row that was written: ${line.slice(0, 200)}`);
  const { table = '', action, rest = '' } = groups;
  return { table, action: action as RowChange['action'], values: valuesOf(rest) };
}

function valuesOf(text: string): ReadonlyMap<string, string | null> {
  const values = new Map<string, string | null>();
  column.lastIndex = 0;
  while (column.lastIndex < text.length) {
    const at = column.lastIndex;
    const groups = column.exec(text)?.groups;
    if (groups === undefined) throw new Error(`not columns of a row: ${text.slice(at, at + 200)}`);
    const { quoted, plain, text: literal, bare } = groups;
    const name = quoted?.replaceAll('""', '"') ?? plain ?? '';
    if (literal !== undefined) values.set(name, literal.replaceAll("''", "'"));
    else if (bare !== 'unchanged-toast-datum') values.set(name, bare === 'null' ? null : (bare ?? ''));
  }
  return values;
}
