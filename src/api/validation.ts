import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import type { FastifySchemaCompiler } from 'fastify';
import type { TSchema } from 'typebox';
import { Failure, type Problem } from '../domain/failure.ts';

const strict = {
  allErrors: true,
  strict: false,
  verbose: true,
  removeAdditional: false,
  useDefaults: false,
} as const;

/**
 * Compiles what a route takes. A body is taken as it is; what stands in the address is text, so numbers and
 * booleans are read out of it. What does not fit is refused with everything that is wrong at once.
 */
export function createRequestCompiler(): FastifySchemaCompiler<TSchema> {
  const body = new Ajv2020(strict);
  const address = new Ajv2020({ ...strict, coerceTypes: 'array' });
  return ({ schema, httpPart }) => {
    const part = httpPart ?? 'body';
    // Compiled when first needed: all of them at once would cost each start a quarter of a second.
    let compiled: ValidateFunction | undefined;
    return (value: unknown) => {
      compiled ??= (part === 'body' ? body : address).compile(schema);
      return compiled(value) ? { value } : { error: refused(part, compiled) };
    };
  };
}

const partNames: Readonly<Record<string, string>> = {
  body: 'body',
  querystring: 'query',
  params: 'address',
  headers: 'headers',
};

function refused(part: string, validate: ValidateFunction): Failure {
  const problems = (validate.errors ?? []).slice(0, 100).map(problemOf);
  return new Failure(
    'invalid',
    'request-invalid',
    `The ${partNames[part] ?? part} of the request is not valid.`,
    {
      wayOut: 'Put right what is listed under problems and send it again.',
      problems,
    },
  );
}

function problemOf(error: ErrorObject): Problem {
  const pointer = error.instancePath;
  const name = pointer === '' ? 'it' : pointer.slice(1).replaceAll('/', '.');
  if (error.keyword === 'additionalProperties')
    return {
      message: `\`${String(error.params['additionalProperty'])}\` is not known here`,
      instead: `one of ${knownNames(error)}`,
      pointer: `${pointer}/${String(error.params['additionalProperty'])}`,
    };
  if (error.keyword === 'enum')
    return { message: `${name} is none of the words known here`, instead: allowedWords(error), pointer };
  return { message: `${name} ${error.message ?? 'is not valid'}`, pointer };
}

const knownNames = (error: ErrorObject): string =>
  Object.keys((error.parentSchema as TSchema & { properties?: object })?.properties ?? {}).join(', ') ||
  'nothing';

const allowedWords = (error: ErrorObject): string =>
  (error.params['allowedValues'] as readonly unknown[]).map(String).join(', ');
