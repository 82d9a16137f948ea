import type { Format } from '../format.ts';
import { readLines } from '../reading/lines.ts';
import { Tracefile } from './tracefile.ts';

/**
 * The tracefiles of lcov (geninfo(1)), which Istanbul, Vitest, Dart, Go, Rust and others write too. Lines and branches are counted
 * one by one; a file in several records, one for each test, counts once, and a line that any of them hit is hit.
 */
export const lcov: Format = {
  name: 'lcov',
  proves: 'coverage',
  syntax: 'lines',
  title: 'an lcov tracefile',
  mediaTypes: ['application/x-lcov', 'text/x-lcov'],
  fileName: /(?:^|[/\\])(?:[^/\\]*lcov[^/\\]*|[^/\\]+\.lcov)$/iu,
  recognizes: (_, head) => /^(?:TN|SF):/mu.test(head.slice(0, 1000)),
  async read(file) {
    const tracefile = new Tracefile(file);
    await readLines(file, (line, number) => tracefile.line(line, number));
    return tracefile.facts();
  },
};
