import type { IncomingHttpHeaders } from 'node:http';
import { Failure } from '../../domain/failure.ts';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

export const isUnsafe = (method: string): boolean => !safeMethods.has(method);

/**
 * Refuses a change that another site may have made a browser send: denied `origin-foreign`. Browsers say where a
 * request comes from in Origin or Sec-Fetch-Site; one that says neither is refused, too.
 */
export function requireSameOrigin(headers: IncomingHttpHeaders, ownOrigin: string): void {
  const { origin, 'sec-fetch-site': site } = headers;
  const fromUs = origin === undefined ? site === 'same-origin' : origin.toLowerCase() === ownOrigin;
  if (fromUs && (site === undefined || site === 'same-origin')) return;
  throw new Failure('denied', 'origin-foreign', 'The request does not come from a page of this Rung.', {
    wayOut:
      'Open the page anew from the address that Rung printed, and try again there. Programs send a token instead.',
  });
}
