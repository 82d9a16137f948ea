import { type Static, Type } from 'typebox';
import { tokenScopes } from '../../engine/records.ts';
import type { Instant, RolloutId } from '../../domain/ids.ts';
import type { CreateRelease } from '../../lifecycle/face.ts';
import type { Same } from './same.ts';
import { nullable, oneOf, uuid } from './shapes.ts';

/** What is asked for, with the largest of everything that is taken. Unknown fields are refused. */

const closed = { additionalProperties: false } as const;
const name = Type.String({ minLength: 1, maxLength: 100 });
const releaseName = Type.String({ minLength: 1, maxLength: 100, description: 'A version or a release id' });
const sentence = Type.String({ minLength: 1, maxLength: 2000 });
const maybeEmpty = Type.String({ maxLength: 2000 });
const gitObject = Type.String({ pattern: '^[0-9a-f]{40}([0-9a-f]{24})?$', description: 'A Git object' });
const digestText = Type.String({ pattern: '^sha256:[0-9a-f]{64}$' });
export const moment = Type.Unsafe<Instant>({
  type: 'integer',
  minimum: 0,
  maximum: 8.64e15,
  description: 'Milliseconds since 1 January 1970, UTC',
});
const publicKey = Type.String({ pattern: '^[A-Za-z0-9_-]{43}$', description: 'A raw public key, base64url' });

export const askPromotion = Type.Object(
  {
    release: releaseName,
    to: name,
    reason: Type.Optional(maybeEmpty),
    dryRun: Type.Optional(Type.Boolean({ description: 'Only say what would happen' })),
    emergency: Type.Optional(
      Type.Boolean({
        description: 'Past what is asked for else, once a second person confirms it; needs a reason',
      }),
    ),
  },
  closed,
);
export const askRollback = Type.Object(
  {
    to: Type.Optional(releaseName),
    services: Type.Optional(Type.Unsafe<readonly string[]>(Type.Array(name, { minItems: 1, maxItems: 200 }))),
    reason: sentence,
    dryRun: Type.Optional(Type.Boolean({ description: 'Only say what would happen' })),
  },
  closed,
);
export const askApproval = Type.Object(
  {
    planHash: digestText,
    comment: Type.Optional(maybeEmpty),
    emergency: Type.Optional(Type.Boolean({ description: 'Confirm an emergency as what it is' })),
  },
  closed,
);
export const askReason = Type.Object({ reason: sentence }, closed);
export const askLiftMark = Type.Object(
  {
    reason: sentence,
    rollout: Type.Optional(uuid<RolloutId>('Whose mark you saw; else whatever mark it carries')),
  },
  closed,
);
/** Since when it is held as one saw it; else however it is held now. */
const heldSince = Type.Optional(moment);
export const askResume = Type.Object({ note: maybeEmpty, heldSince }, closed);
export const askAdvance = Type.Object(
  {
    reason: sentence,
    dryRun: Type.Optional(Type.Boolean({ description: 'Only say what would happen' })),
    heldSince,
  },
  closed,
);
export const askException = Type.Object(
  {
    from: Type.Optional(moment),
    to: moment,
    reason: sentence,
  },
  closed,
);
export const askNote = Type.Object({ note: maybeEmpty }, closed);
export const askValidation = Type.Object(
  { release: Type.Optional(releaseName), note: Type.Optional(maybeEmpty) },
  closed,
);
export const askBuildFailure = Type.Object({ detail: Type.String({ maxLength: 16_384 }) }, closed);

export const askRelease = Type.Object(
  {
    tree: gitObject,
    commit: gitObject,
    branch: Type.String({ minLength: 1, maxLength: 250 }),
    services: Type.Unsafe<CreateRelease['services']>(
      Type.Record(
        Type.String(),
        Type.Object({ artifact: digestText, configSchema: Type.Optional(digestText) }, closed),
        { maxProperties: 500, additionalProperties: false },
      ),
    ),
    commits: Type.Unsafe<CreateRelease['commits']>(
      Type.Array(
        Type.Object(
          {
            id: gitObject,
            message: Type.String({ maxLength: 65_536 }),
            author: Type.String({ maxLength: 500 }),
          },
          closed,
        ),
        { maxItems: 10_000 },
      ),
    ),
  },
  closed,
);
true satisfies Same<Static<typeof askRelease>, CreateRelease>;

export const askToken = Type.Object(
  {
    name,
    scopes: Type.Unsafe<readonly (typeof tokenScopes)[number][]>(
      Type.Array(oneOf(tokenScopes), { minItems: 1, uniqueItems: true }),
    ),
    expiresInMs: Type.Integer({ minimum: 60_000, maximum: 366 * 86_400_000 }),
  },
  closed,
);
export const askAgentKey = Type.Object({ signing: publicKey, sealing: publicKey }, closed);
export const askRevokeAgentKey = Type.Object({ signing: publicKey }, closed);

export const askActAs = Type.Object(
  { member: nullable(Type.String({ minLength: 1, maxLength: 320 })) },
  { ...closed, description: 'null: be yourself again' },
);
export const askSignIn = Type.Object(
  {
    method: name,
    parameters: Type.Unsafe<Readonly<Record<string, string>>>({
      type: 'object',
      maxProperties: 20,
      additionalProperties: { type: 'string', maxLength: 4096 },
    }),
  },
  closed,
);
