import type { Mutant } from './mutants.ts';

interface Host {
  readonly start: number;
  readonly end: number;
  readonly isStatement: boolean;
  readonly changes: { readonly id: number; readonly to: string }[];
}

/**
 * A file with all of its mutants in it, each behind a question: the first is number `first`. On the same lines as before, so that what a test
 * says of a line stays true.
 */
export function instrument(text: string, mutants: readonly Mutant[], first: number): string {
  const hosts: Host[] = [];
  for (const [index, { start, end, operator, to }] of mutants.entries()) {
    const last = hosts.at(-1);
    const change = { id: first + index, to };
    if (last?.start === start && last.end === end) last.changes.push(change);
    else hosts.push({ start, end, isStatement: operator === 'statement', changes: [change] });
  }
  return render(text, 0, text.length, hosts);
}

/** `hosts` are those between the two places, in order, the outer before the inner. */
function render(text: string, start: number, end: number, hosts: readonly Host[]): string {
  const parts: string[] = [];
  let at = start;
  for (let index = 0; index < hosts.length; ) {
    const host = hosts[index];
    if (host === undefined) break;
    let next = index + 1;
    while ((hosts[next]?.start ?? Number.POSITIVE_INFINITY) < host.end) next += 1;
    const inner = render(text, host.start, host.end, hosts.slice(index + 1, next));
    parts.push(text.slice(at, host.start), behindQuestions(host, inner));
    at = host.end;
    index = next;
  }
  return `${parts.join('')}${text.slice(at, end)}`;
}

function behindQuestions({ changes, isStatement }: Host, inner: string): string {
  if (isStatement) return `{ if (!rungMutant(${changes[0]?.id})) ${inner} }`;
  const questions = changes.map(({ id, to }) => `rungMutant(${id}) ? (${to.replaceAll('\n', ' ')}) : `);
  return `(${questions.join('')}${inner})`;
}
