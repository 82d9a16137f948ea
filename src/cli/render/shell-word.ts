/** As it is typed: in quotes where a shell would read more into it. */
export const shellWord = (word: string): string =>
  /^[\w.-]+$/u.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
