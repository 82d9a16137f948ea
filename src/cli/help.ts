import { exitCodeOf, type FailureKind, failureKinds } from '../domain/failure.ts';
import { type CommandGroup, commandGroups } from './commands.ts';
import type { Look } from './render/look.ts';
import { padRight } from './render/width.ts';

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

/** The help one sees first: every command once, in groups, and where to go from there. */
export function rootHelp(look: Look): readonly string[] {
  const { style } = look;
  const width = Math.max(
    ...commandGroups.flatMap((group) => Object.keys(group.commands).map((name) => name.length)),
  );
  return [
    'rung moves releases up a ladder of environments, one rung at a time, and takes a bad one back by itself.',
    '',
    style.strong('USAGE'),
    '  rung COMMAND [--flags]',
    ...commandGroups.flatMap((group) => groupLines(group, width, look)),
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

const groupLines = (group: CommandGroup, width: number, look: Look): readonly string[] =>
  ['', look.style.strong(group.title)].concat(
    Object.entries(group.commands).map(([name, { brief }]) => `  ${padRight(name, width)}  ${brief}`),
  );
