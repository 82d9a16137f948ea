import { buildRouteMap } from '@stricli/core';
import { environmentArgument, one, word } from '../arguments.ts';
import { command } from '../context.ts';
import { described } from '../described.ts';
import { connectionFlags, optionalText, reasonFlag, requiredText } from '../flags.ts';
import { environmentNames } from '../propose.ts';

const list = command({
  verb: async () => (await import('../verbs/window.ts')).list,
  parameters: {
    flags: connectionFlags,
    positional: {
      kind: 'tuple',
      parameters: [
        {
          brief: 'Environment; all of them unless named',
          placeholder: 'ENVIRONMENT',
          parse: (input: string): string => input,
          proposeCompletions: environmentNames,
          optional: true,
        },
      ],
    },
  },
  docs: described(
    'Show when environments may be gone into',
    'Whether each is open, why, and when that changes; its windows, freezes and exceptions, and the next openings.',
    ['rung window list', 'rung window list prod'],
  ),
});

const except = command({
  verb: async () => (await import('../verbs/window.ts')).except,
  parameters: {
    flags: {
      ...connectionFlags,
      ...reasonFlag,
      from: optionalText('From when on; from now on unless told', 'TIME'),
      to: requiredText('Until when: a local time with its zone, or one with its offset', 'TIME'),
    },
    positional: one(environmentArgument),
  },
  docs: described(
    'Open an environment for a while, against its windows and freezes',
    'In your own name and with a reason, which is shown for ever with each promotion that needed it. Only who is named\nunder `waive` in the step may. 14 days at most; gates and approvals are asked for all the same.',
    [
      'rung window except prod --to "2026-12-22 12:00 Europe/London" --reason "the price list of the sale"',
      'rung window except prod --from 2026-12-22T10:00Z --to 2026-12-22T12:00Z --reason "the price list of the sale"',
    ],
  ),
});

const revoke = command({
  verb: async () => (await import('../verbs/window.ts')).revoke,
  parameters: {
    flags: { ...connectionFlags, ...reasonFlag },
    positional: one(word('EXCEPTION', 'Its id, as `rung window list` shows it')),
  },
  docs: described('End an exception before its time', 'What started under it goes on.', [
    'rung window revoke 0197a1b2-0000-7000-8000-000000000001 --reason "it is done"',
  ]),
});

export const window = buildRouteMap({
  routes: { list, except, revoke },
  docs: { brief: 'Windows, freezes, and exceptions from them' },
});
