import { one, releaseArgument, word } from '../arguments.ts';
import { command } from '../context.ts';
import { described } from '../described.ts';
import { connectionFlags, onOff, optionalText, wholeNumber, yesFlag } from '../flags.ts';
import { environmentNames } from '../propose.ts';

const text = (input: string): string => input;
const several = (brief: string, placeholder: string) =>
  ({ kind: 'parsed', parse: text, brief, placeholder, variadic: true, optional: true }) as const;
const environment = (brief: string) =>
  ({
    kind: 'parsed',
    parse: text,
    brief,
    placeholder: 'ENVIRONMENT',
    proposeCompletions: environmentNames,
  }) as const;

/** `Pay by card=passed`, or `=failed`. */
function scenario(input: string): {
  readonly title: string;
  readonly passed: boolean;
  readonly note: string;
} {
  const [, title, verdict] = /^(.+)=(passed|failed)$/u.exec(input) ?? [];
  if (title === undefined) throw new RangeError('write "TITLE=passed" or "TITLE=failed"');
  return { title, passed: verdict === 'passed', note: '' };
}

export const uat = command({
  verb: async () => (await import('../verbs/sign-off.ts')).uat,
  parameters: {
    flags: {
      ...connectionFlags,
      in: environment('Environment in which users tried it'),
      accept: onOff('They can work with it'),
      reject: onOff('They cannot'),
      scenario: {
        kind: 'parsed',
        parse: scenario,
        brief: 'What was tried and how it went; can be given again',
        placeholder: 'TITLE=passed|failed',
        variadic: true,
        optional: true,
      },
      tester: several('Who tried it; can be given again', 'NAME'),
      note: optionalText('What else to say', 'TEXT'),
    },
    positional: one(releaseArgument),
  },
  docs: described(
    'Sign off what users found when they tried a release',
    'In your own name. It counts for the source tree of the release; what you say later speaks instead.',
    [
      'rung uat 1.4.0 --in sit --accept --scenario "Pay by card=passed" --tester dee@example.org',
      'rung uat 1.4.0 --in sit --reject --scenario "Pay by card=failed" --note "no receipt"',
    ],
  ),
});

export const checklist = command({
  verb: async () => (await import('../verbs/sign-off.ts')).checklist,
  parameters: {
    flags: {
      ...connectionFlags,
      to: { ...environment('Show the checklists of the way into this environment'), optional: true },
      done: several('Tick this item off; can be given again', 'ITEM'),
      undone: several('Take the tick away again; can be given again', 'ITEM'),
      note: optionalText('What to put beside it', 'TEXT'),
    },
    positional: {
      kind: 'array',
      parameter: word(
        'CHECKLIST|RELEASE',
        'The checklist to tick off on and the release; or the release alone, with --to',
      ),
      minimum: 1,
      maximum: 2,
    },
  },
  docs: described(
    'Tick off a checklist, or show how it stands',
    'With --to: every item, with who said last how it stands. With a checklist and --done or --undone: says it in your name.',
    [
      'rung checklist 1.4.0 --to prod',
      'rung checklist go-live 1.4.0 --done "On-call engineer assigned"',
      'rung checklist go-live 1.4.0 --undone "On-call engineer assigned" --note "is ill"',
    ],
  ),
});

export const rollbackPlan = command({
  verb: async () => (await import('../verbs/sign-off.ts')).rollbackPlan,
  parameters: {
    flags: {
      ...connectionFlags,
      steps: optionalText('Write it down: a text file with the steps', 'FILE'),
      minutes: {
        kind: 'parsed',
        parse: wholeNumber(0, 100_000),
        brief: 'How long taking it back takes',
        placeholder: 'MINUTES',
        optional: true,
      },
      dataStaysReadable: onOff('The version before can read what this one writes'),
      read: onOff('Show it, and say that you read it'),
      ...yesFlag,
      to: { ...environment('Also try what a rollback there would go back to'), optional: true },
    },
    positional: one(releaseArgument),
  },
  docs: described(
    'Write, read and show how a release would be taken back',
    'It is written for one source tree. Another person than its writer says --read, in their own name; a plan that was\nwritten anew has to be read anew. Without --steps and --read it is shown.',
    [
      'rung rollback-plan 1.4.0 --steps rollback.md --minutes 5 --data-stays-readable',
      'rung rollback-plan 1.4.0 --read',
      'rung rollback-plan 1.4.0 --to prod',
    ],
  ),
});
