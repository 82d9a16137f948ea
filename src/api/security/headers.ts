import type { FastifyReply } from 'fastify';

const pagePolicy = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

const always: Readonly<Record<string, string>> = {
  'content-security-policy': pagePolicy,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=()',
};

/** What every answer carries, whatever it says. */
export function secureHeaders(reply: FastifyReply, path: string, isSecure: boolean): void {
  void reply.headers(always);
  if (path.startsWith('/api/') || path.startsWith('/metrics')) void reply.header('cache-control', 'no-store');
  if (isSecure) void reply.header('strict-transport-security', 'max-age=31536000');
}
