/** As much of a JSON Schema as the messages of agents are written in. */
interface Shape {
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly patternProperties?: Readonly<Record<string, Shape>>;
  readonly items?: Shape;
  readonly anyOf?: readonly Shape[];
  readonly const?: unknown;
}

type Fields = Readonly<Record<string, unknown>>;

/** What a schema names of a value that fits it when objects with named fields may have others beside them. */
export function knownPart(schema: object, value: unknown): unknown {
  const shape = schema as Shape;
  if (shape.anyOf !== undefined) return knownPart(branchOf(shape.anyOf, value), value);
  if (Array.isArray(value)) return value.map((one: unknown) => knownPart(shape.items ?? {}, one));
  if (typeof value !== 'object' || value === null) return value;
  const patterns = Object.entries(shape.patternProperties ?? {});
  const known = Object.entries(value as Fields).flatMap(([key, field]) => {
    const own = shape.properties !== undefined && Object.hasOwn(shape.properties, key);
    const fits = own
      ? shape.properties?.[key]
      : patterns.find(([one]) => new RegExp(one, 'u').test(key))?.[1];
    return fits === undefined ? [] : [[key, knownPart(fits, field)] as const];
  });
  return Object.fromEntries(known);
}

/** Of several objects the one whose fixed fields say what the value says. */
const branchOf = (branches: readonly Shape[], value: unknown): Shape =>
  branches.find(({ properties }) => {
    if (properties === undefined || typeof value !== 'object' || value === null) return false;
    const fixed = Object.entries(properties).filter(([, field]) => 'const' in field);
    return fixed.every(([key, field]) => (value as Fields)[key] === field.const);
  }) ?? {};

/** The same schema where objects with named fields may have others beside them. */
export function opened<Schema>(schema: Schema): Schema {
  if (Array.isArray(schema)) return schema.map((one: unknown) => opened(one)) as Schema;
  if (typeof schema !== 'object' || schema === null) return schema;
  const entries = Object.entries(schema).filter(
    ([key]) => key !== 'additionalProperties' || !('properties' in schema),
  );
  return Object.fromEntries(entries.map(([key, value]) => [key, opened<unknown>(value)])) as Schema;
}
