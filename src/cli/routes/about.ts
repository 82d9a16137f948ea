import { one, word } from '../arguments.ts';
import { parseShell, shells } from '../completion.ts';
import { command } from '../context.ts';
import { described } from '../described.ts';
import { jsonFlag } from '../flags.ts';

export const completion = command({
  verb: async () => (await import('../verbs/completion.ts')).default,
  parameters: {
    flags: jsonFlag,
    positional: one({
      brief: `One of ${shells.join(', ')}`,
      placeholder: 'SHELL',
      parse: parseShell,
      proposeCompletions: (partial: string) => shells.filter((shell) => shell.startsWith(partial)),
    }),
  },
  docs: described(
    'Print what makes a shell complete `rung`',
    'Load it in the file that your shell reads when it starts. Environments and releases are completed as well.',
    ['rung completion bash', 'rung completion fish'],
  ),
});

export const explain = command({
  verb: async () => (await import('../verbs/explain.ts')).default,
  parameters: { flags: jsonFlag, positional: one(word('CODE', 'Code of a failure, as in --json')) },
  docs: described('Explain a failure at length', 'What it means and what to do about it.', [
    'rung explain plan-changed',
  ]),
});

export const version = command({
  verb: async () => (await import('../verbs/machine.ts')).version,
  parameters: { flags: jsonFlag },
  docs: described('Print the version of Rung', 'With --json also those of Node and the platform.', [
    'rung version',
  ]),
});
