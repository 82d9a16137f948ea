import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Static, type TSchema, type TUnsafe, Type } from 'typebox';
import type { PageOf } from '../lifecycle/face.ts';
import { pageLimits } from './limits.ts';
import { listOf, nullable, text } from './schemas/shapes.ts';

export const limit = Type.Optional(
  Type.Integer({ minimum: 1, maximum: pageLimits.items, description: 'How many at most; 50 unless told' }),
);
export const after = Type.Optional(
  Type.String({ minLength: 1, maxLength: 200, description: '`next` of the page before' }),
);

/** Of what comes in the order of the project file. */
export const place = Type.Optional(
  Type.String({ pattern: '^[0-9]{1,9}$', description: '`next` of the page before' }),
);
export const search = Type.Optional(
  Type.String({ maxLength: 40, description: 'Only those with these letters in the name' }),
);

/** A page of something, and where the next one starts. */
export const pageOf = <S extends TSchema>(
  items: S,
): TUnsafe<{ readonly items: readonly Static<S>[]; readonly next: string | null }> =>
  Type.Unsafe<{ readonly items: readonly Static<S>[]; readonly next: string | null }>(
    Type.Object({ items: listOf(items), next: nullable(text) }),
  );

export const whole = <T>(items: readonly T[]): PageOf<T> => ({ items, next: null });

/** Says in a Link header (RFC 8288), too, where the next page is. `cursor` is the name of its query parameter. */
export function linked<T>(
  page: PageOf<T>,
  request: FastifyRequest,
  reply: FastifyReply,
  cursor = 'after',
): PageOf<T> {
  if (page.next === null) return page;
  const address = new URL(request.url, 'http://rung.invalid');
  address.searchParams.set(cursor, page.next);
  void reply.header('link', `<${address.pathname}${address.search}>; rel="next"`);
  return page;
}
