import { explainedArgument, one } from '../arguments.ts';
import { parseShell, shells } from '../completion.ts';
import { command } from '../context.ts';
import { described } from '../described.ts';
import { connectionFlags, jsonFlag } from '../flags.ts';

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
  parameters: { flags: connectionFlags, positional: one(explainedArgument) },
  docs: described(
    'Explain a failure, or what happened to a promotion or rollout',
    'Why it comes, what to look at, what to do, and how things stand. With the id of a promotion or a rollout: what happened to that one, by its evidence. With nothing: everything that is explained.',
    ['rung explain plan-changed', 'rung explain tests', 'rung explain'],
  ),
});

export const version = command({
  verb: async () => (await import('../verbs/machine.ts')).version,
  parameters: { flags: jsonFlag },
  docs: described('Print the version of Rung', 'With --json also those of Node and the platform.', [
    'rung version',
  ]),
});
