import { buildRouteMap } from '@stricli/core';
import { environmentArgument, one, word } from '../arguments.ts';
import { command } from '../context.ts';
import { described } from '../described.ts';
import { connectionFlags, onOff, optionalText, reasonFlag, yesFlag } from '../flags.ts';

const fileArgument = {
  kind: 'tuple',
  parameters: [{ ...word('FILE', 'A project file; rung.yaml unless named'), optional: true }],
} as const;

const diff = command({
  verb: async () => (await import('../verbs/rules.ts')).diff,
  parameters: {
    flags: { ...connectionFlags, check: onOff('Exit with 1 when anything would have to be approved') },
    positional: fileArgument,
  },
  docs: described(
    'Show what a project file would change in the rules of each environment',
    'Changes nothing. What weakens a protected environment (staging, production) needs its approvers.',
    ['rung rules diff', 'rung rules diff rung.yaml --check'],
  ),
});

const apply = command({
  verb: async () => (await import('../verbs/rules.ts')).apply,
  parameters: {
    flags: {
      ...connectionFlags,
      ...yesFlag,
      branch: optionalText('The branch it was read from; the one before unless named', 'BRANCH'),
    },
    positional: fileArgument,
  },
  docs: described(
    'Put a project file into force',
    'Shows what would change, then asks. What weakens a protected environment waits for its approvers; the rest is in force at once.',
    ['rung rules apply', 'rung rules apply rung.yaml --yes'],
  ),
});

const show = command({
  verb: async () => (await import('../verbs/rules.ts')).show,
  parameters: {
    flags: { ...connectionFlags, text: onOff('Print the file itself, as it was written') },
    positional: one(environmentArgument),
  },
  docs: described('Show the rules in force for an environment', 'And the file that waits to rule it.', [
    'rung rules show prod',
    'rung rules show prod --text',
  ]),
});

const approve = command({
  verb: async () => (await import('../verbs/rules.ts')).approve,
  parameters: {
    flags: { ...connectionFlags, ...yesFlag, comment: optionalText('What to put beside it', 'TEXT') },
    positional: one(environmentArgument),
  },
  docs: described(
    'Agree to weaker rules for an environment',
    'Shows what would change, then asks. It counts for exactly that file and no other.',
    ['rung rules approve prod', 'rung rules approve prod --yes'],
  ),
});

const reject = command({
  verb: async () => (await import('../verbs/rules.ts')).reject,
  parameters: { flags: { ...connectionFlags, ...reasonFlag }, positional: one(environmentArgument) },
  docs: described('Refuse weaker rules for an environment', 'The rules in force stay as they are.', [
    'rung rules reject prod --reason "two people have to look at it"',
  ]),
});

export const rules = buildRouteMap({
  routes: { diff, apply, show, approve, reject },
  docs: { brief: 'See and change the rules in force of environments' },
});
