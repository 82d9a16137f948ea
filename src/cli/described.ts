export interface Described {
  readonly brief: string;
  readonly fullDescription: string;
}

/** Help of a command: a line for lists, what it does in full, and at least one example that works. */
export function described(brief: string, more: string, examples: readonly [string, ...string[]]): Described {
  const title = examples.length === 1 ? 'EXAMPLE' : 'EXAMPLES';
  return {
    brief,
    fullDescription: [more, '', title, ...examples.map((example) => `  ${example}`)].join('\n'),
  };
}

/** The examples of a help text, as they are to be typed. */
export const examplesIn = (help: string): readonly string[] =>
  help.split('\n').flatMap((line) => /^ {2}(rung .*)$/u.exec(line)?.[1] ?? []);
