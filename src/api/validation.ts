import { Stream } from 'node:stream';
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
      const unfit = compiled(value) ? [] : (compiled.errors ?? []).map(problemOf);
      const problems = [...unfit, ...nulsIn(value, '')];
      return problems.length === 0 ? { value } : { error: refused(part, problems) };
    };
  };
}

/** Where a text holds the character U+0000: nothing has it in its name, and PostgreSQL refuses even to look for it. */
function* nulsIn(value: unknown, pointer: string): Generator<Problem> {
  if (typeof value === 'string' && value.includes('\0')) yield nulAt(pointer);
  if (typeof value !== 'object' || value === null || value instanceof Stream) return;
  for (const [name, inner] of Object.entries(value)) {
    const at = `${pointer}/${name}`;
    if (name.includes('\0')) yield nulAt(at);
    yield* nulsIn(inner, at);
  }
}

const nulAt = (pointer: string): Problem => ({
  message: `${nameAt(pointer)} contains the character U+0000`,
  instead: 'the text without it',
  pointer,
});

const partNames: Readonly<Record<string, string>> = {
  body: 'body',
  querystring: 'query',
  params: 'address',
  headers: 'headers',
};

function refused(part: string, problems: readonly Problem[]): Failure {
  return new Failure(
    'invalid',
    'request-invalid',
    `The ${partNames[part] ?? part} of the request is not valid.`,
    {
      wayOut: 'Put right what is listed under problems and send it again.',
      problems: problems.slice(0, 100),
    },
  );
}

function problemOf(error: ErrorObject): Problem {
  const pointer = error.instancePath;
  const name = nameAt(pointer);
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

const nameAt = (pointer: string): string =>
  pointer === '' ? 'it' : pointer.slice(1).replaceAll('/', '.').replaceAll('\0', '\uFFFD');

const knownNames = (error: ErrorObject): string =>
  Object.keys((error.parentSchema as TSchema & { properties?: object })?.properties ?? {}).join(', ') ||
  'nothing';

const allowedWords = (error: ErrorObject): string =>
  (error.params['allowedValues'] as readonly unknown[]).map(String).join(', ');
