import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAnswerHead } from '../../src/gateway/http1/answer-head.ts';
import type { Field } from '../../src/gateway/http1/fields.ts';
import type { Framing } from '../../src/gateway/http1/framing.ts';
import { MessageReader } from '../../src/gateway/http1/message-reader.ts';
import { parseRequestHead } from '../../src/gateway/http1/request-head.ts';
import { readWithLlhttp } from './llhttp.ts';
import type { Message, Reading } from './llhttp.ts';

/**
 * The gateway reads HTTP itself. What it takes for a message, Node's own parser has to take for the same message: then
 * no request can be hidden in another on its way to an instance. The gateway may be stricter, and never less strict.
 */
const runs = Number(process.env['RUNG_FUZZ_RUNS'] ?? 4_000);

interface Head {
  readonly body: Framing;
  readonly fields: readonly Field[];
  readonly keepAlive: boolean;
}

function readOurselves<H extends Head>(
  parse: (text: string) => H | null,
  startOf: (head: H) => string,
  pieces: readonly Buffer[],
  before: 'empty lines' | 'nothing',
): Reading {
  const reader = new MessageReader(parse, 16_384, before);
  const messages: Message[] = [];
  let [body, head]: [string, H | null] = ['', null];
  for (const piece of pieces) {
    reader.push(piece);
    let step = reader.read((content) => (body += content.toString('latin1')));
    for (; step !== 'needs more'; step = reader.read((content) => (body += content.toString('latin1')))) {
      if (step === 'malformed' || step === 'too large') return { messages, refused: true };
      if (step === 'head') [head, body] = [reader.head, ''];
      if (step !== 'ended' || head === null) continue;
      messages.push({ start: startOf(head), fields: listed(head.fields), body });
      if (!head.keepAlive) return { messages, refused: reader.rest.length > 0 };
    }
  }
  return { messages, refused: false };
}

const listed = (fields: readonly Field[]): string[] => fields.flatMap(({ lower, value }) => [lower, value]);

const reading = {
  requests: (pieces: readonly Buffer[]) =>
    readOurselves(parseRequestHead, ({ method, target }) => `${method} ${target}`, pieces, 'empty lines'),
  answers: (pieces: readonly Buffer[]) =>
    readOurselves(
      (text) => parseAnswerHead(text, false),
      ({ status }) => String(status),
      pieces,
      'nothing',
    ),
};

const line = fc.constantFrom(
  'X-A: 1',
  'x-b:  two words \t',
  'x-c:',
  'Accept: */*',
  'Cookie: a=1; b="2"',
  'x-d: caf\xe9',
  'x-e: a:b,c',
);
const body = fc.oneof(
  fc.constant({ fields: [] as string[], text: '' }),
  fc.string({ maxLength: 40, unit: 'binary-ascii' }).map((text) => ({
    fields: [`Content-Length: ${text.length}`],
    text,
  })),
  fc
    .tuple(
      fc.array(fc.string({ minLength: 1, maxLength: 20, unit: 'binary-ascii' }), { maxLength: 4 }),
      fc.constantFrom('', ';a', ';a=b', ';a="b c"'),
      fc.constantFrom('', 'x-t: 1\r\n'),
    )
    .map(([chunks, extension, trailer]) => ({
      fields: ['Transfer-Encoding: chunked'],
      text: `${chunks.map((chunk) => `${chunk.length.toString(16)}${extension}\r\n${chunk}\r\n`).join('')}0\r\n${trailer}\r\n`,
    })),
);
const message = (start: fc.Arbitrary<string>, always: readonly string[]): fc.Arbitrary<string> =>
  fc
    .tuple(start, fc.array(line, { maxLength: 4 }), body)
    .map(([first, lines, { fields, text }]) =>
      [first, ...always, ...lines, ...fields, '', text].join('\r\n'),
    );
