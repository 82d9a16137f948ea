import { connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** A connection that is written to by hand, and what came back on it. */
export interface Wire {
  readonly socket: Socket;
  write(text: string): void;
  /** All that has come, once the other end has closed. */
  readonly ended: Promise<string>;
  /** Resolves with all that has come so far, once this is in it. */
  until(text: string): Promise<string>;
}

/** To a port of this machine, or to a socket in the file system. */
export function wireTo(to: number | string, allowHalfOpen = false): Wire {
  const at = typeof to === 'string' ? { path: to } : { host: '127.0.0.1', port: to };
  const socket = connect({ ...at, allowHalfOpen });
  onTestFinished(() => void socket.destroy());
  let come = '';
  const ended = Promise.withResolvers<string>();
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    come += chunk;
    socket.emit('come');
  });
  // A connection that is reset is closed, too.
  socket.on('error', () => undefined);
  socket.once('close', () => ended.resolve(come));
  return {
    socket,
    write: (text) => void socket.write(text),
    ended: ended.promise,
    until: (text) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!come.includes(text)) return;
          socket.off('come', look);
          resolve(come);
        };
        socket.on('come', look);
        look();
      }),
  };
}

/** The head of a request as it stands on the wire, with more lines. */
export const head = (port: number, line: string, ...lines: readonly string[]): string =>
  [`${line} HTTP/1.1`, `host: 127.0.0.1:${port}`, ...lines, '', ''].join('\r\n');

export const statusesIn = (text: string): readonly number[] =>
  Array.from(text.matchAll(/HTTP\/1\.1 (?<status>\d{3})/gu), ({ groups }) => Number(groups?.['status']));
