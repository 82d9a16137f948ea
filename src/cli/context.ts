import {
  type BaseArgs,
  buildCommand,
  type Command,
  type CommandContext,
  type StricliProcess,
  type TypedCommandParameters,
} from '@stricli/core';
import type { Cli } from './cli.ts';
import type { Described } from './described.ts';

export interface CliContext extends CommandContext {
  readonly process: StricliProcess;
  readonly cli: Cli;
}

/** What a command does once its words were understood. Throws `Failure`. */
export type Verb<Flags, Args extends BaseArgs> = (cli: Cli, flags: Flags, ...args: Args) => Promise<void>;

/** A command. Its verb is loaded only when it is called, so that starting up costs one verb and not all of them. */
export function command<
  const Flags extends Readonly<Partial<Record<keyof Flags, unknown>>>,
  const Args extends BaseArgs,
>(spec: {
  readonly verb: () => Promise<Verb<Flags, Args>>;
  readonly parameters: NoInfer<TypedCommandParameters<Flags, Args, CliContext>>;
  readonly docs: Described;
}): Command<CliContext> {
  return buildCommand<Flags, Args, CliContext>({
    loader: async () => {
      const verb = await spec.verb();
      return async function (this: CliContext, flags: Flags, ...args: Args): Promise<void> {
        await verb(this.cli, flags, ...args);
      };
    },
    parameters: spec.parameters,
    docs: spec.docs,
  });
}
