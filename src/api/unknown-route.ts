import type { FastifyReply, FastifyRequest } from 'fastify';
import { Failure } from '../domain/failure.ts';

interface Route {
  readonly method: string;
  readonly path: string;
}

/**
 * Refuses what no route is there for: absent `route-unknown`, or invalid `method-unknown` where the path is one of ours
 * and the method is not. Lets through what the page answers, which reads the address itself.
 */
export function refuseUnknown(routes: readonly Route[], request: FastifyRequest, reply: FastifyReply): void {
  const path = request.url.split('?')[0] ?? '';
  const methods = routes.filter((route) => fits(route.path, path)).map(({ method }) => method);
  if (methods.length > 0) {
    const allowed = methods.includes('GET') ? [...methods, 'HEAD'] : methods;
    void reply.header('allow', allowed.join(', '));
    throw methodUnknown(request.method, path, allowed);
  }
  if (!isForPage(request)) throw routeUnknown(request.method, path);
}

function fits(pattern: string, path: string): boolean {
  const [wanted, given] = [pattern.split('/'), path.split('/')];
  return (
    wanted.length === given.length &&
    wanted.every((part, at) => (part.startsWith(':') ? given[at] !== '' : part === given[at]))
  );
}

function isForPage({ method, url }: FastifyRequest): boolean {
  const isOurs = /^\/(?:api|agent|metrics|healthz|readyz|assets)(?:[/?]|$)/.test(url);
  return (method === 'GET' || method === 'HEAD') && !isOurs;
}

const methodUnknown = (method: string, path: string, allowed: readonly string[]): Failure =>
  new Failure('invalid', 'method-unknown', `${path} does not take ${method}.`, {
    wayOut: `It takes ${allowed.join(', ')}.`,
  });

const routeUnknown = (method: string, path: string): Failure =>
  new Failure('absent', 'route-unknown', `There is no ${method} ${path} here.`, {
    wayOut: 'The description of the API is at /api/openapi.json.',
  });
