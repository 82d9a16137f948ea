import { type DocumentedCommand, generateHelpTextForAllCommands } from '@stricli/core';
import { exitCodeOf, failureKinds } from '../domain/failure.ts';
import { createApplication } from './application.ts';
import { type CommandGroup, commandGroups } from './commands.ts';
import { exitCodeMeanings } from './help.ts';

/** The reference page of the command line, made of the help texts: it says what the program says. */
export function cliReference(): string {
  return [...introduction, ...commandHelp().flatMap(commandSection)].join('\n');
}

/** What `rung --help` lists, as a file that loads at once: the commands themselves take longer than all else it does. */
export function listedCommandsFile(): string {
  return [
    '/** Made by `scripts/generate-cli-reference.ts` from the commands themselves; do not edit it by hand. */',
    'export const listedCommands: readonly {',
    '  readonly title: string;',
    '  readonly commands: Readonly<Record<string, string>>;',
    '}[] = [',
    ...commandGroups.flatMap(listedGroup),
    '];',
    '',
  ].join('\n');
}

const quoted = (text: string): string => `'${text.replaceAll("'", "\\'")}'`;

function listedGroup({ title, commands }: CommandGroup): readonly string[] {
  const entries = Object.entries(commands).map(
    ([name, { brief }]) => `      ${name.includes('-') ? quoted(name) : name}: ${quoted(brief)},`,
  );
  return ['  {', `    title: ${quoted(title)},`, '    commands: {', ...entries, '    },', '  },'];
}

/** Each command with its help text, as `--help` prints it. */
export function commandHelp(): readonly DocumentedCommand[] {
  // Help needs no context; the library's type asks for one nevertheless.
  return generateHelpTextForAllCommands(
    createApplication(() => '') as unknown as Parameters<typeof generateHelpTextForAllCommands>[0],
  );
}

const commandSection = ([route, help]: readonly [string, string]): readonly string[] => [
  `## ${route}`,
  '',
  '```text',
  help.trimEnd(),
  '```',
  '',
];

const introduction: readonly string[] = [
  '# Command line',
  '',
  'Made by `scripts/generate-cli-reference.ts` from the commands themselves; do not edit it by hand.',
  '',
  '## Where the control plane is',
  '',
  '1. `--url` or `RUNG_URL`, with a token from `--token-file` or `RUNG_TOKEN`. A token is sent over https, or to this',
  '   machine, and nowhere else.',
  '2. Else the data folder: `--data`, `RUNG_DATA`, or the nearest `.rung` folder upwards. It says where the control plane',
  '   that runs from it is, and holds the token of this machine.',
  '',
  '`--project` or `RUNG_PROJECT` names the project where there are several. `--as MEMBER` acts as a member whom the project',
  'file names; that works on a laptop only, and the log says who really sat there.',
  '',
  '## For programs',
  '',
  'With `--json` a command prints exactly one JSON document on stdout. `rung watch`, `rung promote --watch`,',
  '`rung rollback --watch` and `rung log --follow` print JSON Lines. A failure is a problem document (RFC 9457) on stderr, with',
  'nothing on stdout but what was printed before. Times are milliseconds since the epoch, ratios are 0 to 1.',
  '',
  'What needs a yes takes `--yes`; where there is no terminal to ask at, it is refused without it. `NO_COLOR` turns colour',
  'off. `RUNG_DEBUG=1` adds the inside of a failure.',
  '',
  '## Exit codes',
  '',
  '| code | kind | meaning |',
  '|---|---|---|',
  '| 0 | | done |',
  ...failureKinds.map((kind) => `| ${String(exitCodeOf(kind))} | ${kind} | ${exitCodeMeanings[kind]} |`),
  '',
  'They begin at 10, so that those of a shell (1, 2, 126 and above) are never mistaken for one. A mistyped command is',
  '`invalid` like any other wrong input. `--watch` and `rung watch` exit with `conflict` when the release did not go through.',
  '',
];
