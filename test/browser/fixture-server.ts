import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import type { BoardView, EventView, RolloutView } from '../../src/web/api/views.ts';
import { systemClock } from '../../src/engine/clock.ts';
import { answer, type Answer } from './fixtures/answers.ts';
import { pointOf } from './fixtures/rollouts.ts';
import { type Scene, scenes } from './fixtures/scenes.ts';

/** Serves the built page with made-up boards, so that every state of it can be looked at without anything behind it. */
export interface FixtureServer extends AsyncDisposable {
  readonly url: string;
  readonly stage: Stage;
}

/** The scenes while they are shown; a test changes them and tells the page. */
export interface Stage {
  board(scene: string): BoardView;
  change(scene: string, changes: Partial<BoardView>): void;
  /** Sends an event, as the log would. */
  say(scene: string, event: EventView): void;
  /** Sends figures of a live rollout. */
  figures(scene: string, rollout: RolloutView): void;
  /** Cuts every stream, and refuses new ones until told otherwise. */
  setReachable(reachable: boolean): void;
  setSignedIn(signedIn: boolean): void;
  /** What the page asked to be done, in order. */
  readonly asked: readonly { readonly path: string; readonly body: unknown }[];
}

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

export async function startFixtureServer(webFolder: string, port = 0): Promise<FixtureServer> {
  const all = new Map<string, Scene>(Object.entries(scenes(systemClock.now())));
  const streams = new Map<string, Set<ServerResponse>>();
  const asked: { path: string; body: unknown }[] = [];
  const world = { reachable: true, signedIn: true };
  const send = (scene: string, text: string): void => {
    for (const stream of streams.get(scene) ?? []) stream.write(text);
  };
  const stage: Stage = {
    asked,
    board: (name) => sceneOf(all, name).board,
    change: (name, changes) => {
      const scene = sceneOf(all, name);
      all.set(name, { ...scene, board: { ...scene.board, ...changes, now: systemClock.now() } });
    },
    say: (name, event) =>
      send(name, `id: ${event.position}\nevent: event\ndata: ${JSON.stringify(event)}\n\n`),
    figures: (name, rollout) => send(name, `event: figures\ndata: ${JSON.stringify(rollout)}\n\n`),
    setReachable: (reachable) => {
      world.reachable = reachable;
      if (!reachable) for (const set of streams.values()) for (const stream of set) stream.destroy();
    },
    setSignedIn: (signedIn) => {
      world.signedIn = signedIn;
    },
  };
  const api = async (request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> => {
    if (!world.reachable) return void request.socket.destroy();
    if (!world.signedIn)
      return reply(response, { status: 401, body: { code: 'signed-out', detail: 'You are signed out.' } });
    const [, scene] = /^\/api\/v1\/projects\/([^/]+)\/events$/.exec(url.pathname) ?? [];
    if (scene !== undefined) return openStream(streams, scene, response);
    const body = request.method === 'GET' ? undefined : await bodyOf(request);
    if (body !== undefined) asked.push({ path: url.pathname, body });
    reply(response, answer(all, stage, request.method ?? 'GET', url, body));
  };
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const turn = url.pathname.startsWith('/api/')
      ? api(request, response, url)
      : page(webFolder, url, response);
    turn.catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  await new Promise<void>((resolve) => {
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stage,
    [Symbol.asyncDispose]: () => close(server),
  };
}

export function sceneOf(all: ReadonlyMap<string, Scene>, name: string): Scene {
  const scene = all.get(name);
  if (scene === undefined) throw new Error(`there is no scene ${name}`);
  return scene;
}

const close = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

function reply(response: ServerResponse, { status = 200, body }: Answer): void {
  response.writeHead(status, {
    'content-type': status < 400 ? 'application/json' : 'application/problem+json',
  });
  response.end(JSON.stringify(body));
}

function openStream(
  streams: Map<string, Set<ServerResponse>>,
  scene: string,
  response: ServerResponse,
): void {
  const open = streams.get(scene) ?? new Set();
  streams.set(scene, open.add(response));
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  response.write(': here\n\n');
  response.once('close', () => open.delete(response));
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  // A file that is handed over comes as it is.
  return request.headers['content-type'] === 'application/json' ? JSON.parse(text) : { text };
}

async function page(folder: string, url: URL, response: ServerResponse): Promise<void> {
  const path = normalize(url.pathname);
  const file = extname(path) in types ? path : 'index.html';
  try {
    const bytes = await readFile(join(folder, file));
    response.writeHead(200, {
      'content-type': types[extname(file)] ?? 'application/octet-stream',
      'content-security-policy': policy,
      'x-content-type-options': 'nosniff',
    });
    response.end(bytes);
  } catch {
    response.writeHead(404).end();
  }
}

/** Lets the canary's curve grow, for a person who looks. */
function playCanary(stage: Stage): Disposable {
  let index = 38;
  return systemClock.every(2000, () => {
    const [rollout] = stage.board('canary').rollouts;
    if (rollout === undefined) return;
    index += 1;
    const next = { ...rollout, curve: [...rollout.curve.slice(1), pointOf(systemClock.now(), index, 0.004)] };
    stage.change('canary', { rollouts: [next] });
    stage.figures('canary', next);
  });
}

if (import.meta.main) {
  const server = await startFixtureServer(join(import.meta.dirname, '../../src/web/dist'), 4400);
  playCanary(server.stage);
  process.stdout.write(`The scenes are at ${server.url}\n`);
}
