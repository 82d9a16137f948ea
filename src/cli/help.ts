import { exitCodeOf, type FailureKind, failureKinds } from '../domain/failure.ts';
import { listedCommands } from './listed-commands.ts';
import { createStyle, type Style, wantsColour } from './render/style.ts';

/** The meaning of each exit code that is not 0. A mistyped command is `invalid` like any other wrong input. */
export const exitCodeMeanings: Readonly<Record<FailureKind, string>> = {
  invalid: 'the command or a file is wrong',
  denied: 'you may not, or admission refuses it',
  absent: 'there is no such thing',
  conflict: 'it is not so any more, or did not go through',
  limited: 'too much at once',
  unavailable: 'it cannot be reached now; trying again may help',
  interrupted: 'stopped before it was done',
  defect: 'a fault of Rung itself',
};

export const isRootHelp = (argv: readonly string[]): boolean =>
  argv.length === 0 || (argv.length === 1 && ['help', '--help', '-h'].includes(argv[0] ?? ''));

/** The help one sees first, on this output: without the commands themselves, which take time to load. */
export const rootHelpOn = (
  output: { readonly isTTY?: boolean | undefined },
  env: NodeJS.ProcessEnv,
): string =>
  rootHelp(createStyle(wantsColour(output, env)))
    .map((line) => `${line}\n`)
    .join('');

/** Every command once, in groups, and where to go from there. */
function rootHelp(style: Style): readonly string[] {
  const width = Math.max(
    ...listedCommands.flatMap(({ commands }) => Object.keys(commands).map((name) => name.length)),
  );
  return [
    'rung moves releases up a ladder of environments, one rung at a time, and takes a bad one back by itself.',
    '',
    style.strong('USAGE'),
    '  rung COMMAND [--flags]',
    ...listedCommands.flatMap((group) => groupLines(group, width, style)),
    '',
    style.strong('EXAMPLES'),
    '  rung up                            start everything on this machine',
    '  rung promote 1.4.0 --to prod       ask for a release to go into prod',
    '  rung why 1.4.0 --to prod           everything that is in the way',
    '',
    style.strong('EXIT CODES'),
    '   0  done',
    ...failureKinds.map((kind) => `  ${String(exitCodeOf(kind))}  ${exitCodeMeanings[kind]}`),
    '',
    'Every command has --help with an example, and --json for programs: one document on stdout, failures as',
    'problem documents on stderr. A control plane elsewhere is found by RUNG_URL and RUNG_TOKEN, or --url and',
    '--token-file; one on this machine by the nearest .rung folder, --data or RUNG_DATA. NO_COLOR turns colour off.',
  ];
}

const groupLines = (
  { title, commands }: (typeof listedCommands)[number],
  width: number,
  style: Style,
): readonly string[] => [
  '',
  style.strong(title),
  ...Object.entries(commands).map(([name, brief]) => `  ${name.padEnd(width)}  ${brief}`),
];
