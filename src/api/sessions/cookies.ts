import '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ListeningAt } from '../security/hosts.ts';
import type { Session, Sessions } from './sessions.ts';

/** The session's cookie. On plain HTTP its name has the port: a browser keeps one jar for all ports of a host. */
export interface SessionCookie {
  read(request: FastifyRequest): Promise<Session | null>;
  write(reply: FastifyReply, session: Session): void;
  clear(reply: FastifyReply): void;
}

export function createSessionCookie(sessions: Sessions, isSecure: boolean, at: ListeningAt): SessionCookie {
  const name = (): string => (isSecure ? '__Host-rung' : `rung-${at.port}`);
  const attributes = { httpOnly: true, sameSite: 'strict', path: '/', secure: isSecure } as const;
  return {
    read: async (request) => {
      const value = request.cookies[name()];
      return value === undefined ? null : sessions.read(value);
    },
    write: (reply, session) => {
      const expires = new Date(sessions.expiresAt(session));
      void reply.setCookie(name(), sessions.seal(session), { ...attributes, expires });
    },
    clear: (reply) => void reply.clearCookie(name(), attributes),
  };
}
