import { describe, expect, it } from 'vitest';
import { evidenceReaders } from '../../src/providers/evidence/index.ts';
import { largeFiles } from './large-file.ts';
import { readLarge } from './reading-large.ts';

const mostUsedMb = 8;
const large = (name: string) => largeFiles[name] ?? expect.fail(`there is no large file ${name}`);

describe('a large file of evidence', () => {
  it('is read in flat memory when it is 100 MB of JUnit, nearly all of it output (REL-2)', async () => {
    const { usedMb, reading } = await readLarge(large('JUnit, one test’s output'), 100, true);
    expect(reading).toMatchObject({ facts: { total: 1, passed: 1 } });
    expect(usedMb).toBeLessThan(mostUsedMb);
  });

  it.each([
    ['JUnit, tests alone', 'tests'],
    ['SARIF', 'scan'],
  ])('leaves nothing behind of its entries when it is %s', async (name, kind) => {
    const { usedMb, reading } = await readLarge(large(name), 16, true);
    expect(reading).toMatchObject({ kind: 'read', facts: { kind } });
    expect(usedMb).toBeLessThan(mostUsedMb);
  });

  it('is refused above 256 MB, after no more than that was read', async () => {
    let pieces = 0;
    const comments = Buffer.from(`#${'x'.repeat(1022)}\n`.repeat(1024));
    const endless = async function* (): AsyncGenerator<Uint8Array> {
      yield Buffer.from('SF:a\n');
      for (;;) {
        pieces += 1;
        yield comments;
      }
    };
    const reading = await evidenceReaders
      .get('lcov')
      ?.read({ name: 'endless.info', bytes: endless() }, new AbortController().signal);
    expect(reading).toMatchObject({ problems: [{ code: 'too-large' }] });
    expect(pieces).toBe(256);
  });
});
