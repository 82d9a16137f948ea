import { createRequire } from 'node:module';

/** What a reader made of some bytes: the messages that ended, and whether it stopped at something malformed. */
export interface Reading {
  readonly messages: readonly Message[];
  readonly refused: boolean;
}

export interface Message {
  /** Method and target, or the status. */
  readonly start: string;
  readonly fields: readonly string[];
  readonly body: string;
}

interface Parser {
  [event: number]: unknown;
  initialize(type: number, resource: object): void;
  execute(bytes: Buffer): number | Error;
  close(): void;
}

interface ParserClass {
  new (): Parser;
  readonly REQUEST: number;
  readonly RESPONSE: number;
  readonly kOnHeaders: number;
  readonly kOnHeadersComplete: number;
  readonly kOnBody: number;
  readonly kOnMessageComplete: number;
}

/** Node's own parser, without the server around it. There is no public way to it. */
const { HTTPParser, methods } = createRequire(import.meta.url)('_http_common') as {
  readonly HTTPParser: ParserClass;
  readonly methods: readonly string[];
};

/** Reads with llhttp, as strict as Node has it. */
export function readWithLlhttp(kind: 'requests' | 'answers', pieces: readonly Buffer[]): Reading {
  const messages: Message[] = [];
  const parser = new HTTPParser();
  let under: { start: string; fields: string[]; body: string } | null = null;
  let [early, earlyTarget]: [string[], string] = [[], ''];
  parser.initialize(kind === 'requests' ? HTTPParser.REQUEST : HTTPParser.RESPONSE, {});
  parser[HTTPParser.kOnHeaders] = (fields: string[], target: string) => {
    early.push(...fields);
    earlyTarget += target;
  };
  parser[HTTPParser.kOnHeadersComplete] = (
    _major: number,
    _minor: number,
    fields: string[] | undefined,
    method: number,
    target: string | undefined,
    status: number,
  ) => {
    const start = kind === 'requests' ? `${methods[method]} ${target ?? earlyTarget}` : String(status);
    under = { start, fields: lower([...early, ...(fields ?? [])]), body: '' };
    [early, earlyTarget] = [[], ''];
  };
  parser[HTTPParser.kOnBody] = (bytes: Buffer) => {
    if (under !== null) under.body += bytes.toString('latin1');
  };
  parser[HTTPParser.kOnMessageComplete] = () => {
    if (under !== null) messages.push(under);
    under = null;
    [early, earlyTarget] = [[], ''];
  };
  let refused = false;
  for (const piece of pieces) {
    const result = parser.execute(piece);
    refused ||= typeof result !== 'number';
    if (refused) break;
  }
  parser.close();
  return { messages, refused };
}

function lower(fields: readonly string[]): readonly string[] & string[] {
  return fields.map((item, at) => (at % 2 === 0 ? item.toLowerCase() : item));
}
