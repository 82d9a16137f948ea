import { command } from '../context.ts';
import { described } from '../described.ts';
import { connectionFlags, optionalText, wholeNumber } from '../flags.ts';

const text = (input: string): string => input;

export const simulate = command({
  verb: async () => (await import('../verbs/simulate.ts')).simulate,
  parameters: {
    flags: {
      ...connectionFlags,
      file: optionalText('Project file; else the nearest rung.yaml, from the scenario upwards', 'FILE'),
      seed: {
        kind: 'parsed',
        parse: wholeNumber(0, 1_000_000_000),
        brief: 'Where chance begins; else as the scenario says',
        placeholder: 'NUMBER',
        optional: true,
      },
      from: optionalText('Replay a rollout that was recorded, by these rules', 'ENVIRONMENT|ROLLOUT'),
      page: optionalText('Also write the run as a page with its plots; of one scenario only', 'FILE'),
      runs: {
        kind: 'parsed',
        parse: wholeNumber(1, 10_000),
        brief: 'Play it with so many seeds, and count how it ends',
        placeholder: 'COUNT',
        optional: true,
      },
    },
    positional: {
      kind: 'array',
      parameter: { brief: 'Scenario, or a folder of them', placeholder: 'SCENARIO', parse: text },
    },
  },
  docs: described(
    'Try the rules on scenarios, in virtual time',
    'Plays what happens to a release by the very code that decides in production: hours take less than a second.\nWithout a scenario it plays all in the folder scenarios. The exit code is 0 when all end as they expect, else 13.\nWith --from it judges what was measured in a rollout once more, and says where your rules would have decided otherwise.',
    [
      'rung simulate',
      'rung simulate scenarios/slow-leak.yaml',
      'rung simulate scenarios/close-call.yaml --runs 100',
      'rung simulate --from prod --file rung.yaml',
    ],
  ),
});
