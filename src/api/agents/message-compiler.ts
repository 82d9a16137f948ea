import { Ajv, type ValidateFunction } from 'ajv';
import type { FastifySchemaCompiler } from 'fastify';
import type { TSchema } from 'typebox';
import { isFailure } from '../../domain/failure.ts';
import { protocolVersion, refuseUnspoken } from '../../protocol/version.ts';
import { knownPart, opened } from './known-part.ts';
import { messageNotUnderstood } from './problem.ts';

/**
 * Compiles what a message may be when the first of its kind comes: before that, nobody has to wait for it. A message of
 * our own version is taken as it was signed, or not at all. One of a version beside it may say things that are not known
 * here: they are passed over, and nothing of them is kept.
 */
export function createMessageCompiler(): FastifySchemaCompiler<TSchema> {
  const ajv = new Ajv({ strict: false });
  return ({ schema }) => {
    const exact = compiledOnce(ajv, () => schema);
    const open = compiledOnce(ajv, () => opened(schema));
    return (message: unknown) => {
      const version = versionOf(message);
      if (version === protocolVersion || version === null) return exact(message);
      try {
        refuseUnspoken(version, 'agent');
      } catch (thrown) {
        if (isFailure(thrown)) return { error: thrown };
        throw thrown;
      }
      const answer = open(message);
      return 'error' in answer ? answer : { value: knownPart(schema, message) };
    };
  };
}

/** null: what it is does not say, or it is no message. */
function versionOf(message: unknown): number | null {
  const said = (message as { readonly protocol?: unknown } | null)?.protocol;
  return typeof said === 'number' && Number.isSafeInteger(said) ? said : null;
}

type Answer = { readonly value: unknown } | { readonly error: Error };

function compiledOnce(ajv: Ajv, schemaOf: () => TSchema): (message: unknown) => Answer {
  let compiled: ValidateFunction | undefined;
  return (message) => {
    compiled ??= ajv.compile(schemaOf());
    if (compiled(message)) return { value: message };
    return { error: messageNotUnderstood(ajv.errorsText(compiled.errors)) };
  };
}
