import type { Clock } from '../engine/clock.ts';
import type { Connect } from './connect.ts';
import type { Output, Programs } from './programs.ts';
import type { Look } from './render/look.ts';

/** Everything the command line takes from the world around it. Nothing else is read or written. */
export interface CliInputs {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean | undefined };
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly clock: Clock;
  readonly programs: Programs;
  /** Aborted by Ctrl-C and by SIGTERM. */
  readonly signal: AbortSignal;
  /** How to reach a control plane: the typed client unless told otherwise. */
  readonly connect: Connect;
  /** IANA name; the machine's own where it is absent. */
  readonly timeZone?: string | undefined;
}

/** What a command has to work with. */
export interface Cli extends CliInputs {
  /** How things look on stdout now: the width is read anew each time. */
  look(): Look;
  /** One document for a program with `--json`, else lines for a person. */
  answer<T>(
    flags: { readonly json?: boolean },
    view: T,
    lines: (view: T, look: Look) => readonly string[],
  ): void;
  /** Lines on stdout. */
  print(lines: readonly string[]): void;
  /** A line beside the answer: progress, hints. Goes to stderr, so that stdout can be piped. */
  note(line: string): void;
}
