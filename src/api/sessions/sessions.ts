import { createCipheriv, createDecipheriv, hkdfSync, randomBytes, randomUUID } from 'node:crypto';
import { Failure } from '../../domain/failure.ts';
import { type ActorId, type Instant, later } from '../../domain/ids.ts';
import type { Clock } from '../../engine/clock.ts';
import type { SignInMemory } from '../../ports/identity.ts';

export interface Session {
  readonly id: string;
  /** Who really signed in. */
  readonly person: ActorId;
  readonly actingAs: ActorId | null;
  readonly openedAt: Instant;
  readonly seenAt: Instant;
}

export interface Sessions {
  open(person: ActorId): Session;
  /** The cookie's value. */
  seal(session: Session): string;
  /** null for anything that is not a living session: forged, expired, signed out. */
  read(cookie: string): Promise<Session | null>;
  /** The same session, seen now, when it is time to say so; null while that can wait. */
  renewed(session: Session): Session | null;
  end(session: Session): Promise<void>;
  expiresAt(session: Session): Instant;
}

export interface SessionLimits {
  /** Ends when nobody was there for so long. */
  readonly idleMs: number;
  /** Ends in any case. */
  readonly absoluteMs: number;
}

export const sessionLimits: SessionLimits = { idleMs: 12 * 3_600_000, absoluteMs: 7 * 86_400_000 };
const renewAfterMs = 10 * 60_000;

/**
 * Sessions live in the cookie, sealed with AES-256-GCM under a key derived from `key` (32 bytes at least), so they
 * survive a restart and any replica that holds the key reads them; only what was ended early is remembered.
 */
export function createSessions(parts: {
  readonly key: Uint8Array;
  readonly clock: Pick<Clock, 'now'>;
  readonly memory: SignInMemory;
  readonly limits?: SessionLimits;
}): Sessions {
  const { clock, memory } = parts;
  const limits = parts.limits ?? sessionLimits;
  const key = sealingKey(parts.key);
  const expiresAt = (session: Session): Instant =>
    Math.min(session.openedAt + limits.absoluteMs, session.seenAt + limits.idleMs) as Instant;

  return {
    open: (person) => {
      const now = clock.now();
      return { id: randomUUID(), person, actingAs: null, openedAt: now, seenAt: now };
    },
    seal: (session) => seal(key, session),
    read: async (cookie) => {
      const session = unseal(key, cookie);
      if (session === null || expiresAt(session) <= clock.now()) return null;
      return (await memory.isRevoked(session.id)) ? null : session;
    },
    renewed: (session) => {
      const now = clock.now();
      return now - session.seenAt < renewAfterMs ? null : { ...session, seenAt: now };
    },
    end: (session) => memory.revokeSession(session.id, later(session.openedAt, limits.absoluteMs)),
    expiresAt,
  };
}

function sealingKey(key: Uint8Array): Uint8Array {
  if (key.byteLength < 32)
    throw new Failure('invalid', 'session-key-short', 'The session key has less than 32 bytes.', {
      wayOut: 'Delete its file: a new one is made at the next start, and everybody signs in anew.',
    });
  return new Uint8Array(hkdfSync('sha256', key, '', 'rung session cookie 1', 32));
}

const ivBytes = 12;
const tagBytes = 16;

function seal(key: Uint8Array, session: Session): string {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  const sealed = Buffer.concat([cipher.update(JSON.stringify(session), 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url');
}

function unseal(key: Uint8Array, cookie: string): Session | null {
  const bytes = Buffer.from(cookie, 'base64url');
  // One text for each session: what is not read of a cookie could be anything.
  if (bytes.toString('base64url') !== cookie) return null;
  if (bytes.length <= ivBytes + tagBytes || bytes.length > 4096) return null;
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, ivBytes), {
    authTagLength: tagBytes,
  });
  decipher.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
  try {
    const open = Buffer.concat([decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()]);
    return JSON.parse(open.toString('utf8')) as Session;
  } catch {
    return null;
  }
}
