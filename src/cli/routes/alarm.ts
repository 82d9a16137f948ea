import { buildRouteMap } from '@stricli/core';
import { environmentArgument, one, word } from '../arguments.ts';
import { command } from '../context.ts';
import { described } from '../described.ts';
import { connectionFlags, optionalText } from '../flags.ts';
import { environmentNames } from '../propose.ts';

const inFlag = {
  in: {
    kind: 'parsed',
    brief: 'Environment in which it is',
    placeholder: 'ENVIRONMENT',
    parse: (input: string): string => input,
    proposeCompletions: environmentNames,
  },
} as const;

const name = one(word('NAME', 'Its name; the same name is the same alarm'));

const fire = command({
  verb: async () => (await import('../verbs/alarm.ts')).fire,
  parameters: {
    flags: {
      ...connectionFlags,
      ...inFlag,
      summary: optionalText('What is wrong, in one line', 'TEXT'),
      link: optionalText('Where it can be looked at', 'ADDRESS'),
    },
    positional: name,
  },
  docs: described(
    'Say that an alarm fires',
    'For monitoring that Rung cannot ask itself. It fires until somebody says that it is over,\nand closes the gates `alarms` and `stability` as long.',
    ['rung alarm fire disk-full --in sit --summary "97 % of /var"'],
  ),
});

const resolve = command({
  verb: async () => (await import('../verbs/alarm.ts')).resolve,
  parameters: { flags: { ...connectionFlags, ...inFlag }, positional: name },
  docs: described(
    'Say that an alarm is over',
    'Saying so of one that never fired tells Rung that the environment is watched.',
    ['rung alarm resolve disk-full --in sit'],
  ),
});

const list = command({
  verb: async () => (await import('../verbs/alarm.ts')).list,
  parameters: { flags: connectionFlags, positional: one(environmentArgument) },
  docs: described(
    'List the alarms of an environment',
    'Those that fire first, then those that did in the last eight days, and who was asked for them.',
    ['rung alarm list sit'],
  ),
});

export const alarm = buildRouteMap({
  routes: { fire, resolve, list },
  docs: { brief: 'Say and see which alarms there are' },
});
