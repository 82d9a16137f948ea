import { chmod, rm, stat } from 'node:fs/promises';
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import { Failure, httpStatusOf, isFailure } from '../../../domain/failure.ts';
import type { RoomAnswer, RoomCall, RoomStatus } from './messages.ts';

const callLimitBytes = 1024 * 1024;

export interface RoomFace {
  status(): RoomStatus;
  call(call: RoomCall): Promise<RoomAnswer>;
}

export interface RoomServer {
  /** Tells everybody who watches that something may have changed. */
  changed(): void;
  /** Whether who opens the socket comes here: not where it was removed, or another room has put its own in its place. */
  isReached(): Promise<boolean>;
  close(): void;
}

/** The room's own socket: `GET /workloads`, `GET /watch` (a line for each change, held open), `POST /calls`. */
export async function serveRoom(socketPath: string, face: RoomFace): Promise<RoomServer> {
  const watching = new Set<ServerResponse>();
  const server = createServer((request, response) => {
    answer(request, response, face, watching).catch((thrown: unknown) => sendFailure(response, thrown));
  });
  await rm(socketPath, { force: true });
  await listen(server, socketPath);
  const own = await nameOf(socketPath);
  return {
    changed: () => {
      for (const response of watching) response.write('changed\n');
    },
    isReached: async () => (await nameOf(socketPath)) === own,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** The number of a file that was removed is soon another's. */
const nameOf = (path: string): Promise<string | null> =>
  stat(path).then(
    ({ ino, birthtimeMs }) => `${ino} ${birthtimeMs}`,
    (thrown: NodeJS.ErrnoException) => {
      if (thrown.code === 'ENOENT') return null;
      throw thrown;
    },
  );

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  face: RoomFace,
  watching: Set<ServerResponse>,
): Promise<void> {
  const route = `${request.method} ${request.url}`;
  if (route === 'GET /workloads') return send(response, 200, face.status());
  if (route === 'GET /watch') return watch(response, watching);
  if (route === 'POST /calls') {
    const call = JSON.parse(await textOf(request)) as RoomCall;
    return send(response, 200, await face.call(call));
  }
  throw new Failure('absent', 'route-unknown', 'The room knows no such path.');
}

function watch(response: ServerResponse, watching: Set<ServerResponse>): void {
  watching.add(response);
  response.once('close', () => watching.delete(response));
  response.writeHead(200, { 'content-type': 'text/plain' });
  response.write('watching\n');
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > callLimitBytes) throw new Failure('invalid', 'call-too-large', 'The call is too large.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function sendFailure(response: ServerResponse, thrown: unknown): void {
  const failure = isFailure(thrown) ? thrown : new Failure('defect', 'defect', String(thrown));
  const { code, message, wayOut } = failure;
  send(response, httpStatusOf(failure.kind), { kind: failure.kind, code, message, wayOut });
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

async function listen(server: Server, socketPath: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(socketPath, resolve);
  });
  await chmod(socketPath, 0o600);
}
