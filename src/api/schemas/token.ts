import { type Static, Type } from 'typebox';
import type { TokenView } from '../../lifecycle/views.ts';
import type { Same } from './same.ts';
import { instantMs, listOf, nullable, text } from './shapes.ts';

export const token = Type.Object(
  {
    id: text,
    name: text,
    scopes: listOf(text),
    createdAt: instantMs,
    expiresAt: instantMs,
    revokedAt: nullable(instantMs),
  },
  { $id: 'Token', description: 'A token for CI. Its secret is never shown again' },
);
true satisfies Same<Static<typeof token>, TokenView>;
