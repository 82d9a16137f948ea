import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { examplesIn } from '../../src/cli/described.ts';
import { cliReference, commandHelp, listedCommandsFile } from '../../src/cli/reference.ts';
import { typed } from './terminal.ts';

const commands = commandHelp();
const examples = commands.flatMap(([route, help]) =>
  examplesIn(help.slice(help.indexOf('EXAMPLE'))).map((example) => [route, example] as const),
);

describe('the reference of the command line', () => {
  it('is what the program says (run scripts/generate-cli-reference.ts)', async () => {
    const page = join(import.meta.dirname, '..', '..', 'docs', 'reference', 'cli.md');
    expect(await readFile(page, 'utf8')).toBe(cliReference());
  });

  it('lists in --help every command there is (run scripts/generate-cli-reference.ts)', async () => {
    const list = join(import.meta.dirname, '..', '..', 'src', 'cli', 'listed-commands.ts');
    expect(await readFile(list, 'utf8')).toBe(listedCommandsFile());
  });

  it.each(commands.map(([route]) => route))('has an example for %s', (route) => {
    expect(examples.filter(([of]) => of === route).length).toBeGreaterThan(0);
  });

  it.each(examples)('shows an example of %s that is understood: %s', async (_, example) => {
    const words = [...example.matchAll(/"([^"]*)"|(\S+)/gu)].map(([, quoted, bare]) => quoted ?? bare ?? '');
    const { stderr } = await typed([...words.slice(1).filter((word) => word !== '--json'), '--json'], {
      cwd: '/nowhere',
      env: {},
    });
    expect(stderr).not.toContain('urn:rung:failure:usage');
  });
});
