import { buildRouteMap } from '@stricli/core';
import { one, promotionArgument, word } from '../arguments.ts';
import { command } from '../context.ts';
import { described } from '../described.ts';
import { connectionFlags, reasonFlag, requiredText } from '../flags.ts';

const text = (input: string): string => input;

export const delegate = command({
  verb: async () => (await import('../verbs/delegation.ts')).delegate,
  parameters: {
    flags: {
      ...connectionFlags,
      ...reasonFlag,
      to: requiredText('Who stands in for you: a member of the project', 'PERSON'),
      until: requiredText('Until when: a local time with its zone, one with its offset, or +7d', 'TIME'),
      role: {
        kind: 'parsed',
        parse: text,
        brief: 'Only this role of yours; say it again for more',
        placeholder: 'ROLE',
        variadic: true,
        optional: true,
      },
    },
    positional: { kind: 'tuple', parameters: [] },
  },
  docs: described(
    'Let somebody approve in your name while you are away',
    'From now on, for 60 days at most, in roles that you hold yourself; it cannot be handed on. An approval given by it\nnames both of you, and the two of you never count as two. It does not count in an emergency.',
    [
      'rung delegate --to bo@example.org --until "2026-12-01 09:00 Europe/London" --reason "on holiday"',
      'rung delegate --to bo@example.org --until +7d --role qa-lead --reason "on holiday"',
    ],
  ),
});

const list = command({
  verb: async () => (await import('../verbs/delegation.ts')).list,
  parameters: { flags: connectionFlags, positional: { kind: 'tuple', parameters: [] } },
  docs: described('List who stands in for whom', 'Those that end last come first.', ['rung delegation list']),
});

const end = command({
  verb: async () => (await import('../verbs/delegation.ts')).end,
  parameters: {
    flags: { ...connectionFlags, ...reasonFlag },
    positional: one(word('ID', 'Its id, as rung delegation list shows it')),
  },
  docs: described(
    'End a delegation before its time',
    'Either of the two can. What was approved by it counts no more for what still waits.',
    ['rung delegation end 0197c0de-0000-7000-8000-000000000000 --reason "back early"'],
  ),
});

export const delegation = buildRouteMap({
  routes: { list, end },
  docs: { brief: 'Who stands in for whom' },
});

export const remind = command({
  verb: async () => (await import('../verbs/delegation.ts')).remind,
  parameters: { flags: connectionFlags, positional: one(promotionArgument) },
  docs: described(
    'Ask again for the approvals that are missing',
    'Approvals that are void are put aside, those that count stay, and whoever is missing is told again.',
    ['rung remind prod'],
  ),
});
