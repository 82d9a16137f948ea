import { buildRouteMap } from '@stricli/core';
import { changePhases, changeRisks, changeTypes } from '../../domain/change-request.ts';
import { one, releaseArgument, toEnvironment, word } from '../arguments.ts';
import { command } from '../context.ts';
import { described } from '../described.ts';
import {
  connectionFlags,
  latestFlag,
  optionalText,
  reasonFlag,
  requiredText,
  wholeNumber,
  yesFlag,
} from '../flags.ts';
import { environmentNames, releaseVersions } from '../propose.ts';

const text = (input: string): string => input;
const numberArgument = word('NUMBER', 'Its number, for example CHG-0001, or 1');

const choice = <const Words extends readonly [string, ...string[]]>(brief: string, values: Words) =>
  ({ kind: 'enum', values, brief, optional: true }) as const;

/** All that it can say; `edit` takes any of it, `create` needs most. */
const formFlags = {
  from: optionalText('When its window begins: "2026-11-25 22:00 Europe/London", now, or +30m', 'TIME'),
  until: optionalText('When its window ends: as --from, for example +2h', 'TIME'),
  rollbackMinutes: {
    kind: 'parsed',
    parse: wholeNumber(0, 100_000),
    brief: 'How long taking it back may take',
    placeholder: 'MINUTES',
    optional: true,
  },
  testing: optionalText('How it is seen that it works', 'TEXT'),
  communication: optionalText('Who is told, when and where', 'TEXT'),
  type: choice('What kind of change it is; normal unless told', changeTypes),
  risk: choice('How much can go wrong; medium unless told', changeRisks),
  description: optionalText('Anything else', 'TEXT'),
  reference: optionalText('Its number at your own change desk', 'NUMBER'),
} as const;

const create = command({
  verb: async () => (await import('../verbs/change-request.ts')).create,
  parameters: {
    flags: { ...connectionFlags, to: toEnvironment, ...formFlags },
    positional: one(releaseArgument),
  },
  docs: described(
    'Ask to bring a release into an environment, in a window and with a plan',
    'Needs a window, a rollback time, a testing plan and a communication plan. Another person approves it. It closes by\nitself when the promotion that it is for ends, with the times and with what went otherwise.',
    [
      'rung change-request create 1.4.0 --to prod --from "2026-11-25 22:00 Europe/London" --until "2026-11-25 23:00 Europe/London" --rollback-minutes 5 --testing "smoke tests" --communication "#deployments"',
    ],
  ),
});

const edit = command({
  verb: async () => (await import('../verbs/change-request.ts')).edit,
  parameters: { flags: { ...connectionFlags, ...formFlags }, positional: one(numberArgument) },
  docs: described(
    'Change what a change request says',
    'Whatever was approved before is void, and whoever changed it may not approve it.',
    [
      'rung change-request edit CHG-0001 --from "2026-11-26 22:00 Europe/London" --until "2026-11-26 23:00 Europe/London"',
      'rung change-request edit 1 --risk high',
    ],
  ),
});

const show = command({
  verb: async () => (await import('../verbs/change-request.ts')).show,
  parameters: { flags: connectionFlags, positional: one(numberArgument) },
  docs: described(
    'Show a change request',
    'What it says, who approved it, and how it ended: actual times, and what went otherwise.',
    ['rung change-request show CHG-0001'],
  ),
});

const list = command({
  verb: async () => (await import('../verbs/change-request.ts')).list,
  parameters: {
    flags: {
      ...connectionFlags,
      release: {
        kind: 'parsed',
        parse: text,
        brief: 'Only those for this release',
        placeholder: 'RELEASE',
        optional: true,
        proposeCompletions: releaseVersions,
      },
      to: {
        kind: 'parsed',
        parse: text,
        brief: 'Only those into this environment',
        placeholder: 'ENVIRONMENT',
        optional: true,
        proposeCompletions: environmentNames,
      },
      state: choice('Only those that stand so', changePhases),
      limit: latestFlag('20'),
      after: optionalText('Go on after this place, as the page before said', 'PLACE'),
    },
  },
  docs: described('List change requests, newest first', 'Each with its window and how it stands.', [
    'rung change-request list',
    'rung change-request list --to prod --state open',
  ]),
});

const approve = command({
  verb: async () => (await import('../verbs/change-request.ts')).approve,
  parameters: {
    flags: { ...connectionFlags, ...yesFlag, comment: optionalText('What to put beside it', 'TEXT') },
    positional: one(numberArgument),
  },
  docs: described(
    'Approve a change request',
    'Shows it, then asks. The approval counts for exactly what it says, and is void when that changes.',
    ['rung change-request approve CHG-0001', 'rung change-request approve CHG-0001 --yes'],
  ),
});

const reject = command({
  verb: async () => (await import('../verbs/change-request.ts')).reject,
  parameters: { flags: { ...connectionFlags, ...reasonFlag }, positional: one(numberArgument) },
  docs: described('Reject a change request', 'Or take back one that you asked for yourself.', [
    'rung change-request reject CHG-0001 --reason "not before the audit"',
  ]),
});

const note = command({
  verb: async () => (await import('../verbs/change-request.ts')).note,
  parameters: {
    flags: { ...connectionFlags, text: requiredText('What to say', 'TEXT') },
    positional: one(numberArgument),
  },
  docs: described('Add a note to a change request', 'At any time, also when it is closed.', [
    'rung change-request note CHG-0001 --text "The database was slow that night."',
  ]),
});

export const changeRequest = buildRouteMap({
  routes: { create, show, list, edit, approve, reject, note },
  docs: { brief: 'Ask for a change, have it approved, see how it went' },
});
