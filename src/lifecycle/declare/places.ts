import type { LineCounter } from 'yaml';
import type { Place, Problem } from '../../domain/failure.ts';
import type { Finding } from '../../domain/project-file/finding.ts';
import { rawOffset, type WrittenText } from './written-text.ts';

/** Where each value and each key of a file stands, by JSON pointer. */
export class Places {
  readonly #file: string;
  readonly #lines: LineCounter;
  readonly #offsets = new Map<string, { readonly key: number | null; readonly value: number }>();
  readonly #texts = new Map<string, WrittenText>();

  constructor(file: string, lines: LineCounter) {
    this.#file = file;
    this.#lines = lines;
  }

  remember(pointer: string, key: number | null, value: number): void {
    this.#offsets.set(pointer, { key, value });
  }

  /** How a text is written, so that a place inside it can be shown. */
  rememberText(pointer: string, text: WrittenText): void {
    this.#texts.set(pointer, text);
  }

  at(offset: number): Place {
    const { line, col } = this.#lines.linePos(offset);
    return { file: this.#file, line: Math.max(1, line), column: Math.max(1, col) };
  }

  /** The finding with its place: that of the nearest enclosing value where the thing itself is not in the file. */
  problem(finding: Finding): Problem {
    const place = this.#insideText(finding) ?? this.#placeOf(finding.pointer, finding.on);
    return {
      message: finding.message,
      pointer: finding.pointer,
      ...(finding.instead !== undefined && { instead: finding.instead }),
      ...(place !== null && { place }),
    };
  }

  #insideText({ pointer, offset }: Finding): Place | null {
    const text = this.#texts.get(pointer);
    return offset === undefined || text === undefined ? null : this.at(rawOffset(text, offset));
  }

  #placeOf(pointer: string, on: 'key' | 'value'): Place | null {
    const offsets = this.#offsets.get(pointer);
    if (offsets !== undefined) return this.at(on === 'key' ? (offsets.key ?? offsets.value) : offsets.value);
    const parent = pointer.lastIndexOf('/');
    return parent < 0 ? null : this.#placeOf(pointer.slice(0, parent), 'key');
  }
}
