import { buildRouteMap } from '@stricli/core';
import { one, releaseArgument } from '../arguments.ts';
import { command } from '../context.ts';
import { described } from '../described.ts';
import { connectionFlags, latestFlag, optionalText, reasonFlag } from '../flags.ts';

const list = command({
  verb: async () => (await import('../verbs/release.ts')).list,
  parameters: {
    flags: {
      ...connectionFlags,
      limit: latestFlag('20'),
      after: optionalText('Go on after this place, as the page before said', 'PLACE'),
    },
  },
  docs: described(
    'List releases, newest first',
    'Each with where it runs now, and whether it was taken back.',
    ['rung release list', 'rung release list --limit 5 --json'],
  ),
});

const show = command({
  verb: async () => (await import('../verbs/release.ts')).show,
  parameters: { flags: connectionFlags, positional: one(releaseArgument) },
  docs: described('Show a release', 'What it contains, where it came from, its notes and where it runs.', [
    'rung release show 1.4.0',
  ]),
});

const liftMark = command({
  verb: async () => (await import('../verbs/release.ts')).liftMark,
  parameters: { flags: { ...connectionFlags, ...reasonFlag }, positional: one(releaseArgument) },
  docs: described(
    'Allow a release that was taken back to be tried again',
    'A release that was taken back is marked, and stays out until somebody says why it may be tried again.',
    ['rung release lift-mark 1.2.0 --reason "the database was at fault"'],
  ),
});

export const release = buildRouteMap({
  routes: { list, show, liftMark },
  docs: { brief: 'List and show releases; lift the mark of one that was taken back' },
});
