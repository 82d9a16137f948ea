import {
  environmentArgument,
  one,
  promotionArgument,
  releaseArgument,
  rolloutArgument,
  toEnvironment,
} from '../arguments.ts';
import { command } from '../context.ts';
import { described } from '../described.ts';
import {
  connectionFlags,
  dryRunFlag,
  onOff,
  optionalText,
  reasonFlag,
  requiredText,
  watchFlag,
  yesFlag,
} from '../flags.ts';

const text = (input: string): string => input;

export const promote = command({
  verb: async () => (await import('../verbs/promote.ts')).default,
  parameters: {
    flags: {
      ...connectionFlags,
      ...dryRunFlag,
      ...watchFlag,
      to: toEnvironment,
      reason: optionalText('Why; it goes into the log', 'TEXT'),
      emergency: onOff(
        'Past gates, approvals, windows and order; a second person confirms it within the hour',
      ),
    },
    positional: one(releaseArgument),
  },
  docs: described(
    'Ask for a release to go into an environment',
    'Starts at once when nothing is in the way, and by itself as soon as the last blocker lifts.\nWhat is refused outright is refused with every blocker there is.\nAn emergency passes them over where the project file declares who may, and shows as one for ever; smoke tests, health and the judge stay.',
    [
      'rung promote 1.4.0 --to sit',
      'rung promote 1.4.0 --to prod --reason "spring release" --watch',
      'rung promote 1.4.1 --to prod --emergency --reason "nobody can sign in"',
    ],
  ),
});

export const approve = command({
  verb: async () => (await import('../verbs/decide.ts')).approve,
  parameters: {
    flags: {
      ...connectionFlags,
      ...yesFlag,
      comment: optionalText('What to put beside it', 'TEXT'),
      emergency: onOff('Confirm an emergency, as the second person'),
    },
    positional: one(promotionArgument),
  },
  docs: described(
    'Approve a promotion that waits',
    'Shows what would change, then asks. The approval counts for exactly that plan and for nothing else.',
    [
      'rung approve prod',
      'rung approve prod --yes --comment "tested on sit"',
      'rung approve prod --emergency',
    ],
  ),
});

export const reject = command({
  verb: async () => (await import('../verbs/decide.ts')).reject,
  parameters: { flags: { ...connectionFlags, ...reasonFlag }, positional: one(promotionArgument) },
  docs: described('Reject a promotion that waits', 'Ends the promotion. It can be asked for again.', [
    'rung reject prod --reason "wait for the new certificate"',
  ]),
});

export const withdraw = command({
  verb: async () => (await import('../verbs/decide.ts')).withdraw,
  parameters: { flags: connectionFlags, positional: one(promotionArgument) },
  docs: described(
    'Take back your own request for a promotion',
    'Ends a promotion that still waits. One that runs is ended with `rung abort`.',
    ['rung withdraw prod'],
  ),
});

export const validate = command({
  verb: async () => (await import('../verbs/validate.ts')).default,
  parameters: {
    flags: {
      ...connectionFlags,
      note: optionalText('What was looked at', 'TEXT'),
      release: optionalText('Only if this is what runs there; else whatever does', 'RELEASE'),
    },
    positional: one(environmentArgument),
  },
  docs: described(
    'Say that what runs in an environment is good',
    'Your word that this environment may be the source of the next promotion. It is void once something else runs there.',
    ['rung validate staging --note "checkout tried by hand"', 'rung validate staging --release 1.4.0'],
  ),
});

export const rollback = command({
  verb: async () => (await import('../verbs/rollback.ts')).default,
  parameters: {
    flags: {
      ...connectionFlags,
      ...reasonFlag,
      ...dryRunFlag,
      ...watchFlag,
      ...yesFlag,
      to: optionalText('Version to go back to; else the one before', 'RELEASE'),
      service: {
        kind: 'parsed',
        parse: text,
        brief: 'Only this service; say it again for more',
        placeholder: 'SERVICE',
        variadic: true,
        optional: true,
      },
    },
    positional: one(environmentArgument),
  },
  docs: described(
    'Go back to the version before, or to one that you name',
    'Shows what would change, then asks. Can go back with every service, or with those that you name.',
    [
      'rung rollback prod --reason "orders are lost"',
      'rung rollback prod --to 1.1.0 --service orders --reason "orders are lost" --yes --watch',
    ],
  ),
});

const noteFlags = { ...connectionFlags, note: requiredText('Why; it goes into the log', 'TEXT') } as const;

export const pause = command({
  verb: async () => (await import('../verbs/rollout.ts')).pause,
  parameters: { flags: noteFlags, positional: one(rolloutArgument) },
  docs: described(
    'Hold a rollout where it is',
    'The traffic stays as it is, and the rules that take a release back stay armed.',
    ['rung pause prod --note "looking at a slow query"'],
  ),
});

export const resume = command({
  verb: async () => (await import('../verbs/rollout.ts')).resume,
  parameters: { flags: noteFlags, positional: one(rolloutArgument) },
  docs: described(
    'Let a held rollout go on',
    'It goes on from the start of its step. Where the judge was lost it gathers its evidence anew.',
    ['rung resume prod --note "the query was ours, not the release’s"'],
  ),
});

export const advance = command({
  verb: async () => (await import('../verbs/rollout.ts')).advance,
  parameters: {
    flags: { ...connectionFlags, ...reasonFlag, ...dryRunFlag, ...yesFlag },
    positional: one(rolloutArgument),
  },
  docs: described(
    'Let a held rollout go on although its evidence is thin',
    'You answer for it: your name and your reason go into the log. It goes to its next step, and the rules stay armed.\nWhere the environment asks for approvals, you need one of the roles that approve. No reason goes past a rule that takes back.',
    [
      'rung advance prod --reason "the few requests there were are good" --dry-run',
      'rung advance prod --reason "the few requests there were are good" --yes',
    ],
  ),
});

export const abort = command({
  verb: async () => (await import('../verbs/rollout.ts')).abort,
  parameters: {
    flags: { ...connectionFlags, ...reasonFlag, ...dryRunFlag, ...yesFlag },
    positional: one(rolloutArgument),
  },
  docs: described(
    'End a rollout and take the release back',
    'Says what will happen, then asks. All traffic goes to the version before at once; the release is marked.',
    [
      'rung abort prod --reason "customers call" --dry-run',
      'rung abort prod --reason "customers call" --yes',
    ],
  ),
});
