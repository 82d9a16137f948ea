import { buildRouteMap } from '@stricli/core';
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
} from '../flags.ts';
import { releaseVersions, environmentNames } from '../propose.ts';

const text = (input: string): string => input;

/** Which release it is about, and where it was found out. */
export const aboutFlags = {
  release: {
    kind: 'parsed',
    brief: 'Version or id of the release it is about',
    placeholder: 'RELEASE',
    parse: text,
    proposeCompletions: releaseVersions,
  },
  in: {
    kind: 'parsed',
    brief: 'Environment in which it was found out',
    placeholder: 'ENVIRONMENT',
    parse: text,
    optional: true,
    proposeCompletions: environmentNames,
  },
  name: optionalText('Tells several of a kind apart, for example unit', 'NAME'),
} as const;

const add = command({
  verb: async () => (await import('../verbs/evidence.ts')).add,
  parameters: {
    flags: {
      ...connectionFlags,
      ...aboutFlags,
      kind: optionalText('Refuse the file unless it proves this: tests, coverage or scan', 'KIND'),
      format: optionalText('junit, lcov, cobertura or sarif; found out unless told', 'FORMAT'),
    },
    positional: one(word('FILE', 'A file that a test run, a coverage tool or a scanner wrote')),
  },
  docs: described(
    'Hand over a file as evidence',
    'JUnit, lcov, Cobertura or SARIF. It is kept as it is, and counts for the source tree of the release.\nA newer file of the same kind, name and environment speaks instead of an older one.',
    [
      'rung evidence add junit.xml --name unit --release 1.4.0',
      'rung evidence add junit.xml --name integration --release 1.4.0 --in dev',
      'rung evidence add scan.sarif --release 1.4.0',
    ],
  ),
});

const list = command({
  verb: async () => (await import('../verbs/evidence.ts')).list,
  parameters: {
    flags: {
      ...connectionFlags,
      limit: latestFlag('50'),
      after: optionalText('Go on after this place, as the page before said', 'PLACE'),
    },
    positional: one(releaseArgument),
  },
  docs: described('List what was found out about a release', 'Newest first, with who said it and where.', [
    'rung evidence list 1.4.0',
  ]),
});

const get = command({
  verb: async () => (await import('../verbs/evidence.ts')).get,
  parameters: {
    flags: { ...connectionFlags, output: optionalText('File to write; else the terminal or pipe', 'FILE') },
    positional: one(word('EVIDENCE', 'Its id, as `rung evidence list` shows it')),
  },
  docs: described('Fetch the file of a piece of evidence', 'Exactly the bytes that were handed over.', [
    'rung evidence get 0197a1b2-0000-7000-8000-000000000001 --output junit.xml',
  ]),
});

const review = command({
  verb: async () => (await import('../verbs/evidence.ts')).review,
  parameters: {
    flags: {
      ...connectionFlags,
      ...aboutFlags,
      by: { ...requiredText('Who approved the change; can be given again', 'NAME'), variadic: true },
      against: {
        kind: 'parsed',
        parse: text,
        brief: 'Who asked for changes; can be given again',
        placeholder: 'NAME',
        variadic: true,
        optional: true,
      },
      url: optionalText('Where it can be read', 'ADDRESS'),
    },
  },
  docs: described('Say who reviewed a change', 'For CI to pass on what the forge says.', [
    'rung evidence review --release 1.4.0 --by ada --by bo --url https://forge.example.org/pulls/12',
  ]),
});

const count = command({
  verb: async () => (await import('../verbs/evidence.ts')).count,
  parameters: {
    flags: {
      ...connectionFlags,
      ...aboutFlags,
      tracker: optionalText('Where they were counted', 'NAME'),
      link: optionalText('Where they can be looked at', 'ADDRESS'),
    },
    positional: one({
      brief: 'How many blocking bugs are open',
      placeholder: 'COUNT',
      parse: wholeNumber(0, 1_000_000),
    } as const),
  },
  docs: described('Say how many blocking bugs are open', 'For CI to pass on what the tracker says.', [
    'rung evidence count 0 --release 1.4.0 --tracker jira',
  ]),
});

export const evidence = buildRouteMap({
  routes: { add, list, get, review, count },
  docs: { brief: 'Hand over and look at what opens gates' },
});

export const waive = command({
  verb: async () => (await import('../verbs/evidence.ts')).waive,
  parameters: {
    flags: { ...connectionFlags, ...reasonFlag, to: toEnvironment },
    positional: {
      kind: 'tuple',
      parameters: [word('GATE', 'The gate, as `rung why` names it'), releaseArgument],
    },
  },
  docs: described(
    'Let a gate pass without what it asks for',
    'Only for whom the step names under `waive`. It counts for this source tree and this environment, and is shown for ever.',
    ['rung waive coverage 1.4.0 --to sit --reason "generated code only"'],
  ),
});
