import { Failure } from '../../domain/failure.ts';

/** Throws invalid `url-invalid` or `url-unsafe`: a token goes over TLS, or stays on this machine. */
export function checkedUrl(text: string, withToken: boolean): string {
  const url = URL.parse(text);
  if (url === null || !['http:', 'https:'].includes(url.protocol))
    throw new Failure('invalid', 'url-invalid', `${text} is not the address of a control plane.`, {
      wayOut: 'Write it like https://rung.example.org or http://127.0.0.1:4100.',
    });
  if (url.username !== '' || url.password !== '')
    throw new Failure('invalid', 'url-unsafe', 'The address has a user name or password in it.', {
      wayOut: 'Leave them out, and give a token with RUNG_TOKEN or --token-file.',
    });
  if (withToken && url.protocol === 'http:' && !isLoopback(url))
    throw new Failure('invalid', 'url-unsafe', `A token would go to ${url.host} without encryption.`, {
      wayOut: 'Use the https address.',
    });
  return url.href.replace(/\/$/u, '');
}

export const isLoopback = (url: URL): boolean =>
  url.hostname === 'localhost' || url.hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/u.test(url.hostname);
