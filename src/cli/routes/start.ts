import { command } from '../context.ts';
import { described } from '../described.ts';
import {
  connectionFlags,
  dataFlag,
  dryRunFlag,
  jsonFlag,
  onOff,
  optionalText,
  wholeNumber,
  yesFlag,
} from '../flags.ts';

const text = (input: string): string => input;

export const init = command({
  verb: async () => (await import('../verbs/project-file.ts')).init,
  parameters: {
    flags: { ...jsonFlag, name: optionalText('Name of the project; else the folder’s', 'NAME') },
  },
  docs: described(
    'Write a first rung.yaml for this folder',
    'Looks for package.json files to find your services, and writes a rung.yaml to begin with.\nA file that is there is never written over.',
    ['rung init', 'rung init --name access'],
  ),
});

export const check = command({
  verb: async () => (await import('../verbs/project-file.ts')).check,
  parameters: {
    flags: jsonFlag,
    positional: {
      kind: 'tuple',
      parameters: [{ brief: 'Project file', placeholder: 'FILE', parse: text, default: 'rung.yaml' }],
    },
  },
  docs: described(
    'Say whether a project file is right, and what is wrong with it',
    'Lists every problem at once with its file, line and column, and what to write instead. Needs nothing running.',
    ['rung check', 'rung check services/rung.yaml --json'],
  ),
});

export const up = command({
  verb: async () => (await import('../verbs/machine.ts')).up,
  parameters: {
    flags: {
      ...jsonFlag,
      ...dataFlag,
      file: {
        kind: 'parsed',
        parse: text,
        brief: 'Project file',
        placeholder: 'FILE',
        default: 'rung.yaml',
      },
      port: {
        kind: 'parsed',
        parse: wholeNumber(1, 65_535),
        brief: 'Port of the board; else a free one',
        placeholder: 'PORT',
        optional: true,
      },
      replicas: {
        kind: 'parsed',
        parse: wholeNumber(1, 5),
        brief: 'How many control planes share the work; else one',
        placeholder: 'COUNT',
        optional: true,
      },
    },
  },
  docs: described(
    'Start everything on this machine, and stay until Ctrl-C',
    'Starts PostgreSQL, the control plane and an agent for each environment, and prints where the board is.\nAll it keeps is in the data folder; what a crash left running is found again.',
    ['rung up', 'rung up --data /var/lib/rung --port 4100', 'rung up --replicas 3'],
  ),
});

export const down = command({
  verb: async () => (await import('../verbs/machine.ts')).down,
  parameters: {
    flags: {
      ...jsonFlag,
      ...dataFlag,
      ...dryRunFlag,
      ...yesFlag,
      removeData: onOff('Also delete the data folder, for good'),
    },
  },
  docs: described(
    'End everything that runs from the data folder',
    'Ends the services, gateways, agents, control plane and database. The data stays unless you ask to delete it.',
    ['rung down', 'rung down --remove-data --dry-run'],
  ),
});

export const open = command({
  verb: async () => (await import('../verbs/machine.ts')).open,
  parameters: { flags: { ...connectionFlags, print: onOff('Print the link only') } },
  docs: described(
    'Open the board in the browser',
    'Makes a link that signs you in once. Elsewhere than on a terminal it is only printed.',
    ['rung open', 'rung open --print'],
  ),
});
