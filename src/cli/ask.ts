import { createInterface } from 'node:readline/promises';
import { Failure } from '../domain/failure.ts';
import type { Cli } from './cli.ts';

/**
 * Asks before something is done that others rely on. `--yes` answers for the person; without a terminal nobody can,
 * so that it is refused. Throws interrupted `not-confirmed`, invalid `confirmation-needed`.
 */
export async function confirm(cli: Cli, question: string, flags: { readonly yes?: boolean }): Promise<void> {
  if (flags.yes === true) return;
  if (cli.stdin.isTTY !== true || cli.stderr.isTTY !== true)
    throw new Failure('invalid', 'confirmation-needed', `${question} Nobody is here to be asked.`, {
      wayOut: 'Say --yes to do it without being asked.',
    });
  const answer = await asked(cli, `${question} [y/N] `);
  if (!/^y(es)?$/iu.test(answer.trim()))
    throw new Failure('interrupted', 'not-confirmed', 'Nothing was done.', {});
}

async function asked(cli: Cli, question: string): Promise<string> {
  const lines = createInterface({ input: cli.stdin, terminal: false });
  try {
    cli.stderr.write(question);
    const ended = new Promise<string>((resolve) => lines.once('close', () => resolve('')));
    return await Promise.race([lines.question('', { signal: cli.signal }), ended]);
  } catch (thrown) {
    cli.stderr.write('\n');
    throw thrown;
  } finally {
    lines.close();
  }
}
