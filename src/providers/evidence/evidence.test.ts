import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evidenceReaders, readerFor } from './index.ts';
import { factsOf, handed, inChunks, never, problemsOf } from './handed.kit.ts';

const head = (text: string): Uint8Array => Buffer.from(text);
const found = (clue: Parameters<typeof readerFor>[0]): string | undefined => readerFor(clue)?.format;

describe('the readers of evidence', () => {
  it('are one for each folder', () => {
    const folders = readdirSync(import.meta.dirname, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name !== 'reading')
      .map(({ name }) => name);
    expect([...evidenceReaders.keys()].toSorted()).toEqual(folders.toSorted());
  });

  it.each([
    ['junit', '\u{feff}<?xml version="1.0"?>\n<!-- <coverage> -->\n<testsuites name="a">'],
    ['junit', '<j:testsuite xmlns:j="x">'],
    ['cobertura', '<?xml version="1.0" ?><!DOCTYPE coverage SYSTEM "x.dtd"><coverage line-rate="1">'],
    ['lcov', 'TN:\nSF:a.ts\n'],
    ['sarif', '{ "version": "2.1.0", "$schema": "https://x/sarif-schema-2.1.0.json", "runs": ['],
    ['count', ' {"tracker": "Jira", "count": 3}'],
    [undefined, '<coverage clover="3.2" generated="1">'],
    [undefined, '<!DOCTYPE html><html>'],
    [undefined, '{"results": []}'],
    [undefined, 'hello'],
    [undefined, ''],
  ])('find %s by what a file begins with', (format, text) => {
    expect(found({ head: head(text) })).toBe(format);
  });

  it('find the format by media type or name where nothing else tells, and believe the content first', () => {
    expect(found({ mediaType: 'application/sarif+json; charset=utf-8' })).toBe('sarif');
    expect(found({ name: 'target/surefire-reports/TEST-a.B.xml' })).toBe('junit');
    expect(found({ name: 'coverage/lcov.info' })).toBe('lcov');
    expect(found({ name: 'coverage.xml', head: head('<testsuite/>') })).toBe('junit');
    expect(found({ head: Buffer.from('\u{feff}<testsuite/>', 'utf16le') })).toBe('junit');
    expect(found({})).toBeUndefined();
  });
});

describe('the text of evidence', () => {
  const xml = '<testsuite name="é">\n<testcase name="日本 🎉"><failure/></testcase></testsuite>';
  const utf16be = (): Uint8Array => Buffer.from(`\u{feff}${xml}`, 'utf16le').swap16();

  it.each([
    ['UTF-8', Buffer.from(xml)],
    ['UTF-8 with a mark', Buffer.from(`\u{feff}${xml}`)],
    ['UTF-16 with a mark', Buffer.from(`\u{feff}${xml}`, 'utf16le')],
    ['UTF-16, the other way round', utf16be()],
    ['UTF-16 without a mark', Buffer.from(xml, 'utf16le')],
  ])('is read as %s, in chunks of any length', async (_, bytes) => {
    for (const chunkBytes of [1, 2, 3, 5, 1000]) {
      const reading = await handed('junit', bytes, chunkBytes);
      expect(reading).toMatchObject({ facts: { failures: [{ name: '日本 🎉' }] } });
    }
  });

  it.each([
    ['is Latin 1', Buffer.from('<testsuite>\n<testcase name="é"/>', 'latin1'), ['wrong-encoding 2:17']],
    ['breaks a character', Buffer.from('3c6100e282', 'hex'), ['cut-off 1:4']],
    ['is half a UTF-16 unit short', Buffer.from('fffe3c006100ff', 'hex'), ['cut-off 1:3']],
    ['is compressed', Buffer.from('1f8b0800000000', 'hex'), ['compressed']],
    ['is an archive', Buffer.from('PK\u{3}\u{4}zip'), ['compressed']],
    ['is a single byte', Buffer.from('<'), ['cut-off 1:1']],
  ])('is refused by name when it %s', async (_, bytes, codes) => {
    expect(await problemsOf('junit', bytes)).toEqual(codes);
  });

  it('has its broken byte named far down, behind a chunk that ends within a character', async () => {
    const sound = Buffer.from(`<testsuite>${'€\n'.repeat(50_000)}€`);
    expect(await problemsOf('junit', Buffer.concat([sound, Buffer.from([0xff])]))).toEqual([
      'wrong-encoding 50001:2',
    ]);
  });
});

