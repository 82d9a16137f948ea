import { buildRouteMap } from '@stricli/core';
import { questionPhases } from '../../domain/question.ts';
import { releaseArgument, toEnvironment, word } from '../arguments.ts';
import { command } from '../context.ts';
import { described } from '../described.ts';
import { connectionFlags, latestFlag, optionalText } from '../flags.ts';

const ask = command({
  verb: async () => (await import('../verbs/gate.ts')).ask,
  parameters: {
    flags: { ...connectionFlags, to: toEnvironment },
    positional: {
      kind: 'tuple',
      parameters: [word('GATE', 'The webhook, as `rung why` names it'), releaseArgument],
    },
  },
  docs: described(
    'Ask the program behind a webhook again',
    'For one that did not answer, or answered before something was mended. A promotion that waits asks by itself the first time.',
    ['rung gate ask licence-check 1.4.0 --to prod'],
  ),
});

const asked = command({
  verb: async () => (await import('../verbs/gate.ts')).asked,
  parameters: {
    flags: {
      ...connectionFlags,
      release: optionalText('Only what was asked about this release', 'RELEASE'),
      to: optionalText('Only what was asked for this environment', 'ENVIRONMENT'),
      state: {
        kind: 'enum',
        values: questionPhases,
        brief: 'Only questions that stand so',
        optional: true,
      },
      limit: latestFlag('20'),
      after: optionalText('Go on after this place, as the page before said', 'PLACE'),
    },
  },
  docs: described(
    'List what the programs behind webhooks were asked, newest first',
    'Each with who asked, whether it was answered, and what was said.',
    ['rung gate asked', 'rung gate asked --to prod --state open'],
  ),
});

export const gate = buildRouteMap({
  routes: { ask, asked },
  docs: { brief: 'Ask what a gate of your own waits for, and see what was asked' },
});
