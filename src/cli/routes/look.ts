import { environmentArgument, one, releaseArgument, toEnvironment } from '../arguments.ts';
import { command } from '../context.ts';
import { described } from '../described.ts';
import { connectionFlags, latestFlag, onOff, optionalText } from '../flags.ts';

export const status = command({
  verb: async () => (await import('../verbs/status.ts')).default,
  parameters: {
    flags: {
      ...connectionFlags,
      environment: optionalText('Only the ladder of this environment', 'ENVIRONMENT'),
      search: optionalText('Only ladders with these letters in a name', 'LETTERS'),
      after: optionalText('The page that begins after so many environments', 'NUMBER'),
      all: onOff('All of it, however long'),
    },
  },
  docs: described(
    'Show the ladder: what runs where, and what is in the way',
    'Each rung with its version and health, the way up between two rungs, and what is asked of you.\nOf more than 50 environments it shows a page of whole ladders, and how to see the rest.',
    ['rung status', 'rung status --json', 'rung status --search eu-', 'rung status --all'],
  ),
});

export const why = command({
  verb: async () => (await import('../verbs/why.ts')).default,
  parameters: { flags: { ...connectionFlags, to: toEnvironment }, positional: one(releaseArgument) },
  docs: described(
    'Say everything that keeps a release out of an environment',
    'Lists every blocker at once: the reason, who can lift it and how to reach them, and the earliest time.\nAsking changes nothing.',
    ['rung why 1.4.0 --to prod'],
  ),
});

export const watch = command({
  verb: async () => (await import('../verbs/watch.ts')).default,
  parameters: {
    flags: connectionFlags,
    positional: { kind: 'tuple', parameters: [{ ...environmentArgument, optional: true }] },
  },
  docs: described(
    'Watch a rollout live, until it is over',
    'Shows the traffic, both versions’ errors and p95, and how close each rule is to deciding.\nThe exit code is 0 when the release went through, and 13 when it was taken back. With --json: JSON Lines.',
    ['rung watch', 'rung watch prod', 'rung watch prod --json'],
  ),
});

export const log = command({
  verb: async () => (await import('../verbs/log.ts')).default,
  parameters: {
    flags: {
      ...connectionFlags,
      environment: optionalText('Only what concerns this environment', 'ENVIRONMENT'),
      all: onOff('Also what is for agents alone: each change of what they are asked for'),
      follow: onOff('Stay and print what happens; with --json: JSON Lines'),
      limit: latestFlag('50'),
    },
    aliases: { f: 'follow' },
  },
  docs: described(
    'Print what happened, oldest first',
    'Everything that was done and decided, by whom and why.',
    ['rung log', 'rung log --environment prod --limit 20', 'rung log --follow --json'],
  ),
});
