import { Type } from 'typebox';
import type { RoleName } from '../../domain/ids.ts';
import { member } from './board.ts';
import { actorId, instantMs, listOf, nameOf, nullable, oneOf, ref, text } from './shapes.ts';

export const me = Type.Object(
  {
    id: actorId,
    roles: listOf(nameOf<RoleName>('Role')),
    actingAs: nullable(actorId),
    mayActAs: listOf(ref(member)),
    via: oneOf(['session', 'laptop token', 'token']),
    expiresAt: nullable(instantMs),
  },
  {
    $id: 'Me',
    description:
      'Who you are to Rung: `id` is who really sits there, `actingAs` whom Rung takes them for; the roles are of the latter',
  },
);

export const signInMethod = Type.Object(
  {
    id: text,
    kind: oneOf(['link', 'redirect']),
    label: text,
    hint: text,
  },
  { $id: 'SignInMethod', description: 'A way to sign in' },
);

export const signInLink = Type.Object(
  { url: text, expiresAt: instantMs },
  { $id: 'SignInLink', description: 'Works once' },
);
