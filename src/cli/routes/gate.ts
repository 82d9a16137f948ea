import { buildRouteMap } from '@stricli/core';
import { releaseArgument, toEnvironment, word } from '../arguments.ts';
import { command } from '../context.ts';
import { described } from '../described.ts';
import { connectionFlags } from '../flags.ts';

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

export const gate = buildRouteMap({
  routes: { ask },
  docs: { brief: 'Ask what a gate of your own waits for' },
});
