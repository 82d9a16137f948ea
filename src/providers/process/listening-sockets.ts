import net from 'node:net';
import { Failure } from '../../domain/failure.ts';

/** A socket that is bound, and from which this process accepts nothing: it is there to be passed on. */
export interface ListeningSocket extends Disposable {
  readonly fd: number;
  readonly port: number;
  /**
   * Once another process has it, too: from now on clients wait until that one takes them, and are not refused. It is closed
   * here. Throws conflict `port-taken`.
   */
  leaveListening(): void;
}

/** What Node takes itself. */
const backlog = 511;

interface BoundHandle {
  readonly fd: number;
  getsockname(into: { port?: number }): number;
  listen(backlog: number): number;
  close(): void;
}

/**
 * What node:cluster uses to make sockets for its workers. A net.Server would not do: it accepts connections as soon
 * as it listens, and those would be lost for the program the socket is meant for.
 */
type CreateServerHandle = (
  address: string,
  port: number,
  addressType: 4 | 6,
  fd: number,
  flags: number,
) => BoundHandle | number;
const { _createServerHandle: createServerHandle } = net as unknown as {
  readonly _createServerHandle: CreateServerHandle;
};

/** On 127.0.0.1; port 0 takes a free one. Throws conflict `port-taken`. */
export function bindSocket(service: string, port: number): ListeningSocket {
  const handle = createServerHandle('127.0.0.1', port, 4, -1, 0);
  if (typeof handle === 'number') throw taken(service, port);
  const name: { port?: number } = {};
  // libuv tells of a port that is taken only with the next call after bind.
  if (handle.getsockname(name) !== 0) {
    handle.close();
    throw taken(service, port);
  }
  return {
    fd: handle.fd,
    port: name.port ?? port,
    leaveListening: () => {
      const refused = handle.listen(backlog) !== 0;
      // Before anything else happens here: as long as it is open, this process takes connections.
      handle.close();
      if (refused) throw taken(service, port);
    },
    [Symbol.dispose]: () => handle.close(),
  };
}

const taken = (service: string, port: number): Failure =>
  new Failure(
    'conflict',
    'port-taken',
    `Port ${port}, on which ${service} is reached, is taken by another program.`,
    {
      wayOut: 'End that program, or give the service another port in the project file.',
      facts: { service, port },
    },
  );