const request = message(
  fc.constantFrom(
    'GET / HTTP/1.1',
    'POST /a?b=%20 HTTP/1.1',
    'PUT http://x/y HTTP/1.1',
    'DELETE /a,b;c HTTP/1.1',
  ),
  ['Host: x'],
);
const answer = message(
  fc.constantFrom('HTTP/1.1 200 OK', 'HTTP/1.1 404 Not here', 'HTTP/1.1 500 ', 'HTTP/1.1 201 caf\xe9'),
  ['Date: now'],
).filter((text) => /\r\n(?:content-length|transfer-encoding):/i.test(text));

/** What an attacker tries, and what a careless program sends. */
const hazard = fc.constantFrom(
  '\r',
  '\n',
  '\r\n',
  '\r\n\r\n',
  '\n\n',
  '\0',
  ' ',
  '\t',
  ':',
  ',',
  ';',
  '"',
  '\x0b',
  '\x7f',
  '\x85',
  '\xa0',
  '-',
  '+',
  '0',
  '0x',
  '\r\n ',
  '\r\nContent-Length: 5',
  '\r\nContent-Length: 0',
  '\r\nContent-Length : 3',
  '\r\ncontent-length: 5, 5',
  '\r\nTransfer-Encoding: chunked',
  '\r\nTransfer-Encoding: gzip, chunked',
  '\r\nTransfer-Encoding: identity',
  '\r\nTransfer-Encoding:\x0bchunked',
  '\r\nTransfer-Encoding : chunked',
  '\r\ntransfer-encoding: xchunked',
  '\r\nHost: y',
  '\r\nConnection: close',
  '\r\nConnection: keep-alive, close',
  'HTTP/1.0',
  'HTTP/1.2',
  'HTTP/2.0',
  'GET /hidden HTTP/1.1\r\nHost: x\r\n\r\n',
  '0\r\n\r\n',
  '1\r\nZ\r\n',
  'fffffffffffffff1\r\n',
  'HTTP/1.1 200 OK\r\n',
);
const change = fc.record({ at: fc.nat(400), drop: fc.nat(6), put: fc.oneof(fc.constant(''), hazard) });
const cuts = fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 12 });

function changed(text: string, changes: readonly { at: number; drop: number; put: string }[]): string {
  return changes.reduce((before, { at, drop, put }) => {
    const place = before.length === 0 ? 0 : at % before.length;
    return before.slice(0, place) + put + before.slice(place + drop);
  }, text);
}

function cut(text: string, lengths: readonly number[]): Buffer[] {
  const bytes = Buffer.from(text, 'latin1');
  const pieces: Buffer[] = [];
  let at = 0;
  for (const length of lengths) pieces.push(bytes.subarray(at, (at += length)));
  return [...pieces, bytes.subarray(at)].filter(({ length }) => length > 0);
}

describe.each([
  ['requests' as const, request],
  ['answers' as const, answer],
])('%s', (kind, one) => {
  it('that are well formed are read as Node reads them, however they are cut', () => {
    fc.assert(
      fc.property(fc.array(one, { minLength: 1, maxLength: 3 }), cuts, (messages, lengths) => {
        const pieces = cut(messages.join(''), lengths);
        const ours = reading[kind](pieces);
        expect(ours).toEqual(readWithLlhttp(kind, pieces));
        expect(ours).toMatchObject({ refused: false, messages: { length: messages.length } });
      }),
      { numRuns: runs / 4, seed: 1 },
    );
  });

  it('that somebody tampered with are read as Node reads them, or refused', () => {
    const tampered = fc.array(change, { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(
        fc.array(one, { minLength: 1, maxLength: 3 }),
        tampered,
        cuts,
        (messages, changes, lengths) => {
          const pieces = cut(changed(messages.join(''), changes), lengths);
          const [ours, theirs] = [reading[kind](pieces), readWithLlhttp(kind, pieces)];
          expect(ours.messages).toEqual(theirs.messages.slice(0, ours.messages.length));
        },
      ),
      { numRuns: runs, seed: 2 },
    );
  });
});
