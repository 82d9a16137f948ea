import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Failure } from '../../domain/failure.ts';
import type { ActorId, Instant, ProjectId } from '../../domain/ids.ts';
import type { Caller, ControlPlane } from '../../lifecycle/face.ts';
import type { LaptopOptions } from '../options.ts';
import type { Origins } from '../security/hosts.ts';
import { isUnsafe, requireSameOrigin } from '../security/same-origin.ts';
import type { SessionCookie } from './cookies.ts';
import { requireMember } from './members.ts';
import type { Session, Sessions } from './sessions.ts';

/** Who calls and how they proved it. */
export interface ApiCaller {
  readonly caller: Caller;
  readonly via: 'session' | 'laptop token' | 'token';
  /** The project that a token for CI is for; null: all. */
  readonly project: ProjectId | null;
  readonly session: Session | null;
  readonly expiresAt: Instant | null;
}

export type Authenticate = (request: FastifyRequest, reply: FastifyReply) => Promise<ApiCaller>;

export interface AuthenticateParts {
  readonly controlPlane: ControlPlane;
  readonly sessions: Sessions;
  readonly cookie: SessionCookie;
  readonly origins: Origins;
  readonly laptop: LaptopOptions | null;
}

/** Finds the caller from the bearer token, else from the session. Denied `signed-out` when there is neither. */
export function createAuthenticate(parts: AuthenticateParts): Authenticate {
  const ofToken = createTokenReader(parts);
  return async (request, reply) => {
    const token = bearerOf(request.headers.authorization);
    const actAs = request.headers['rung-act-as'];
    if (token !== null) return ofToken(token, typeof actAs === 'string' ? actAs : null);
    const found = await callerOfSession(parts, request, reply);
    if (actAs !== undefined) throw actingRefused();
    return found;
  };
}

/** A person, under their own name or as the member they act as. */
export const personCaller = (person: ActorId, actingAs: ActorId | null): Caller => ({
  actor:
    actingAs === null ? { kind: 'person', id: person } : { kind: 'person', id: actingAs, actingFrom: person },
  scopes: 'all',
  person: actingAs ?? person,
});

async function callerOfSession(
  { cookie, sessions, origins }: AuthenticateParts,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<ApiCaller> {
  const session = await cookie.read(request);
  if (session === null) throw signedOut();
  if (isUnsafe(request.method)) requireSameOrigin(request.headers, origins.of(request.host));
  // Only reading renews: a renewal that crosses an act-as on the wire must not put the old cookie back after it.
  else renew(sessions, cookie, session, reply);
  return {
    caller: personCaller(session.person, session.actingAs),
    via: 'session',
    project: null,
    session,
    expiresAt: sessions.expiresAt(session),
  };
}

function renew(sessions: Sessions, cookie: SessionCookie, session: Session, reply: FastifyReply): void {
  const renewed = sessions.renewed(session);
  if (renewed !== null) cookie.write(reply, renewed);
}

type TokenReader = (token: string, actAs: string | null) => Promise<ApiCaller>;

function createTokenReader({ controlPlane, laptop }: AuthenticateParts): TokenReader {
  const laptopDigest = laptop === null ? null : digestOfSecret(trimmed(laptop.token));
  return async (token, actAs) => {
    if (laptop !== null && laptopDigest !== null && timingSafeEqual(digestOfSecret(token), laptopDigest)) {
      const actingAs = actAs === null ? null : await requireMember(controlPlane, actAs);
      const caller = personCaller(laptop.owner, actingAs);
      return { caller, via: 'laptop token', project: null, session: null, expiresAt: null };
    }
    if (actAs !== null) throw actingRefused();
    if (!token.startsWith('rung_')) throw tokenUnknown();
    const { project, caller } = await controlPlane.callerOfToken(token);
    return { caller, via: 'token', project, session: null, expiresAt: null };
  };
}

const bearerOf = (header: string | undefined): string | null =>
  header === undefined ? null : (/^Bearer ([\x21-\x7e]{1,512})$/i.exec(header)?.[1] ?? '');

const trimmed = (secret: Uint8Array): string => Buffer.from(secret).toString('utf8').trim();
const digestOfSecret = (secret: string): Buffer => createHash('sha256').update(secret).digest();

const signedOut = (): Failure =>
  new Failure('denied', 'signed-out', 'You are not signed in, or your session has ended.', {
    wayOut: 'Open a new sign-in link: on a laptop, type `rung open`. Programs send a token.',
  });

const tokenUnknown = (): Failure =>
  new Failure('denied', 'token-unknown', 'The token is not one that Rung knows.', {
    wayOut: 'Make a new one with `rung token create`, and check that nothing cut it short.',
  });

/** Also thrown where acting as others is not a thing at all. */
export const actingRefused = (): Failure =>
  new Failure('denied', 'acting-as-refused', 'Acting as somebody else is refused here.', {
    wayOut: 'It is for a laptop alone: Rung must listen on nothing but loopback, and you must be its owner.',
  });
