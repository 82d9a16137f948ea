import { Failure } from '../../domain/failure.ts';

const loopbackHosts = new Set(['localhost', '127.0.0.1', '::1', '[::1]']);

/** Whether only programs on this machine can reach a listener on this host. */
export const isLoopback = (host: string): boolean => loopbackHosts.has(host.toLowerCase());

/** Whether a peer's address is of this machine. */
export const isLoopbackAddress = (address: string | undefined): boolean =>
  address !== undefined && /^(?:127\.|::1$|::ffff:127\.)/.test(address);

/** Where people may say that they reach us: the answer to DNS rebinding. */
export interface Origins {
  /** Throws invalid `host-foreign` for a Host header that is not ours. */
  check(host: string | undefined): void;
  /** The origin of pages of ours, for a Host that was checked. */
  of(host: string): string;
  /** Where links lead. */
  readonly preferred: string;
  readonly isSecure: boolean;
}

/** Where it listens. The port is known once it does, which is before the first request. */
export interface ListeningAt {
  readonly host: string;
  port: number;
}

export function originsOf(at: ListeningAt, publicOrigin: string | undefined): Origins {
  const open = publicOrigin === undefined ? null : new URL(publicOrigin);
  const hosts = isLoopback(at.host) ? ['localhost', '127.0.0.1', '[::1]'] : [bracketed(at.host)];
  const isOwn = (host: string): boolean =>
    hosts.some((own) => host === `${own}:${at.port}` || (at.port === 80 && host === own));

  return {
    check: (host) => {
      const name = host?.toLowerCase();
      if (name === undefined || !(isOwn(name) || name === open?.host)) throw foreign();
    },
    of: (host) => (host.toLowerCase() === open?.host ? open.origin : `http://${host.toLowerCase()}`),
    get preferred() {
      return open?.origin ?? `http://${bracketed(at.host)}:${at.port}`;
    },
    isSecure: open?.protocol === 'https:',
  };
}

const bracketed = (host: string): string =>
  host.includes(':') && !host.startsWith('[') ? `[${host}]` : host.toLowerCase();

const foreign = (): Failure =>
  new Failure('invalid', 'host-foreign', 'The request names a host that Rung does not answer for.', {
    wayOut:
      'Use the address that Rung printed when it started, or configure the public address it is reached by.',
  });
