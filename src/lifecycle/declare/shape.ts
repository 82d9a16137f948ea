import { type Finding, pointerTo, shown, textOf, unknownName } from '../../domain/project-file/finding.ts';
import { nearestName } from '../../domain/project-file/nearest.ts';
import type { SchemaError } from './validate.generated.ts';

/** What a schema has against the data, as sentences. */
export function shapeFindings(errors: readonly SchemaError[]): readonly Finding[] {
  const findings = errors
    .filter((error) => !isMisspelt(error, errors) && !isToldAsChoice(error, errors))
    .flatMap((error) => (isOfName(error, errors) ? [badName(error)] : findingOf(error)));
  return findings.filter((finding, index) => findings.findIndex((one) => same(one, finding)) === index);
}

/** A key that is missing because it stands there under another spelling is one problem. */
function isMisspelt(error: SchemaError, errors: readonly SchemaError[]): boolean {
  const missing = textOf(error.params['missingProperty']);
  if (missing === undefined) return false;
  return errors.some((one) => {
    const written = textOf(one.params['additionalProperty']);
    return (
      written !== undefined &&
      one.instancePath === error.instancePath &&
      nearestName(written, [missing]) !== null
    );
  });
}

/** What is none of a few words is of another type at times, too: the words say it all. */
const isToldAsChoice = (error: SchemaError, errors: readonly SchemaError[]): boolean =>
  error.keyword === 'type' &&
  errors.some(({ keyword, instancePath }) => keyword === 'enum' && instancePath === error.instancePath);

/** ajv puts a name itself where the data would be, and names it beside that in an error about all of them. */
const isOfName = (error: SchemaError, errors: readonly SchemaError[]): boolean =>
  errors.some(
    ({ instancePath, params }) =>
      instancePath === error.instancePath && params['propertyName'] === error.data,
  );

const same = (left: Finding, right: Finding): boolean =>
  left.pointer === right.pointer && left.message === right.message;

function findingOf(error: SchemaError): readonly Finding[] {
  const pointer = error.instancePath;
  const instead = insteadOf(error);
  const say = (message: string): readonly Finding[] => [{ pointer, on: 'value', message, ...instead }];
  switch (error.keyword) {
    case 'if':
    case 'propertyNames':
      return [];
    case 'additionalProperties':
      return [unknownKey(error)];
    case 'required':
      return [missingKey(error)];
    case 'enum':
      return [notAmong(error)];
    case 'const':
      return say('This Rung reads version 1 of the format.');
    case 'type':
      return say(`${described(error.data)} stands here.`);
    case 'pattern':
      return say(`${described(error.data)} cannot stand here.`);
    case 'minItems':
    case 'minProperties':
      return say('There is nothing in here.');
    case 'maxItems':
      return say(`There are more than ${String(error.params['limit'])} in here.`);
    default:
      return say(`${described(error.data)} is out of range.`);
  }
}

function insteadOf(error: SchemaError): { readonly instead?: string } {
  const written = error.parentSchema['x-write'];
  return typeof written === 'string' ? { instead: written } : {};
}

function unknownKey(error: SchemaError): Finding {
  const key = String(error.params['additionalProperty']);
  const known = Object.keys(error.parentSchema['properties'] ?? {});
  const pointer = error.instancePath + pointerTo(key);
  return { pointer, on: 'key', ...unknownName('key', key, known) };
}

function missingKey(error: SchemaError): Finding {
  const key = String(error.params['missingProperty']);
  const members = (error.parentSchema['properties'] ?? {}) as Record<string, Record<string, unknown>>;
  const form = members[key]?.['x-write'];
  return {
    pointer: error.instancePath,
    on: 'key',
    message: `The key "${key}" is missing.`,
    instead: typeof form === 'string' ? form : `\`${key}:\` with its value`,
  };
}

function notAmong(error: SchemaError): Finding {
  const known = (error.params['allowedValues'] as readonly unknown[]).map(String);
  const near = typeof error.data === 'string' ? nearestName(error.data, known) : null;
  return {
    pointer: error.instancePath,
    on: 'value',
    message: `${described(error.data)} cannot stand here.${near === null ? '' : ` Did you mean "${near}"?`}`,
    instead: near ?? (known.length === 1 ? String(known[0]) : `one of ${known.join(', ')}`),
  };
}

const badName = (error: SchemaError): Finding => ({
  pointer: error.instancePath + pointerTo(String(error.data)),
  on: 'key',
  message: `"${shown(String(error.data))}" cannot be a name.`,
  ...insteadOf(error),
});

function described(data: unknown): string {
  if (data === null) return 'Nothing';
  if (Array.isArray(data)) return 'A list';
  if (typeof data === 'object') return 'A mapping of keys';
  return typeof data === 'string' ? `"${shown(data)}"` : JSON.stringify(data);
}
