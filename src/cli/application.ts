import {
  type Application,
  type ApplicationText,
  ArgumentScannerError,
  buildApplication,
  formatMessageForArgumentScannerError,
  text_en,
} from '@stricli/core';
import { Failure, isFailure } from '../domain/failure.ts';
import { rootRoutes } from './commands.ts';
import type { CliContext } from './context.ts';
import { listed } from './render/figures.ts';

/** Turns whatever was thrown into what stderr says about it. */
export type Report = (failure: Failure) => string;

/** The command tree with our words for what goes wrong. Nothing is loaded but the names and flags. */
export function createApplication(report: Report): Application<CliContext> {
  return buildApplication(rootRoutes, {
    name: 'rung',
    scanner: { caseStyle: 'allow-kebab-for-camel', allowArgumentEscapeSequence: true },
    documentation: { disableAnsiColor: true, onlyRequiredInUsageLine: true },
    localization: { text: textWith(report) },
  });
}

const textWith = (report: Report): ApplicationText => ({
  ...text_en,
  noCommandRegisteredForInput: ({ input, corrections }) =>
    report(
      usage(`There is no command ${input}.`, [
        ...(corrections.length > 0 ? [`Did you mean ${listed(corrections, 'or')}?`] : []),
        '`rung --help` lists every command.',
      ]),
    ),
  exceptionWhileParsingArguments: (thrown) => report(asUsage(thrown)),
  exceptionWhileLoadingCommandFunction: (thrown) => report(asFailure(thrown)),
  exceptionWhileLoadingCommandContext: (thrown) => report(asFailure(thrown)),
  exceptionWhileRunningCommand: (thrown) => report(asFailure(thrown)),
  commandErrorResult: (thrown) => report(asFailure(thrown)),
});

const usage = (message: string, wayOut: readonly string[]): Failure =>
  new Failure('invalid', 'usage', message, { wayOut: wayOut.join(' ') });

function asUsage(thrown: unknown): Failure {
  if (!(thrown instanceof ArgumentScannerError)) return asFailure(thrown);
  const message = formatMessageForArgumentScannerError(thrown, {
    FlagNotFoundError: ({ input }) => `There is no flag ${dashed(input)}.`,
    AliasNotFoundError: ({ input }) => `There is no flag -${input}.`,
    ArgumentParseError: ({ externalFlagNameOrPlaceholder: name, input, exception }) =>
      `${isPlaceholder(name) ? name : `--${name}`} cannot be ${JSON.stringify(input)}: ${exception instanceof Error ? exception.message : 'it is not understood'}`,
    EnumValidationError: ({ externalFlagName, input, values }) =>
      `--${externalFlagName} cannot be ${JSON.stringify(input)}; it is one of ${values.join(', ')}.`,
    UnsatisfiedFlagError: ({ externalFlagName }) => `--${externalFlagName} is missing, or has no value.`,
    UnsatisfiedPositionalError: ({ placeholder }) => `${placeholder} is missing.`,
    UnexpectedPositionalError: ({ input }) => `${JSON.stringify(input)} is one word too many.`,
    UnexpectedFlagError: ({ externalFlagName }) => `--${externalFlagName} is given twice.`,
    InvalidNegatedFlagSyntaxError: ({ externalFlagName }) => `--${externalFlagName} takes no value.`,
  });
  const meant = 'corrections' in thrown && Array.isArray(thrown.corrections) ? thrown.corrections : [];
  return usage(message, [
    ...(meant.length > 0 ? [`Did you mean ${listed(meant.map(String).map(dashed), 'or')}?`] : []),
    '--help shows how it is written, with an example.',
  ]);
}

const dashed = (flag: string): string => (flag.startsWith('-') ? flag : `--${flag}`);
const isPlaceholder = (name: string): boolean => name === name.toUpperCase();

/** What was thrown, as a failure; what is none is a defect of ours, whose inside nobody is shown. */
export function asFailure(thrown: unknown): Failure {
  if (isFailure(thrown)) return thrown;
  return new Failure('defect', 'unexpected', 'Something went wrong in Rung itself.', {
    wayOut: 'Please report it, with what RUNG_DEBUG=1 prints.',
    cause: thrown,
  });
}
