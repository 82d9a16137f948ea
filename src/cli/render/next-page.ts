import type { Look } from './look.ts';
import { shellWord } from './shell-word.ts';

/** By what a list was narrowed, by its flags as they are typed. */
type Narrowed = Readonly<Record<string, string | number | undefined>>;

/** The command for the page after this one, narrowed as this one was; nothing where there is none. */
export function nextPageLines(
  command: string,
  narrowed: Narrowed,
  { next }: { readonly next: string | null },
  { style }: Look,
): readonly string[] {
  if (next === null) return [];
  const flags = Object.entries(narrowed).flatMap(([flag, value]) =>
    value === undefined ? [] : [flag, shellWord(String(value))],
  );
  return [style.faint(['more:', command, ...flags, '--after', shellWord(next)].join(' '))];
}
