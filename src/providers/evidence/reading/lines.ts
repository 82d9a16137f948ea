import type { FormatInput } from '../format.ts';
import { limits } from './limits.ts';

/** Tells each line, without its end (LF or CRLF), with its number from 1. */
export async function readLines(
  { text, problems }: Pick<FormatInput, 'text' | 'problems'>,
  tell: (line: string, number: number) => void,
): Promise<void> {
  let number = 0;
  let rest = '';
  const told = (line: string): void => {
    number += 1;
    if (line.length > limits.line) problems.stop({ ...longLine, at: { line: number, column: 1 } });
    tell(line.endsWith('\r') ? line.slice(0, -1) : line, number);
  };
  for await (const piece of text) {
    const whole = rest + piece;
    let from = 0;
    for (let to = whole.indexOf('\n'); to !== -1; to = whole.indexOf('\n', from)) {
      told(whole.slice(from, to));
      from = to + 1;
    }
    rest = whole.slice(from);
    if (rest.length > limits.line) problems.stop({ ...longLine, at: { line: number + 1, column: 1 } });
  }
  if (rest !== '') told(rest);
}

const longLine = {
  code: 'too-long',
  message: `A line is longer than ${limits.line / 1024} kB`,
  instead: 'hand over the file that the tool wrote',
};
