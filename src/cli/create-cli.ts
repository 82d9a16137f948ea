import type { Cli, CliInputs } from './cli.ts';
import type { Output } from './programs.ts';
import type { Look } from './render/look.ts';
import { printable } from './render/printable.ts';
import { createStyle, wantsColour } from './render/style.ts';

const narrowest = 40;
const unboundedWidth = 10_000;

export function createCli(inputs: CliInputs): Cli {
  const print = (lines: readonly string[]): void => {
    inputs.stdout.write(lines.map((line) => `${line}\n`).join(''));
  };
  const look = (): Look => lookOf(inputs.stdout, inputs);
  return {
    ...inputs,
    look,
    print,
    note: (line) => inputs.stderr.write(`${line}\n`),
    answer: (flags, view, lines) =>
      print(flags.json === true ? [JSON.stringify(view)] : lines(printable(view), look())),
  };
}

/** A pipe has no width: nothing is cut there. */
export const lookOf = (output: Output, inputs: Pick<CliInputs, 'env' | 'clock' | 'timeZone'>): Look => ({
  style: createStyle(wantsColour(output, inputs.env)),
  width: output.isTTY === true ? Math.max(narrowest, output.columns || 80) : unboundedWidth,
  now: inputs.clock.now(),
  timeZone: inputs.timeZone ?? inputs.env['TZ'],
});
