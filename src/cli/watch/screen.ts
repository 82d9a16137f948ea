import type { Output } from '../programs.ts';
import { fit } from '../render/width.ts';

/** A picture that is drawn again in its own place. Closing it leaves the last picture and a cursor that is seen. */
export interface Screen extends Disposable {
  draw(lines: readonly string[]): void;
  /** Lines that stay above the picture. */
  keep(lines: readonly string[]): void;
}

const hideCursor = '\u001B[?25l';
const showCursor = '\u001B[?25h';

export function openScreen(output: Output): Screen {
  let drawn: readonly string[] = [];
  output.write(hideCursor);
  const erased = (): string => (drawn.length === 0 ? '' : `\u001B[${String(drawn.length)}A\r\u001B[0J`);
  const fitted = (lines: readonly string[]): readonly string[] =>
    lines.slice(0, Math.max(1, (output.rows ?? 24) - 1)).map((line) => fit(line, (output.columns ?? 80) - 1));
  const written = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');
  return {
    draw: (lines) => {
      const next = fitted(lines);
      output.write(erased() + written(next));
      drawn = next;
    },
    keep: (lines) => {
      output.write(erased() + written(lines) + written(drawn));
    },
    [Symbol.dispose]: () => {
      output.write(showCursor);
    },
  };
}