describe('a reading', () => {
  it('is called off midway, and lets go of its source', async () => {
    const abort = new AbortController();
    let isClosed = false;
    const source = async function* (): AsyncGenerator<Uint8Array> {
      try {
        yield head('<testsuite>');
        for (let piece = 0; ; piece += 1) {
          if (piece === 3) abort.abort();
          yield head('<testcase/>'.repeat(1000));
        }
      } finally {
        isClosed = true;
      }
    };
    const reading = evidenceReaders.get('junit')?.read({ name: 'f', bytes: source() }, abort.signal);
    await expect(reading).rejects.toMatchObject({ kind: 'interrupted', code: 'evidence-reading-aborted' });
    expect(isClosed).toBe(true);
  });

  it('lets others run while it works through one great chunk', async () => {
    const abort = new AbortController();
    setImmediate(() => abort.abort());
    const great = Buffer.from(`<testsuite>${'<testcase/>'.repeat(1_000_000)}</testsuite>`);
    const reading = evidenceReaders
      .get('junit')
      ?.read({ name: 'f', bytes: inChunks(great, great.byteLength) }, abort.signal);
    await expect(reading).rejects.toMatchObject({ kind: 'interrupted' });
  });

  it('passes on what the source throws: could not look is not unreadable', async () => {
    const broken = async function* (): AsyncGenerator<Uint8Array> {
      yield head('<testsuite>');
      throw new Error('connection reset');
    };
    const reading = evidenceReaders.get('junit')?.read({ name: 'f', bytes: broken() }, never);
    await expect(reading).rejects.toThrow('connection reset');
  });

  const formats = [...evidenceReaders.keys()];

  it('answers whatever bytes come, and the same however they are cut', async () => {
    const seeds = [
      '<testsuite><testcase/>',
      '<coverage><class filename="a">',
      'SF:a\nDA:1,',
      '{"runs":[{',
      '{"count":',
    ];
    const anything = fc.tuple(
      fc.constantFrom('', ...seeds),
      fc.oneof(
        fc.uint8Array({ maxLength: 300 }),
        fc.string({ unit: 'binary' }).map((text) => head(text)),
      ),
    );
    const check = fc.asyncProperty(
      anything,
      fc.integer({ min: 1, max: 50 }),
      async ([seed, bytes], chunk) => {
        const content = Buffer.concat([Buffer.from(seed), bytes]);
        for (const format of formats) {
          const reading = await handed(format, content);
          expect(await handed(format, content, chunk)).toEqual(reading);
        }
      },
    );
    await fc.assert(check, { numRuns: 300 });
  });

  it('answers whatever is done to a sound file', async () => {
    const sound = [
      '<testsuites><testsuite tests="1"><testcase name="a" time="1"><failure message="x">&lt;y</failure></testcase></testsuite></testsuites>',
      '<coverage><packages><class filename="a"><line number="1" hits="2" condition-coverage="50% (1/2)"/></class></packages></coverage>',
      'TN:\nSF:a\nDA:1,2\nBRDA:1,0,0,-\nLF:1\nend_of_record\n',
      '{"version":"2.1.0","runs":[{"tool":{"driver":{"rules":[{"id":"a"}]}},"results":[{"ruleId":"a","level":"error"}]}]}',
      '{"count": 1, "link": "https://a"}',
    ];
    const damage = fc.record({
      file: fc.constantFrom(...sound),
      at: fc.nat(150),
      drop: fc.nat(20),
      put: fc.oneof(
        fc.string(),
        fc.constantFrom(
          '<',
          '>',
          '"',
          '&',
          '\\',
          '\\u',
          '{',
          ']',
          '\0',
          '<![CDATA[',
          '<!DOCTYPE',
          '<!--',
          '<?',
          '-1',
          '1e999',
        ),
      ),
    });
    const check = fc.asyncProperty(damage, async ({ file, at, drop, put }) => {
      const damaged = file.slice(0, at) + put + file.slice(at + drop);
      for (const format of formats) {
        const reading = await handed(format, damaged);
        expect(['read', 'unreadable']).toContain(reading.kind);
      }
    });
    await fc.assert(check, { numRuns: 500 });
  });
});

it('makes an empty file no evidence, in each format', async () => {
  for (const format of evidenceReaders.keys()) expect(await problemsOf(format, '')).toEqual(['empty']);
  await expect(factsOf('tests', 'junit', '')).rejects.toThrow('not read');
});
