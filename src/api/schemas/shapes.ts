import { type Static, type TSchema, type TUnsafe, Type } from 'typebox';
import type {
  ActorId,
  Digest,
  EnvironmentName,
  Instant,
  PromotionId,
  ReleaseId,
  ServiceName,
} from '../../domain/ids.ts';

/** The small shapes that all schemas are built from. What they type is read-only, as the views are. */

const uuidPattern = '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$';
const digestPattern = '^sha256:[0-9a-f]{64}$';

/** A UUIDv7, typed as the id it is. */
export const uuid = <Id extends string>(description: string): TUnsafe<Id> =>
  Type.Unsafe<Id>({ type: 'string', pattern: uuidPattern, description });

const digestOfKind = <Id extends string>(description: string): TUnsafe<Id> =>
  Type.Unsafe<Id>({ type: 'string', pattern: digestPattern, description });

export const digest = digestOfKind<Digest>('SHA-256, as `sha256:` and 64 hex digits');
export const releaseId = digestOfKind<ReleaseId>('Digest over what the release contains');

/** A name from the project file, typed as what it names. */
export const nameOf = <Name extends string>(description: string): TUnsafe<Name> =>
  Type.Unsafe<Name>({ type: 'string', description });

export const promotionId = uuid<PromotionId>('Promotion');
export const environmentName = nameOf<EnvironmentName>('Name of an environment');
export const serviceName = nameOf<ServiceName>('Name of a service');
export const actorId = nameOf<ActorId>('A person (an e-mail address) or a program');

export const instantMs = Type.Unsafe<Instant>({
  type: 'integer',
  description: 'Milliseconds since 1 January 1970, UTC',
});

export const text = Type.String();
export const count = Type.Integer({ minimum: 0 });
export const ratio = Type.Number({ description: '0 to 1' });
export const percent = Type.Number({ description: '0 to 100' });
export const durationMs = Type.Number({ description: 'Milliseconds' });

/** One of some words. */
export const oneOf = <const Words extends readonly string[]>(words: Words): TUnsafe<Words[number]> =>
  Type.Unsafe<Words[number]>({ type: 'string', enum: [...words] });

export const nullable = <S extends TSchema>(schema: S): TUnsafe<Static<S> | null> =>
  Type.Unsafe<Static<S> | null>({ anyOf: [schema, { type: 'null' }] });

export const listOf = <S extends TSchema>(items: S): TUnsafe<readonly Static<S>[]> =>
  Type.Unsafe<readonly Static<S>[]>({ type: 'array', items });

/** An object whose keys are names. */
export const recordOf = <Key extends string, S extends TSchema>(
  _key: TUnsafe<Key>,
  value: S,
): TUnsafe<Readonly<Record<Key, Static<S>>>> =>
  Type.Unsafe<Readonly<Record<Key, Static<S>>>>({ type: 'object', additionalProperties: value });

/** Facts for machines: any JSON by name. */
export const facts = Type.Unsafe<Readonly<Record<string, unknown>>>({
  type: 'object',
  additionalProperties: true,
});

/** Refers to a schema that has an `$id` and is in the catalogue, so that it has one name in the API's description. */
export const ref = <S extends TSchema>(schema: S & { readonly $id?: string }): TUnsafe<Static<S>> => {
  if (schema.$id === undefined) throw new TypeError('only a schema with an $id can be referred to');
  return Type.Unsafe<Static<S>>({ $ref: `${schema.$id}#` });
};
