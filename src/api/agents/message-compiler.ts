import { Ajv, type ValidateFunction } from 'ajv';
import type { FastifySchemaCompiler } from 'fastify';
import type { TSchema } from 'typebox';
import { messageNotUnderstood } from './problem.ts';

/**
 * Compiles what a message may be when the first of its kind comes: before that, nobody has to wait for it. A message is
 * taken as it was signed, or not at all: nothing is bent into shape.
 */
export function createMessageCompiler(): FastifySchemaCompiler<TSchema> {
  const ajv = new Ajv({ strict: false });
  return ({ schema }) => {
    let compiled: ValidateFunction | undefined;
    return (message: unknown) => {
      compiled ??= ajv.compile(schema);
      if (compiled(message)) return { value: message };
      return { error: messageNotUnderstood(ajv.errorsText(compiled.errors)) };
    };
  };
}
