import { Failure } from '../../src/domain/failure.ts';
import { type ParsedProjectFile, parseProjectFile } from '../../src/lifecycle/declare/parse.ts';

export const parse = (text: string | Uint8Array): ParsedProjectFile =>
  parseProjectFile(typeof text === 'string' ? new TextEncoder().encode(text) : text, 'rung.yaml');

/** What a bad file is refused with; an Error when it is accepted. */
export function failureOf(text: string | Uint8Array): Failure {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error('this was accepted');
}

/** `line:column pointer message | instead`, as a person would read them down the page. */
export const problemsOf = (text: string): readonly string[] =>
  failureOf(text).problems.map(
    ({ place, pointer, message, instead }) =>
      `${place?.line}:${place?.column} ${pointer ?? ''} ${message} | ${instead ?? ''}`,
  );
